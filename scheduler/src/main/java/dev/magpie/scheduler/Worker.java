package dev.magpie.scheduler;

import dev.magpie.scheduler.deque.WorkStealingDeque;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scheduling identity: a deque, a random generator, counters. One thread runs its loop; the
 * owner's methods are called by that thread alone.
 *
 * <p>All of it is slow path; the fast one is in {@link WorkerThread}.
 */
final class Worker {

    /**
     * Tasks run between two looks into the submission queue while there is local work; Go's and
     * tokio's number.
     */
    private static final int SUBMISSION_TICK = 61;

    /** Submissions taken at a time: enough to share the cost, few enough to share the work. */
    private static final int BATCH = 64;

    /**
     * How long submissions that found everybody busy wait for a worker to come free before a spare
     * is called: longer than a short task, much shorter than anybody notices.
     */
    private static final long PATIENCE_NANOS = 50_000;

    /** Rounds of searching before a worker yields, and before it parks. */
    private static final int SPIN_ROUNDS = 24;

    private static final int YIELD_ROUNDS = 4;

    /** Pause between two rounds, in calls of {@link Thread#onSpinWait}. */
    private static final int SPINS_A_ROUND = 16;

    final int index;
    final boolean isSpare;
    final WorkStealingDeque<Task<?>> deque = new WorkStealingDeque<>();
    final WorkerCounters counters = new WorkerCounters();

    private final Pool pool;
    private final VictimSelector victims;
    private final WorkerThread thread;
    private final Parker parker;

    /** Of a spare: whether it was sent to work. */
    volatile boolean isCalled;

    /** What lies below this index of the deque does not belong to the computation that runs. */
    private long floor;

    private int tick;
    private @Nullable CallableTask<?> current;

    /** When a join of the top-level task that runs first saw waiting submissions; 0 if none did. */
    private long stuckSince;

    Worker(Pool pool, int index, SchedulerConfig config) {
        this.pool = pool;
        this.index = index;
        isSpare = index >= config.workers();
        victims = new VictimSelector(index);
        String name = isSpare ? "-spare-" + (index - config.workers()) : "-worker-" + index;
        thread = new WorkerThread(this, config.name() + name, config.stackSize());
        parker = new Parker(thread);
    }

    // ---- publishing and waking

    /** Answers a demand: makes private tasks visible and wakes somebody for them (W2). */
    void publish() {
        if (deque.publish()) {
            VarHandle.fullFence(); // W2
            pool.wakeOne();
            counters.publications++;
            if (pool.submissionsAreStuck()) {
                deque.raiseDemand(); // it was lowered: the next join is to look at them
            }
        }
    }

    /** Makes everything in the deque visible to thieves (W2). */
    void publishAll() {
        deque.publishAll();
        VarHandle.fullFence(); // W2
        pool.wakeOne();
    }

    /**
     * The slow part of a join under demand: publishes, and calls a spare for submissions that found
     * everybody busy. They do not run here: they could wait for what lies below on this stack.
     */
    void lookUp() {
        publish();
        if (pool.submissionsAreStuck() && isOutOfPatience()) {
            StackHeadroom.ensureForWait();
            pool.idle.startSearch();
            if (!pool.callSpare()) {
                endSearch();
            }
        }
    }

    /** Whether this worker has seen waiting submissions for a while in the same top-level task. */
    private boolean isOutOfPatience() {
        long now = System.nanoTime();
        if (stuckSince == 0) {
            stuckSince = now | 1;
        }
        return now - stuckSince > PATIENCE_NANOS;
    }

    /** Adds a submission made by a task of this worker: visible at once. */
    void submitLocal(Task<?> task) {
        deque.push(task);
        counters.submissionsPushed++;
        publishAll();
    }

    boolean tryUnfork(Task<?> task) {
        return deque.popIf(task);
    }

    // ---- the loop

    void start(boolean daemon) {
        thread.setDaemon(daemon);
        thread.start();
    }

    void interrupt() {
        thread.interrupt();
    }

    void unpark() {
        parker.unpark();
    }

    /** A resting spare's sleep; may end early. */
    void rest() {
        boolean unused = Thread.interrupted(); // nobody's: no task runs here
        parker.park();
    }

    WorkerThread thread() {
        return thread;
    }

    void runLoop() {
        pool.onWorkerStart(this);
        try {
            if (isSpare) {
                do {
                    workWhileNeeded();
                } while (pool.awaitCall(this));
            } else {
                pool.idle.startSearch();
                do {
                    workUntilIdle();
                } while (sleep() || !pool.tryLeave());
            }
        } finally {
            pool.onWorkerEnd();
        }
    }

