package dev.magpie.scheduler;

import dev.magpie.scheduler.deque.StolenIndex;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Under which tokens a worker runs: a list of runs, the newest first, whose entries never change.
 *
 * <p><b>Threads.</b> The owner enters and exits. Thieves call {@link #at}, those who cancel {@link
 * #newest}.
 *
 * <p><b>Invariants.</b> I1: what the owner pushes belongs to the newest run. I2: a run that is
 * added while an index is in the deque, or stolen from it, has a higher base.
 *
 * <p><b>Edges.</b> E9 in the package documentation, with the proof.
 */
final class TokenStack {

    private static final VarHandle NEWEST;
    private static final VarHandle VICTIM;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEWEST = lookup.findVarHandle(TokenStack.class, "newest", TokenRun.class);
            VICTIM = lookup.findVarHandle(TokenStack.class, "victim", Worker.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final Worker worker;
    private final StolenIndex index = new StolenIndex(); // owner only
    private @Nullable TokenRun newest;

    /** Whom the owner steals from in this moment. */
    private @Nullable Worker victim;

    /** The token of the task that the owner has stolen and not yet run. Owner only. */
    private @Nullable CancelToken stolen;

    /** The innermost open scope of what runs. Owner only. */
    private @Nullable TaskScope<?, ?> scope;

    TokenStack(Worker worker) {
        this.worker = worker;
    }

    // ---- the owner

    /**
     * The cooperative check: throws if what runs is cancelled.
     *
     * @throws CancellationException if it is
     */
    void check() {
        if (isCancelled()) {
            throw new CancellationException("the tree that this task belongs to was cancelled");
        }
    }

    /** Whether what runs is cancelled. */
    boolean isCancelled() {
        TokenRun run = newest; // owner only
        return run != null && run.isCancelled();
    }

    /** What runs now. */
    @Nullable TokenRun current() {
        return newest; // owner only
    }

    /** The token of what runs. */
    @Nullable CancelToken token() {
        TokenRun run = newest; // owner only
        return run == null ? null : run.token;
    }

    /** What lies below this index of the deque was there before the newest run. */
    long base() {
        TokenRun run = newest; // owner only
        return run == null ? Long.MIN_VALUE : run.base;
    }

    @Nullable TaskScope<?, ?> scope() {
        return scope;
    }

    void setScope(@Nullable TaskScope<?, ?> innermost) {
        scope = innermost;
    }

    /**
     * Steals, and keeps the token of what was stolen for {@link #run}. What may not start any more
     * is cancelled instead.
     */
    @Nullable Task<?> steal(Worker from) {
        VICTIM.setOpaque(this, from); // E10: ordered by the compare-and-set of a won steal
        Task<?> task = from.deque.steal(index);
        if (task != null && !task.startsTree()) {
            task = adopt(task, from.tokens.at(index.value()));
        }
        VICTIM.setRelease(this, null); // E10: pairs with awaitThieves()
        return task;
    }

    private @Nullable Task<?> adopt(Task<?> task, @Nullable CancelToken token) {
        if (token != null && !token.tryAdopt()) {
            task.cancel(false);
            return null;
        }
        stolen = token;
        return task;
    }

    /** Runs a task under the token that it was stolen with, or under its own, or under none. */
    void run(Task<?> task) {
        CancelToken token = stolen;
        stolen = null;
        if (token == null && newest == null) {
            task.runTask();
            closeLeftOpen();
        } else if (token == null && task.bringsToken()) {
            task.runTask();
        } else {
            runUnder(token, task);
        }
    }

    /** What runs under no token may leave scopes open, too, and has no future that could say so. */
    private void closeLeftOpen() {
        if (scope == null) {
            return;
        }
        while (scope != null) {
            scope.finish();
        }
        ExecuteTask.report(
                new IllegalStateException("scope must be closed by the task that opened it"));
    }

    /**
     * Runs a task under a token that was told that it would: {@link CancelToken#tryAdopt}.
     *
     * @param token null for none
     */
    void runUnder(@Nullable CancelToken token, Task<?> task) {
        TokenRun run = enter(token);
        try {
            if (run.isCancelled()) {
                task.cancel(false);
            } else {
                task.runTask();
            }
        } finally {
            boolean unused = exit(run); // the task has its outcome already
            if (token != null) {
                token.release();
            }
        }
    }

    /**
     * Starts a run. Interrupts meant for what lies below wait until it ends. The caller must look
     * whether the run is cancelled before it runs anything.
     */
    TokenRun enter(@Nullable CancelToken token) {
        TokenRun below = newest; // owner only
        TokenRun run = new TokenRun(token, worker.deque.bottom(), below, scope);
        if (below != null) {
            below.suspend();
        }
        NEWEST.setRelease(this, run); // E9: pairs with at()
        VarHandle.fullFence(); // E9: pairs with cancel() and with the cancellation of a task
        run.interrupted = worker.setInterruptAside();
        run.resume();
        return run;
    }

    /**
     * Ends the newest run, with what it left behind: open scopes are closed; tasks that a scope's
     * tree forked and did not join are run, or cancelled if the tree is.
     *
     * @return whether no scope was left open
     */
    boolean exit(TokenRun run) {
        boolean clean = scope == run.scope;
        while (scope != null && scope != run.scope) {
            scope.finish();
        }
        if (run.token != null && worker.deque.bottom() > run.base) {
            clear(run.token, run.base);
        }
        if (run.token != null && run.token.isOfScope()) {
            awaitThieves(run.base);
        }
        run.suspend();
        TokenRun below = run.below;
        NEWEST.setRelease(this, below); // E9
        boolean unused = Thread.interrupted(); // it was meant for this run
        if (run.interrupted || worker.isStopping()) {
            Thread.currentThread().interrupt();
        }
        if (below != null) {
            below.resume();
            if (below.isCancelled()) {
                worker.deque.raiseDemand(); // it may have been lowered in between
            }
        }
        return clean;
    }

    private void clear(CancelToken token, long base) {
        if (token.isCancelled()) {
            worker.abandonAbove(base);
        } else if (token.isOfScope()) {
            runAbove(base);
        }
    }

    private void runAbove(long base) {
        List<Task<?>> submissions = new ArrayList<>();
        while (worker.deque.bottom() > base) {
            Task<?> left = worker.deque.pop();
            if (left == null) {
                break;
            }
            if (left.isSubmission()) {
                submissions.add(left);
            } else {
                worker.runOwn(left);
            }
        }
        for (int i = submissions.size() - 1; i >= 0; i--) {
            worker.submitLocal(submissions.get(i));
        }
    }

    /**
     * Waits until those who won an index at or above the base have announced what they stole, so
     * that the scope waits for it: a few instructions of theirs. Precondition: nothing is left in
     * the deque there.
     */
    private void awaitThieves(long base) {
        if (worker.deque.bottom() - worker.deque.size() <= base) {
            return; // nothing was stolen
        }
        for (Worker thief : worker.peers()) {
            while (thief != worker && thief.tokens.victimAcquire() == worker) { // E10
                Thread.yield();
            }
        }
        while (worker.strays().areTaken()) { // E10
            Thread.yield();
        }
    }

    // ---- anyone

    private @Nullable Worker victimAcquire() {
        return (Worker) VICTIM.getAcquire(this);
    }

    /** The token of an index that the caller has won by a steal; null if it has none. */
    @Nullable CancelToken at(long stolenIndex) {
        TokenRun run = (TokenRun) NEWEST.getAcquire(this); // E9: pairs with enter()
        while (run != null && run.base > stolenIndex) {
            run = run.below;
        }
        return run == null ? null : run.token;
    }

    /** For those who cancel, after they raised the flag. */
    @Nullable TokenRun newest() {
        return (TokenRun) NEWEST.getVolatile(this); // E9: pairs with enter()
    }
}
