package dev.magpie.scheduler;

import dev.magpie.scheduler.deque.WorkStealingDeque;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A scheduling identity: a deque, counters, and what a worker does: finds tasks ({@link
 * WorkSearch}), runs them, waits for some ({@link HelpingJoin}), lets others run ({@link Turns}).
 * One thread runs its loop; the owner's methods are called by that thread alone.
 *
 * <p>All of it is slow path; the fast one is in {@link WorkerThread}.
 */
final class Worker {

    final int index;
    final boolean isSpare;
    final WorkStealingDeque<Task<?>> deque;
    final WorkerCounters counters = new WorkerCounters();
    final TokenStack tokens = new TokenStack(this);
    final WorkerProbe probe;
    final WorkSearch search;
    final HelpingJoin joins;
    final Turns turns;

    private final Pool pool;
    private final WorkerThread thread;
    private final Parker parker;

    /** Of a spare: whether it was sent to work. */
    volatile boolean isCalled;

    /** Whether this worker may run; written under the monitor of the permits. */
    volatile boolean holdsPermit;

    /** Whether this worker has seen that it holds a permit, and has not given it up. */
    volatile boolean runs;

    /** What lies below this index of the deque does not belong to the computation that runs. */
    private long floor;

    /** Whether joins run only what was forked since {@link #isolate} began. */
    private boolean isolated;

    private @Nullable CallableTask<?> current;

    Worker(Pool pool, int index, SchedulerConfig config) {
        this.pool = pool;
        this.index = index;
        isSpare = index >= config.workers();
        String name = isSpare ? "-spare-" + (index - config.workers()) : "-worker-" + index;
        thread =
                new WorkerThread(
                        this, config.name() + name, config.stackSize(), pool.contextClassLoader());
        deque = new WorkStealingDeque<>(thread);
        parker = new Parker(thread);
        probe = pool.instruments.probe(index, thread.getName());
        search = new WorkSearch(this, pool);
        joins = new HelpingJoin(this, pool, parker);
        turns = new Turns(this, pool);
    }

    // ---- publishing and waking

    /** Answers a demand: makes private tasks visible and wakes somebody for them (W2). */
    void publish() {
        if (deque.publish()) {
            VarHandle.fullFence(); // W2
            pool.wakeOne();
            counters.publications++;
            if (tokens.isCancelled()) {
                deque.raiseDemand(); // it was lowered: the next join is to look; E9
            } else if (!pool.permits.areFree()) {
                turns.setAlarm();
            }
            probe.published();
        }
    }

    /** Makes everything in the deque visible to thieves (W2). */
    void publishAll() {
        deque.publishAll();
        VarHandle.fullFence(); // W2
        pool.wakeOne();
    }

    /**
     * The slow part of a join under demand, or of a fork when the alarm is due: publishes, and lets
     * others run that could not for a while. Submissions do not run here: they could wait for what
     * lies below on this stack.
     */
    void lookUp() {
        publish();
        if (turns.isOutOfPatience()) {
            StackHeadroom.ensureForWait();
            turns.giveWay();
        }
    }

    /** Adds a submission made by a task of this worker: visible at once. */
    void submitLocal(Task<?> task) {
        pool.instruments.enqueued(task);
        dropEnded();
        deque.push(task);
        counters.submissionsPushed++;
        counters.submissions++;
        publishAll();
    }

    /**
     * Takes off what a join has run where it lay, or a cancellation has ended, as far as nothing
     * else lies above it: tasks that submit and wait would pile up more and more of it.
     */
    private void dropEnded() {
        Task<?> newest = newestOwn();
        while (newest != null && newest.isDone() && deque.popIf(newest)) {
            newest = newestOwn();
        }
    }

    /** What {@link #popOwn} would take, or thieves are about to. */
    @Nullable Task<?> newestOwn() {
        return hasOwn() ? deque.newest() : null;
    }

    /** The newest task of this deque that belongs to the computation that runs. */
    @Nullable Task<?> popOwn() {
        return hasOwn() ? deque.pop() : null;
    }

    /** Whether something was pushed for the computation that runs, and not popped. */
    private boolean hasOwn() {
        return deque.bottom() > Math.max(floor, tokens.base());
    }