    /**
     * A spare's turn: entered as a searcher, in the place of who called it; left when no worker
     * waits in a join and no submission is stuck, as W4 asks, but without an announcement.
     */
    private void workWhileNeeded() {
        Task<?> task = search();
        while (task != null) {
            endSearch();
            do {
                runTopLevel(task);
                task = ownNext();
                if (task == null && pool.needsSpare()) {
                    task = lookAround();
                }
            } while (task != null);
            pool.idle.startSearch();
            task = pool.needsSpare() ? search() : null;
        }
        boolean unused = pool.idle.endSearch();
        VarHandle.fullFence(); // W4
        if (pool.workInSight()) {
            pool.wakeOne();
        }
    }

    /** Runs tasks until none is found. Entered and left as a searcher. */
    private void workUntilIdle() {
        Task<?> task = search();
        while (task != null) {
            endSearch();
            do {
                runTopLevel(task);
                task = nextTask();
            } while (task != null);
            pool.idle.startSearch();
            task = search();
        }
    }

    /** Ends this worker's search; the last searcher wakes another if more is in sight (W3). */
    private void endSearch() {
        if (pool.idle.endSearch() && pool.workInSight()) {
            pool.wakeOne();
        }
    }

    private @Nullable Task<?> nextTask() {
        if (++tick >= SUBMISSION_TICK) {
            tick = 0;
            Task<?> submission = pool.pollSubmission();
            if (submission != null) {
                return submission;
            }
        }
        Task<?> own = ownNext();
        return own != null ? own : lookAround();
    }

    /**
     * The oldest task of the own deque, taken as a thief takes it: what is left there stays visible
     * while this one runs, which may block.
     */
    private @Nullable Task<?> ownNext() {
        if (deque.hasPrivate()) {
            publishAll();
        }
        return deque.steal();
    }

    /**
     * One look at the submissions and at every victim. Of many submissions a batch is taken: the
     * oldest is returned, the others lie in the deque for all to see, in the order they came.
     */
    private @Nullable Task<?> lookAround() {
        SubmissionQueue submissions = pool.submissions;
        if (!submissions.tryBeginTurn()) {
            return stealAny();
        }
        Task<?> first;
        int others = 0;
        try { // all in one turn: shutdownNow finds a submission in the queue or in a public part
            first = submissions.next();
            int limit = Math.min(BATCH - 1, deque.freeSlots()); // so that no push needs memory
            while (others < limit) {
                Task<?> next = submissions.next();
                if (next == null) {
                    break;
                }
                deque.push(next);
                others++;
            }
            deque.publishAll();
        } finally {
            submissions.endTurn();
        }
        if (others > 0) {
            counters.submissionsPushed += others;
            VarHandle.fullFence(); // W2
            pool.wakeOne();
        }
        return first != null ? first : stealAny();
    }

    private @Nullable Task<?> stealAny() {
        Worker[] workers = pool.workers();
        int start = victims.next(workers.length);
        for (int i = 0; i < workers.length; i++) {
            int victim = start + i;
            Task<?> stolen =
                    stealFrom(workers[victim < workers.length ? victim : victim - workers.length]);
            if (stolen != null) {
                return stolen;
            }
        }
        return null;
    }

    private @Nullable Task<?> stealFrom(Worker victim) {
        if (victim == this) {
            return null;
        }
        Task<?> stolen = victim.deque.steal();
        if (stolen != null) {
            stolen.setThief(index);
            counters.steals++;
        }
        return stolen;
    }

    /** Looks around for a bounded time. */
    private @Nullable Task<?> search() {
        int rounds = pool.isSingle() ? 1 : SPIN_ROUNDS + YIELD_ROUNDS;
        for (int round = 0; round < rounds; round++) {
            Task<?> task = lookAround();
            if (task != null) {
                return task;
            }
            if (pool.enoughSearch()) {
                return null;
            }
            if (round == 0) {
                pool.raiseDemand();
            }
            pause(round);
        }
        return null;
    }

    private static void pause(int round) {
        if (round >= SPIN_ROUNDS) {
            Thread.yield();
            return;
        }
        for (int i = 0; i < SPINS_A_ROUND; i++) {
            Thread.onSpinWait();
        }
    }

