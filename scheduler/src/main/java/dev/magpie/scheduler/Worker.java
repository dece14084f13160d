package dev.magpie.scheduler;

import dev.magpie.scheduler.deque.WorkStealingDeque;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
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

    /**
     * Foreign tasks that may be nested on one stack by joins that help; beyond it only the thief's
     * own are taken.
     */
    private static final int MAX_NESTED_HELP = 12;

    /** Submissions taken at a time: enough to share the cost, few enough to share the work. */
    private static final int BATCH = 64;

    /** Rounds of searching before a worker yields, and before it parks. */
    private static final int SPIN_ROUNDS = 24;

    private static final int YIELD_ROUNDS = 4;

    /** Pause between two rounds, in calls of {@link Thread#onSpinWait}. */
    private static final int SPINS_A_ROUND = 16;

    final int index;
    final WorkStealingDeque<Task<?>> deque = new WorkStealingDeque<>();
    final WorkerCounters counters = new WorkerCounters();

    private final Pool pool;
    private final VictimSelector victims;
    private final WorkerThread thread;
    private final Parker parker;
    private final @Nullable Task<?>[] batch = new Task<?>[BATCH];

    /** What lies below this index of the deque does not belong to the computation that runs. */
    private long floor;

    private int nestedHelp;
    private int tick;
    private @Nullable CallableTask<?> current;

    Worker(Pool pool, int index, SchedulerConfig config) {
        this.pool = pool;
        this.index = index;
        victims = new VictimSelector(index);
        thread = new WorkerThread(this, config.name() + "-worker-" + index, config.stackSize());
        parker = new Parker(thread);
    }

    // ---- publishing and waking

    /** Answers a demand: makes private tasks visible and wakes somebody for them (W2). */
    void publish() {
        if (deque.publish()) {
            VarHandle.fullFence(); // W2
            pool.wakeOne();
            counters.publications++;
            if (pool.hasSubmissions()) {
                deque.raiseDemand(); // it was lowered: the next join is to serve them
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
     * The slow part of a join under demand: publishes, and serves a submission that found everybody
     * busy.
     */
    void lookUp() {
        publish();
        if (nestedHelp < MAX_NESTED_HELP && pool.hasSubmissions()) {
            StackHeadroom.ensure();
            Task<?> submission = pool.pollSubmission();
            if (submission != null) {
                if (pool.hasSubmissions()) {
                    deque.raiseDemand();
                }
                runNested(submission);
            }
        }
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

    WorkerThread thread() {
        return thread;
    }

    void runLoop() {
        pool.onWorkerStart(this);
        try {
            pool.idle.startSearch();
            do {
                workUntilIdle();
            } while (sleep() || !pool.tryLeave());
        } finally {
            pool.onWorkerEnd();
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
        Task<?> own = deque.pop();
        return own != null ? own : lookAround();
    }

    /**
     * One look at the submissions and at every victim. Of many submissions a batch is taken: the
     * first is returned, the others lie in the deque for all to see, in the order they came.
     */
    private @Nullable Task<?> lookAround() {
        int limit = Math.min(BATCH, 1 + deque.freeSlots()); // so that no push needs memory
        int count = pool.pollSubmissions(batch, limit);
        if (count == 0) {
            return stealAny();
        }
        for (int i = count - 1; i > 0; i--) {
            deque.push(Objects.requireNonNull(batch[i]));
            batch[i] = null;
        }
        Task<?> first = batch[0];
        batch[0] = null;
        if (count > 1) {
            counters.submissionsPushed += count - 1;
            publishAll();
        }
        return first;
    }

    /** The same for a worker that waits in a join: one task, since it may leave the rest behind. */
    private @Nullable Task<?> lookOnce() {
        Task<?> submission = pool.pollSubmission();
        return submission != null ? submission : stealAny();
    }

    private @Nullable Task<?> stealAny() {
        Worker[] workers = pool.workers;
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
        int rounds = pool.workers.length == 1 ? 1 : SPIN_ROUNDS + YIELD_ROUNDS;
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
        run(task);
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
            if (left.isUnclaimed()) {
                submissions.add(left);
            } else {
                left.tryCancel();
            }
        }
        for (int i = submissions.size() - 1; i >= 0; i--) {
            submitLocal(submissions.get(i));
        }
    }

    /** Runs a task that has nothing to do with the one below it on the stack. */
    private void runNested(Task<?> task) {
        Below below = cover(null);
        nestedHelp++;
        counters.helps++;
        try {
            deque.startEager();
            run(task);
        } finally {
            nestedHelp--;
            uncover(below);
        }
    }

    /** What is set aside while another task runs on top. */
    record Below(@Nullable CallableTask<?> task, boolean interrupted) {}

    /**
     * Sets the interrupt status aside, so that what runs from here on does not meet an interrupt
     * meant for the task below. One of {@code shutdownNow} is meant for all.
     *
     * @param task what can be interrupted by its cancellation from here on, or null
     */
    Below cover(@Nullable CallableTask<?> task) {
        CallableTask<?> covered = current;
        if (covered != null) {
            covered.suspend();
        }
        current = task;
        Below below = new Below(covered, Thread.interrupted());
        if (pool.isStopping()) {
            Thread.currentThread().interrupt();
        }
        return below;
    }

    void uncover(Below below) {
        boolean unused = Thread.interrupted();
        current = below.task;
        if (below.interrupted || pool.isStopping()) {
            Thread.currentThread().interrupt();
        }
        if (below.task != null) {
            below.task.resume();
        }
    }

    // ---- joining

    /**
     * Helps a timed wait: with the task itself, or with what lies above it in this deque, for as
     * long as there is time when one is started.
     */
    void helpUntil(Task<?> task, long deadline) {
        StackHeadroom.ensure();
        while (!task.isDone() && System.nanoTime() - deadline < 0) {
            if (task.isUnclaimedOf(pool)) {
                runNested(task);
            } else {
                Task<?> own = popOwn();
                if (own == null) {
                    publishAll(); // this worker is about to block: others see what is left
                    return;
                }
                own.runTask();
            }
        }
    }

    /** The newest task of this deque that belongs to the computation that runs. */
    private @Nullable Task<?> popOwn() {
        return deque.bottom() > floor ? deque.pop() : null;
    }

    /** Helps, and then waits, until a task that is not the newest of this deque is done. */
    void joinSlow(Task<?> task) {
        StackHeadroom.ensure();
        while (!task.isDone()) {
            if (task.isUnclaimedOf(pool)) {
                runNested(task);
            } else if (!helpOnce(task)) {
                waitFor(task);
            }
        }
    }

    /**
     * The own part of the own deque first, then the thief's, then, unless nested too deep,
     * anybody's. The rest of the own deque comes last, at any depth: others had their chance to
     * take it, and the awaited task may be in it.
     */
    private boolean helpOnce(Task<?> task) {
        Task<?> own = popOwn();
        if (own != null) {
            own.runTask();
            return true;
        }
        Task<?> found = leapfrog(task);
        if (found == null && nestedHelp < MAX_NESTED_HELP) {
            found = lookOnce();
        }
        if (found == null) {
            found = deque.pop();
        }
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
        return thief < 0 || thief >= pool.workers.length ? null : stealFrom(pool.workers[thief]);
    }

    /**
     * Looks for something to help with for a bounded time, then parks until the task is done or
     * work turns up.
     */
    private void waitFor(Task<?> task) {
        pool.raiseDemand();
        for (int round = 0; round < SPIN_ROUNDS + YIELD_ROUNDS; round++) {
            if (task.isDone() || helpOnce(task)) {
                return;
            }
            pause(round);
        }
        Waiter waiter = new Waiter(parker);
        boolean registered = task.register(waiter);
        counters.parks++;
        if (nestedHelp < MAX_NESTED_HELP) {
            parkAsHelper(task, waiter, registered);
        } else {
            parkUntil(task::isDone, task, registered);
            waiter.retire();
        }
    }

    /**
     * Parks on the idle stack, so that work wakes this worker as well as the end of the task does.
     */
    private void parkAsHelper(Task<?> task, Waiter waiter, boolean registered) {
        pool.idle.startSearch();
        announce();
        parkUntil(() -> task.isDone() || pool.idle.isWoken(index), task, registered);
        waiter.retire();
        if (pool.idle.withdraw(index)) {
            return;
        }
        // chosen by a waker, and so a searcher: W3 holds for this one as for any
        Task<?> found = task.isDone() ? null : lookOnce();
        endSearch();
        if (found != null) {
            runNested(found);
        }
    }

    private void parkUntil(BooleanSupplier over, Task<?> task, boolean registered) {
        boolean interrupted = false;
        while (!over.getAsBoolean()) {
            interrupted |= Thread.interrupted();
            if (!registered) {
                Thread.onSpinWait(); // the task is completing
            } else if (task.wakesWaiters()) {
                parker.park();
            } else {
                parker.parkNanos(Waiter.LOOK_AGAIN_NANOS);
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