    /**
     * Whether nothing lies here for thieves who ask: the time to fork, for who splits work no
     * sooner than somebody may want it. Looks up first if they have asked. Private tasks count: a
     * loop that forked more because nobody sees them would be split to its last element. Owner
     * only.
     */
    boolean offersNothing() {
        if (pool.isSingle()) {
            return false;
        }
        if (deque.demanded()) {
            lookUp();
        }
        return deque.size() == 0;
    }

    boolean tryUnfork(Task<?> task) {
        return deque.popIf(task);
    }

    // ---- the loop

    void start(boolean daemon) {
        thread.setDaemon(daemon);
        pool.shape(this);
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
        probe.parks();
        parker.park();
    }

    void parkNanos(long nanos) {
        parker.parkNanos(nanos);
    }

    /** Whether the thread is seen asleep, whatever for. */
    boolean isBlocked() {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    WorkerThread thread() {
        return thread;
    }

    void runLoop() {
        pool.onWorkerStart(this);
        pool.permits.take(this);
        try {
            if (isSpare) {
                do {
                    pool.permits.take(this);
                    workWhileNeeded();
                } while (pool.awaitCall(this));
            } else {
                pool.idle.startSearch();
                do {
                    workUntilIdle();
                } while (sleep() || !pool.tryLeave());
            }
        } finally {
            pool.permits.giveUp(this);
            probe.ends();
            pool.onWorkerEnd();
        }
    }

    /**
     * A spare's turn: entered as a searcher, in the place of who called it; left when no worker is
     * blocked or nothing is found, as W4 asks, but without an announcement.
     */
    private void workWhileNeeded() {
        probe.searches();
        Task<?> task = search.seek();
        while (task != null) {
            endSearch();
            do {
                runTopLevel(task);
                turns.giveWayIfWanted();
                task = search.pollHigh();
                if (task == null) {
                    task = search.ownNext();
                }
                if (task == null && search.hasPlace()) {
                    task = search.lookAround();
                }
            } while (task != null);
            pool.idle.startSearch();
            task = search.hasPlace() ? search.seek() : null;
        }
        boolean unused = pool.idle.endSearch();
        pool.permits.giveUp(this);
        VarHandle.fullFence(); // W4
        pool.wakeForWorkInSight();
    }

    /** Runs tasks until none is found. Entered and left as a searcher. */
    private void workUntilIdle() {
        Task<?> task = ownOrSearch();
        while (task != null) {
            endSearch();
            do {
                runTopLevel(task);
                turns.giveWayIfWanted();
                task = pool.permits.areOverdrawn() ? null : search.next();
            } while (task != null);
            pool.idle.startSearch();
            task = pool.permits.areOverdrawn() ? null : ownOrSearch();
        }
        if (deque.hasPrivate()) {
            deque.publishAll(); // W4 follows
        }
    }

    /**
     * A worker that goes to sleep because there are too few permits may leave tasks in its deque,
     * for others or for itself: it must find them when they are what woke it.
     */
    private @Nullable Task<?> ownOrSearch() {
        Task<?> own = search.ownNext();
        return own != null ? own : search.seek();
    }

    /** Ends this worker's search; the last searcher wakes another if more is in sight (W3). */
    void endSearch() {
        if (pool.idle.endSearch()) {
            pool.wakeForWorkInSight();
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
        probe.parks();
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
        counters.wakeUps++;
        pool.permits.take(this);
        probe.searches();
        return true;
    }

    /**
     * W4: announce, fence, look once more. If something turned up, whoever parked last is woken:
     * this one, mostly.
     */
    void announce() {
        pool.idle.announce(index);
        pool.permits.giveUp(this);
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
        startEagerIfWanted();
        if (pool.isStopping()) {
            Thread.currentThread().interrupt(); // shutdownNow came before this task began
        }
        probe.taskStarts(task);
        run(task);
        probe.taskEnds();
        current = null;
        counters.topLevelRuns++;
        boolean unused = Thread.interrupted(); // an interrupt meant for this task ends with it
        if (pool.threadLocals != null) {
            pool.threadLocals.clear();
        }
    }

    /** To spread early what the task forks serves others only if there are some. */
    private void startEagerIfWanted() {
        if (pool.permits.areFree() || pool.idle.searching() > 0) {
            deque.startEager();
        } else {
            deque.endEager();
        }
    }

    /**
     * Runs a task. If its stack overflowed, the tasks that it forked and could not join any more
     * are cancelled: run from here, an endless recursion would go on for ever.
     */
    private void run(Task<?> task) {
        long base = deque.bottom();
        long outerFloor = floor;
        boolean outerIsolated = isolated;
        floor = base;
        isolated = false;
        try {
            tokens.run(task);
            dropEnded();
        } finally {
            floor = Math.min(outerFloor, deque.bottom());
            isolated = outerIsolated;
        }
        if (task.failedWithStackOverflow()) {
            abandonAbove(base);
        }
    }

    void abandonAbove(long base) {
        List<Task<?>> submissions = new ArrayList<>();
        while (deque.bottom() > base) {
            Task<?> left = deque.pop();
            if (left == null) {
                break;
            }
            if (left.isSubmission()) {
                submissions.add(left);
            } else {
                left.cancel(false);
            }
        }
        for (int i = submissions.size() - 1; i >= 0; i--) {
            submitLocal(submissions.get(i));
        }
    }

    /** Runs a task of this deque that belongs to the computation that runs. */
    void runOwn(Task<?> task) {
        if (tokens.isCancelled() && !task.startsTree()) {
            task.cancel(false);
            return;
        }
        probe.runs();
        long base = deque.bottom();
        task.runTask();
        if (task.failedWithStackOverflow()) {
            abandonAbove(base);
        }
    }

    /** Runs a task whose interrupts are not those of the one below it on the stack. */
    void runNested(Task<?> task) {
        long began = probe.helpStarts(task);
        CallableTask<?> covered = cover(null);
        boolean interrupted = setInterruptAside();
        counters.helps++;
        try {
            startEagerIfWanted();
            run(task);
        } finally {
            uncover(covered, interrupted);
            probe.helpEnds(began);
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
     * for the task below. One of {@code shutdownNow}, or of the tree that what runs belongs to, is
     * meant for both, and stays.
     *
     * @return what it was
     */
    boolean setInterruptAside() {
        boolean interrupted = Thread.interrupted();
        if (pool.isStopping() || tokens.isCancelled()) {
            Thread.currentThread().interrupt();
        }
        return interrupted;
    }

    void uncover(CallableTask<?> covered) {
        current = covered;
        covered.resume();
    }

    /** Whether who cancels the task finds this worker by the token under which it runs. */
    boolean findsByToken(CallableTask<?> task) {
        CancelToken token = tokens.token();
        return token != null && token.isOf(task) && task.home() == pool;
    }

    void uncover(@Nullable CallableTask<?> covered, boolean interrupted) {
        boolean unused = Thread.interrupted();
        current = covered;
        if (interrupted || pool.isStopping() || tokens.isCancelled()) {
            Thread.currentThread().interrupt();
        }
        if (covered != null) {
            covered.resume();
        }
    }

    // ---- blocking and isolation

    /** Runs a callable that blocks; others run in this worker's place meanwhile. */
    <T extends @Nullable Object> T block(Callable<T> callable) throws Exception {
        StackHeadroom.ensureForWait();
        if (deque.hasPrivate()) {
            deque.publishAll(); // W4 follows
        }
        if (!holdsPermit) { // it is blocking already, or waits, and is counted
            VarHandle.fullFence(); // W4
            pool.wakeForWorkInSight();
            return callable.call();
        }
        pool.blocked.incrementAndGet();
        try {
            pool.permits.giveUp(this);
            VarHandle.fullFence(); // W4
            pool.wakeForWorkInSight();
            probe.parksInJoin();
            return callable.call();
        } finally {
            pool.permits.take(this);
            pool.blocked.decrementAndGet();
            probe.runs();
        }
    }

    /** Runs a callable inside which joins run only what was forked inside. */
    <T extends @Nullable Object> T isolate(Callable<T> callable) throws Exception {
        boolean outerIsolated = isolated;
        long outerFloor = floor;
        isolated = true;
        floor = deque.bottom();
        try {
            return callable.call();
        } finally {
            isolated = outerIsolated;
            floor = Math.min(outerFloor, deque.bottom());
        }
    }

    boolean isIsolated() {
        return isolated;
    }

    // ---- seen from outside

    /** All workers of the pool. */
    Worker[] peers() {
        return pool.workers();
    }

    boolean isStopping() {
        return pool.isStopping();
    }

    Strays strays() {
        return pool.strays;
    }

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
}