    /**
     * Parks until woken, which makes this worker a searcher again. Returns false when the pool is
     * over (W6).
     */
    private boolean sleep() {
        announce();
        pool.becameIdle();
        counters.parks++;
        while (!pool.idle.isWoken(index)) {
            if (pool.isOver() && pool.idle.withdraw(index)) {
                pool.idle.startSearch();
                pool.becameBusy();
                return false;
            }
            boolean unused = Thread.interrupted(); // nobody's: no task runs here
            parker.park();
        }
        pool.becameBusy();
        return true;
    }

    /**
     * W4: announce, fence, look once more. If something turned up, whoever parked last is woken:
     * this one, mostly.
     */
    private void announce() {
        pool.idle.announce(index);
        boolean unused = pool.idle.endSearch();
        VarHandle.fullFence(); // W4
        pool.raiseDemand();
        if (pool.workInSight()) {
            pool.wakeOne();
        }
    }

    // ---- running

    private void runTopLevel(Task<?> task) {
        if (deque.isWorn()) {
            deque.renew();
        }
        deque.startEager();
        if (pool.isStopping()) {
            Thread.currentThread().interrupt(); // shutdownNow came before this task began
        }
        stuckSince = 0;
        run(task);
        current = null;
        counters.topLevelRuns++;
        boolean unused = Thread.interrupted(); // an interrupt meant for this task ends with it
    }

    /**
     * Runs a task. If its stack overflowed, the tasks that it forked and could not join any more
     * are cancelled: run from here, an endless recursion would go on for ever.
     */
    private void run(Task<?> task) {
        long base = deque.bottom();
        long outerFloor = floor;
        floor = base;
        try {
            task.runTask();
        } finally {
            floor = Math.min(outerFloor, deque.bottom());
        }
        if (task.failedWithStackOverflow()) {
            abandonAbove(base);
        }
    }

    private void abandonAbove(long base) {
        List<Task<?>> submissions = new ArrayList<>();
        while (deque.bottom() > base) {
            Task<?> left = deque.pop();
            if (left == null) {
                break;
            }
            if (left.isSubmission()) {
                submissions.add(left);
            } else {
                left.tryCancel();
            }
        }
        for (int i = submissions.size() - 1; i >= 0; i--) {
            submitLocal(submissions.get(i));
        }
    }

    /** Runs a task of this deque that belongs to the computation that runs. */
    private void runOwn(Task<?> task) {
        long base = deque.bottom();
        task.runTask();
        if (task.failedWithStackOverflow()) {
            abandonAbove(base);
        }
    }

    /** Runs a task whose interrupts are not those of the one below it on the stack. */
    private void runNested(Task<?> task) {
        CallableTask<?> covered = cover(null);
        boolean interrupted = setInterruptAside();
        counters.helps++;
        try {
            deque.startEager();
            run(task);
        } finally {
            uncover(covered, interrupted);
        }
    }

    /**
     * Covers the callable that runs with another one, or with none: an interrupt meant for it waits
     * until it is uncovered.
     *
     * @return the one that was covered
     */
    @Nullable CallableTask<?> cover(@Nullable CallableTask<?> task) {
        CallableTask<?> covered = current;
        if (covered != null) {
            covered.suspend();
        }
        current = task;
        return covered;
    }

    /**
     * Clears the interrupt status, so that what runs from here on does not meet an interrupt meant
     * for the task below. One of {@code shutdownNow} is meant for all, and stays.
     *
     * @return what it was
     */
    boolean setInterruptAside() {
        boolean interrupted = Thread.interrupted();
        if (pool.isStopping()) {
            Thread.currentThread().interrupt();
        }
        return interrupted;
    }

    void uncover(@Nullable CallableTask<?> covered, boolean interrupted) {
        boolean unused = Thread.interrupted();
        current = covered;
        if (interrupted || pool.isStopping()) {
            Thread.currentThread().interrupt();
        }
        if (covered != null) {
            covered.resume();
        }
    }

    // ---- joining

    /**
     * Helps a timed wait: with the task itself, or with what lies above it in this deque, for as
     * long as there is time when one is started.
     */
    void helpUntil(Task<?> task, long deadline) {
        StackHeadroom.ensureForWait();
        while (!task.isDone() && System.nanoTime() - deadline < 0) {
            if (task.isUnclaimedOf(pool)) {
                runNested(task);
            } else {
                Task<?> own = popOwn();
                if (own == null) {
                    publishAll(); // this worker is about to block: others see what is left
                    return;
                }
                runOwn(own);
            }
        }
    }

    /** The newest task of this deque that belongs to the computation that runs. */
    private @Nullable Task<?> popOwn() {
        return deque.bottom() > floor ? deque.pop() : null;
    }

