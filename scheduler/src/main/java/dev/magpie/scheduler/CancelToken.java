package dev.magpie.scheduler;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether a tree of tasks is cancelled: what a submitted task forks, at any depth, or what a scope
 * does. Tokens nest: one is cancelled when any above it is.
 *
 * <p><b>Threads.</b> Any. The flag rises once and never falls. It counts as seen when the number of
 * cancellations is.
 *
 * <p><b>Edges.</b> E9 in the package documentation.
 */
final class CancelToken {

    /** How often any token was cancelled: while it stands still, what was looked up stays true. */
    private static final AtomicInteger CANCELLATIONS = new AtomicInteger();

    /** The submitted task that all of the tree descends from; null if that is a scope. */
    private final @Nullable Task<?> root;

    private final @Nullable CancelToken parent;

    /** Of the innermost scope: it waits for the parts of the tree that were stolen, too. */
    private final @Nullable ScopeEnd end;

    private final int depth;
    private volatile boolean cancelled;

    /** The number of cancellations at which neither this token nor one above it was cancelled. */
    private int clearAt; // racy: any value that was ever stored is true

    private CancelToken(
            @Nullable Task<?> root, @Nullable CancelToken parent, @Nullable ScopeEnd end) {
        this.root = root;
        this.parent = parent;
        this.end = end;
        depth = parent == null ? 0 : parent.depth + 1;
        clearAt = parent == null ? CANCELLATIONS.get() : parent.clearAt;
    }

    /** The token of a submitted task, or of a scope's under the token of that scope. */
    static CancelToken ofTask(Task<?> root, @Nullable CancelToken parent) {
        return new CancelToken(root, parent, parent == null ? null : parent.end);
    }

    /** The token of a scope. */
    static CancelToken ofScope(ScopeEnd end, @Nullable CancelToken parent) {
        return new CancelToken(null, parent, end);
    }

    boolean isCancelled() {
        int now = CANCELLATIONS.get(); // E9
        return clearAt != now && isCancelledAt(now);
    }

    private boolean isCancelledAt(int now) {
        for (CancelToken token = this; token != null; token = token.parent) {
            if (token.cancelled) {
                return true;
            }
        }
        clearAt = now; // read before the flags
        return false;
    }

    /** Whether a scope waits until nothing runs under this token. */
    boolean isOfScope() {
        return end != null;
    }

    /** What waits until nothing runs under this token; null if no scope does. */
    @Nullable ScopeEnd end() {
        return end;
    }

    /** Whether all that runs under this token descends from the given submitted task. */
    boolean isOf(Task<?> task) {
        return root == task;
    }

    private boolean isUnder(CancelToken other) {
        CancelToken token = this;
        while (token != null && token.depth > other.depth) {
            token = token.parent;
        }
        return token == other;
    }

    /**
     * Announces a stolen part of the tree, so that its scope waits for it; it looks for the flag
     * when it begins.
     *
     * @return false if the scope is over: nothing more may start
     */
    boolean tryAdopt() {
        return end == null || end.tryEnter();
    }

    /** Ends what {@link #tryAdopt} began. */
    void release() {
        if (end != null) {
            end.leave();
        }
    }

    /**
     * Cancels the tree: what has not started never starts, what runs meets the check at its next
     * fork or join, and every worker that runs a part of it is interrupted.
     */
    void cancel(Pool pool) {
        cancelled = true;
        CANCELLATIONS.incrementAndGet();
        VarHandle.fullFence(); // E9: pairs with publish() and with enter()
        pool.raiseDemand();
        for (Worker worker : pool.workers()) {
            for (TokenRun run = worker.tokens.newest(); run != null; run = run.below) {
                if (run.token != null && run.token.isUnder(this)) {
                    run.interrupt();
                }
            }
        }
    }

    /**
     * Cancels what a task has forked, if it runs on a worker of the pool.
     *
     * @return whether it does
     */
    static boolean cancelTree(Task<?> root, Pool pool) {
        for (Worker worker : pool.workers()) {
            for (TokenRun run = worker.tokens.newest(); run != null; run = run.below) {
                if (run.token != null && run.token.isOf(root)) {
                    run.token.cancel(pool);
                    return true;
                }
            }
        }
        return false;
    }
}