    /** Helps, and then waits, until a task that is not the newest of this deque is done. */
    void joinSlow(Task<?> task) {
        try {
            joinSlow(task, false);
        } catch (InterruptedException ex) {
            throw new AssertionError("uninterruptible join was interrupted", ex);
        }
    }

    /** The same, until the thread is interrupted, if that is wanted. */
    void joinSlow(Task<?> task, boolean interruptible) throws InterruptedException {
        StackHeadroom.ensureForWait();
        while (!task.isDone()) {
            if (interruptible && Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (task.isUnclaimedOf(pool)) {
                runNested(task);
            } else if (!helpOnce(task)) {
                waitFor(task, interruptible);
            }
        }
    }

    /**
     * The own part of the own deque first, then what the thief of the awaited task holds. Nothing
     * else: what does not belong to the awaited task might wait for a task below on this stack.
     */
    private boolean helpOnce(Task<?> task) {
        Task<?> own = popOwn();
        if (own != null) {
            runOwn(own);
            return true;
        }
        Task<?> found = leapfrog(task);
        if (found == null) {
            return false;
        }
        runNested(found);
        return true;
    }

    /**
     * Steals from the thief of the awaited task: what that one holds belongs to the task (Wagner
     * and Calder 1993).
     */
    private @Nullable Task<?> leapfrog(Task<?> task) {
        int thief = task.thief();
        Worker[] workers = pool.workers();
        return thief < 0 || thief >= workers.length ? null : stealFrom(workers[thief]);
    }

    /**
     * Looks for something to help with for a bounded time, then parks until the task is done or
     * work turns up, for which a spare is called if it is not for this worker.
     */
    private void waitFor(Task<?> task, boolean interruptible) {
        pool.raiseDemand();
        for (int round = 0; round < SPIN_ROUNDS + YIELD_ROUNDS; round++) {
            if (task.isDone() || helpOnce(task)) {
                return;
            }
            pause(round);
        }
        if (deque.hasPrivate()) {
            publishAll(); // of older computations: the awaited task may wait for them
        }
        Waiter waiter = new Waiter(parker);
        boolean registered = task.register(waiter);
        counters.parks++;
        pool.blocked.incrementAndGet();
        try {
            pool.idle.startSearch();
            announce();
            park(task, registered, interruptible, true);
            if (!pool.idle.withdraw(index)) {
                passOn(task, registered, interruptible);
            }
        } finally {
            pool.blocked.decrementAndGet();
            waiter.retire();
        }
    }

    /** This worker was woken for work, and so is a searcher: W3 holds for it as for any. */
    private void passOn(Task<?> task, boolean registered, boolean interruptible) {
        Task<?> found = task.isDone() ? null : leapfrog(task);
        if (found != null) {
            endSearch();
            runNested(found);
        } else if (task.isDone() || !pool.workInSight()) {
            endSearch();
        } else if (!pool.callSpare()) {
            endSearch();
            park(task, registered, interruptible, false); // no spare is left: it has to wait
        }
    }

    /** Parks until the task is done, or an interrupt comes, or, if listed, a waker chose it. */
    private void park(Task<?> task, boolean registered, boolean interruptible, boolean listed) {
        boolean interrupted = false;
        while (!task.isDone() && !(listed && pool.idle.isWoken(index))) {
            interrupted |= Thread.interrupted();
            if (interrupted && interruptible) {
                break;
            }
            if (!registered) {
                Thread.onSpinWait(); // the task is completing
            } else if (listed && task.wakesWaiters()) {
                parker.park();
            } else {
                parker.parkNanos(Waiter.LOOK_AGAIN_NANOS);
                if (!listed) {
                    break; // the thief may have published something for this worker
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- seen from outside

    boolean isOf(Pool other) {
        return pool == other;
    }

    void reportUncaught(Throwable failure) {
        pool.reportUncaught(thread, failure);
    }

    @Nullable Scheduler scheduler() {
        return pool.scheduler();
    }

    /** How many more tasks lie here than others could take at once. */
    int surplus() {
        return deque.size() - pool.idle.parked() - pool.idle.searching();
    }

    /** Plain reads of what the worker's thread writes: estimates. */
    WorkerStats stats() {
        return new WorkerStats(
                index,
                deque.pushes() - counters.submissionsPushed,
                counters.steals,
                counters.publications,
                counters.topLevelRuns,
                counters.helps,
                counters.parks,
                counters.cpu);
    }
}
