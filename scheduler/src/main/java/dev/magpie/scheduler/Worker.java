package dev.magpie.scheduler;

import dev.magpie.scheduler.deque.WorkStealingDeque;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

    /**
     * How long a worker may run at least that got a permit while others waited for one: much longer
     * than the change of threads takes that this costs.
     */
    private static final long SLICE_NANOS = 1_000_000;

    /** Between two looks for others that cannot go on: rarer costs patience, more often time. */
    private static final long SHORT_ALARM_NANOS = 20_000;

    private static final long LONG_ALARM_NANOS = 200_000;

    /** Tasks that a scope runs between two looks; they are taken without a fork in between. */
    private static final int LOOK_PERIOD = 64;

    private static final int MAX_ALARM_PUSHES = 1 << 14;

    /** Rounds of searching before a worker yields, and before it parks. */
    private static final int SPIN_ROUNDS = 24;

    private static final int YIELD_ROUNDS = 4;

    private static final int NOBODY = -1;

    /** So many submissions of the high lane are run before one of the others, if any waits. */
    private static final int HIGH_IN_A_ROW = 7;

    /** Pause between two rounds, in calls of {@link Thread#onSpinWait}. */
    private static final int SPINS_A_ROUND = 16;

    final int index;
    final boolean isSpare;
    final WorkStealingDeque<Task<?>> deque;
    final WorkerCounters counters = new WorkerCounters();
    final TokenStack tokens = new TokenStack(this);
    final WorkerProbe probe;

    private final Pool pool;
    private final VictimSelector victims;
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

    private int tick;
    private int highInARow;
    private @Nullable CallableTask<?> current;

    /** Below this index the public part of the deque holds what is left of a batch. */
    private volatile long batchEnd;

    /** When this worker first saw that others could not go on; 0 if it did not. */
    private long othersStuckSince;

    /** Until when this worker need not give way. */
    private long sliceEnds;

    /** When this worker last looked for batches that are left, and saw none. */
    private long noBatchSeenAt;

    /** After so many forks this worker looks for others that cannot go on. */
    private int alarmPushes = 1;

    private long lastAlarm;

    Worker(Pool pool, int index, SchedulerConfig config) {
        this.pool = pool;
        this.index = index;
        isSpare = index >= config.workers();
        victims = new VictimSelector(index);
        String name = isSpare ? "-spare-" + (index - config.workers()) : "-worker-" + index;
        thread =
                new WorkerThread(
                        this, config.name() + name, config.stackSize(), pool.contextClassLoader());
        deque = new WorkStealingDeque<>(thread);
        parker = new Parker(thread);
        probe = pool.instruments.probe(index, thread.getName());
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
                deque.setAlarm(alarmPushes);
            }
            probe.published();
        }
    }

    /**
     * The alarm of the deque is due. Forks may be nanoseconds apart or milliseconds: the next one
     * is to come after the same time rather than after as many.
     */
    void setNextAlarm() {
        long now = System.nanoTime();
        long elapsed = now - lastAlarm;
        lastAlarm = now;
        if (elapsed < SHORT_ALARM_NANOS) {
            alarmPushes = Math.min(4 * alarmPushes, MAX_ALARM_PUSHES);
        } else if (elapsed > LONG_ALARM_NANOS) {
            alarmPushes = 1;
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
        if (isOutOfPatience()) {
            StackHeadroom.ensureForWait();
            giveWay();
        }
    }

    /** Whether a worker waits for a permit, or submissions that found everybody busy. */
    private boolean othersAreStuck(long now) {
        return pool.permits.areWanted() || submissionsAreStuck(now);
    }

    private boolean submissionsAreStuck(long now) {
        return pool.idle.searching() == 0 && (pool.hasSubmissions() || batchIsLeft(now));
    }

    /** Whether a worker has taken submissions that it does not come to; looks now and then. */
    private boolean batchIsLeft(long now) {
        if (now - noBatchSeenAt < SHORT_ALARM_NANOS) {
            return false;
        }
        boolean left = pool.batchIsLeft();
        noBatchSeenAt = left ? now - SHORT_ALARM_NANOS : now;
        return left;
    }

    boolean hasBatchLeft() {
        return deque.hasPublicBelow(batchEnd);
    }

    /** Whether others have been stuck for as long as this worker may ignore. */
    private boolean isOutOfPatience() {
        long now = System.nanoTime();
        if (!othersAreStuck(now)) {
            othersStuckSince = 0;
            return false;
        }
        if (othersStuckSince == 0) {
            othersStuckSince = now | 1;
        }
        return now - othersStuckSince > PATIENCE_NANOS && now - sliceEnds >= 0;
    }

    /** Others waited while this worker got its permit: each of them runs for a while. */
    void beginSlice() {
        long now = System.nanoTime();
        othersStuckSince = 0;
        sliceEnds = othersAreStuck(now) ? now + SLICE_NANOS : now;
    }

    /** Lets another run: one that waits for a permit, or a spare for the submissions. */
    private void giveWay() {
        othersStuckSince = 0;
        if (deque.hasPrivate()) {
            publishAll();
        }
        if (!handOverToSpare()) {
            if (!pool.permits.areWanted()) {
                return; // somebody else was faster
            }
            pool.permits.giveUp(this);
        }
        probe.parksInJoin();
        pool.permits.take(this);
        probe.runs();
    }

    private boolean handOverToSpare() {
        long now = System.nanoTime();
        if (!submissionsAreStuck(now)
                || pool.permits.areWanted() && !pool.isTimeForSpare(now)
                || !pool.idle.tryStartOnlySearch()) {
            return false;
        }
        if (pool.callSpare(this)) {
            return true;
        }
        endSearch();
        return false;
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

    private @Nullable Task<?> newestOwn() {
        return hasOwn() ? deque.newest() : null;
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
        Task<?> task = search();
        while (task != null) {
            endSearch();
            do {
                runTopLevel(task);
                giveWayIfWanted();
                task = pollHigh();
                if (task == null) {
                    task = ownNext();
                }
                if (task == null && hasPlace()) {
                    task = lookAround();
                }
            } while (task != null);
            pool.idle.startSearch();
            task = hasPlace() ? search() : null;
        }
        boolean unused = pool.idle.endSearch();
        pool.permits.giveUp(this);
        VarHandle.fullFence(); // W4
        pool.wakeForWorkInSight();
    }

    /** Whether this spare has a reason to look for work. */
    private boolean hasPlace() {
        return pool.hasSubmissions() || maySteal() || pool.batchIsLeft();
    }

    /** Between two top-level tasks: lets a worker go on that is in the middle of one. */
    private void giveWayIfWanted() {
        if (pool.permits.areWanted() && isOutOfPatience()) {
            giveWay();
        }
    }

    /** Runs tasks until none is found. Entered and left as a searcher. */
    private void workUntilIdle() {
        Task<?> task = ownOrSearch();
        while (task != null) {
            endSearch();
            do {
                runTopLevel(task);
                giveWayIfWanted();
                task = pool.permits.areOverdrawn() ? null : nextTask();
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
        Task<?> own = ownNext();
        return own != null ? own : search();
    }

    /** Ends this worker's search; the last searcher wakes another if more is in sight (W3). */
    private void endSearch() {
        if (pool.idle.endSearch()) {
            pool.wakeForWorkInSight();
        }
    }

    private @Nullable Task<?> nextTask() {
        Task<?> high = pollHigh();
        if (high != null) {
            return high;
        }
        if (++tick >= SUBMISSION_TICK) {
            tick = 0;
            Task<?> submission = pool.submissions.poll();
            if (submission != null) {
                return submission;
            }
        }
        Task<?> own = ownNext();
        return own != null ? own : lookAround();
    }

    /** A submission of the high lane, unless it is the others' turn. */
    private @Nullable Task<?> pollHigh() {
        if (!pool.submissions.hasHigh() || highInARow == HIGH_IN_A_ROW) {
            highInARow = 0;
            return null;
        }
        highInARow++;
        return pool.submissions.pollHigh();
    }

    /**
     * The oldest task of the own deque, taken as a thief takes it: what is left there stays visible
     * while this one runs, which may block.
     */
    private @Nullable Task<?> ownNext() {
        if (deque.hasPrivate()) {
            publishAll();
        }
        Task<?> oldest = deque.steal();
        if (oldest != null) {
            counters.ownTakes++;
        }
        return oldest;
    }

    /**
     * One look at the submissions and at every victim. Of many submissions a batch is taken: the
     * oldest is returned, the others lie in the deque for all to see, in the order they came.
     */
    private @Nullable Task<?> lookAround() {
        SubmissionQueue submissions = pool.submissions;
        if (!submissions.tryBeginTurn()) {
            return highOrStolen();
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
            batchEnd = deque.bottom();
            deque.publishAll();
        } finally {
            submissions.endTurn();
        }
        if (others > 0) {
            counters.submissionsPushed += others;
            VarHandle.fullFence(); // W2
            pool.wakeOne();
        }
        return first != null ? first : highOrStolen();
    }

    private @Nullable Task<?> highOrStolen() {
        Task<?> high = pool.submissions.pollHigh();
        if (high != null) {
            return high;
        }
        return maySteal() ? stealAny() : stealFromBatch();
    }

    /** What a spare may take from others at any time: submissions that they do not come to. */
    private @Nullable Task<?> stealFromBatch() {
        for (Worker worker : pool.workers()) {
            if (worker.hasBatchLeft()) {
                return stealFrom(worker);
            }
        }
        return null;
    }

    /**
     * A spare begins nothing of others unless a worker is blocked, and nobody else waits for the
     * permit: one that was called for submissions would share the cores with who called it.
     */
    private boolean maySteal() {
        return !isSpare || pool.needsSpare() && !pool.permits.areWanted();
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
        counters.stealAttempts++;
        Task<?> stolen = tokens.steal(victim);
        if (stolen != null) {
            stolen.setThief(index);
            counters.steals++;
            probe.stole(victim.index);
        }
        return stolen;
    }

    /** Looks around for a bounded time. */
    private @Nullable Task<?> search() {
        int rounds = pool.isSingle() ? 1 : SPIN_ROUNDS + YIELD_ROUNDS;
        for (int round = 0; round < rounds; round++) {
            Task<?> high = pollHigh();
            Task<?> task = high != null ? high : lookAround();
            if (task != null) {
                return task;
            }
            probe.searches(); // not before: a first look that succeeds reads no clock
            if (pool.enoughSearch() || !hasPlace()) {
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
    private void announce() {
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
    private void runNested(Task<?> task) {
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

    // ---- joining

    /**
     * A timed wait: helps as any join does for as long as there is time when something is started,
     * and gives its place to a spare while it waits. Returns whether the task is done.
     */
    boolean joinUntil(Task<?> task, long deadline) throws InterruptedException {
        if (ranAsUnclaimed(task)) {
            return true;
        }
        StackHeadroom.ensureForWait();
        while (!task.isDone()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            if (task.isUnclaimedOf(pool)) {
                runNested(task);
            } else if (!helpOnce(task)) {
                waitUntil(task, deadline);
            }
        }
        return true;
    }

    /** As {@link #waitFor}, but not beyond the deadline, and without a time of searching before. */
    private void waitUntil(Task<?> task, long deadline) {
        publishAll(); // the awaited task may wait for what is left
        boolean held = holdsPermit;
        Waiter waiter = new Waiter(parker);
        boolean registered = task.register(waiter);
        counters.parks++;
        pool.blocked.incrementAndGet();
        try {
            pool.idle.startSearch();
            announce();
            probe.parksInJoin();
            parkUntil(task, registered, deadline);
            if (!pool.idle.withdraw(index)) {
                boolean unused = passOn(task, registered, true);
            }
        } finally {
            if (held) {
                pool.permits.take(this);
            }
            pool.blocked.decrementAndGet();
            waiter.retire();
            probe.runs();
        }
    }

    /** Parks until the task is done, the time is over, an interrupt comes or a waker chose it. */
    private void parkUntil(Task<?> task, boolean registered, long deadline) {
        while (!task.isDone() && !pool.idle.isWoken(index)) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return;
            }
            if (registered) {
                parker.parkNanos(
                        task.wakesWaiters() ? left : Math.min(left, Waiter.LOOK_AGAIN_NANOS));
            } else {
                Thread.onSpinWait(); // the task is completing
            }
        }
    }

    /** The newest task of this deque that belongs to the computation that runs. */
    @Nullable Task<?> popOwn() {
        return hasOwn() ? deque.pop() : null;
    }

    /**
     * Runs what a scope of the computation that runs has forked, newest first, until nothing is
     * left here, and shares it with who asks.
     */
    void runForScope() throws InterruptedException {
        StackHeadroom.ensureForWait();
        int runs = 0;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (deque.demanded() || ++runs % LOOK_PERIOD == 0) {
                lookUp();
            }
            Task<?> own = popOwn();
            if (own == null) {
                return;
            }
            runOwn(own);
        }
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
        if (pool.heldMonitors != null) {
            pool.heldMonitors.check();
        }
        if (ranAsUnclaimed(task)) {
            return;
        }
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
     * Runs a submission that nobody has started, which takes less room on the stack than a wait;
     * but a scope's task has a scope to tell.
     *
     * @return whether it is done
     */
    private boolean ranAsUnclaimed(Task<?> task) {
        if (!task.isUnclaimedOf(pool) || task instanceof ScopeTask) {
            return false;
        }
        StackHeadroom.ensure();
        runNested(task);
        return task.isDone();
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
        int thief = isolated ? NOBODY : task.thief();
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
                probe.runs();
                return;
            }
            probe.searchesInJoin();
            pause(round);
        }
        if (deque.hasPrivate()) {
            publishAll(); // of older computations: the awaited task may wait for them
        }
        boolean held = holdsPermit;
        Waiter waiter = new Waiter(parker);
        boolean registered = task.register(waiter);
        counters.parks++;
        pool.blocked.incrementAndGet();
        try {
            boolean helped = false;
            while (!helped && !task.isDone() && !(interruptible && thread.isInterrupted())) {
                pool.idle.startSearch();
                announce();
                park(task, registered, interruptible, true);
                helped = !pool.idle.withdraw(index) && passOn(task, registered, interruptible);
            }
        } finally {
            if (held) {
                pool.permits.take(this);
            }
            pool.blocked.decrementAndGet();
            waiter.retire();
            probe.runs();
        }
    }

    /**
     * This worker was woken for work, and so is a searcher: W3 holds for it as for any. Returns
     * whether it ran something.
     */
    private boolean passOn(Task<?> task, boolean registered, boolean interruptible) {
        counters.wakeUps++;
        Task<?> found = task.isDone() ? null : leapfrog(task);
        if (found != null) {
            pool.permits.take(this);
            endSearch();
            runNested(found);
            return true;
        }
        if (task.isDone() || !pool.workInSight()) {
            endSearch();
        } else if (!pool.callSpare(null)) {
            endSearch();
            park(task, registered, interruptible, false); // no spare is left: it has to wait
        }
        return false;
    }

    /** Parks until the task is done, or an interrupt comes, or, if listed, a waker chose it. */
    private void park(Task<?> task, boolean registered, boolean interruptible, boolean listed) {
        probe.parksInJoin();
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
        probe.searchesInJoin();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a callable that blocks; others run in this worker's place meanwhile. */
    <T extends @Nullable Object> T block(Callable<T> callable) throws Exception {
        StackHeadroom.ensureForWait();
        if (deque.hasPrivate()) {
            deque.publishAll(); // W4 follows
        }
        boolean held = holdsPermit;
        pool.blocked.incrementAndGet();
        try {
            pool.permits.giveUp(this);
            VarHandle.fullFence(); // W4
            pool.wakeForWorkInSight();
            probe.parksInJoin();
            return callable.call();
        } finally {
            if (held) {
                pool.permits.take(this);
            }
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

    /**
     * Runs whatever there is until the pool is quiescent or the time is over: this worker's tasks,
     * the others' and the submissions.
     *
     * @return whether it became quiescent
     */
    boolean helpQuiesce(long deadline) {
        StackHeadroom.ensureForWait();
        int round = 0;
        while (System.nanoTime() - deadline < 0) {
            Task<?> own = deque.pop();
            Task<?> task = own != null ? own : lookAround();
            if (task != null) {
                runNested(task);
                round = 0;
            } else if (awaitOthers(round++)) {
                return true;
            }
        }
        return pool.isQuiescent();
    }

    /** Pauses as one that has nothing to do; returns whether nobody has. */
    private boolean awaitOthers(int round) {
        pool.setQuiescing(true);
        try {
            if (pool.isQuiescent()) {
                return true;
            }
            if (round < SPIN_ROUNDS + YIELD_ROUNDS) {
                pause(round);
            } else {
                pool.permits.giveUp(this);
                parker.parkNanos(Waiter.LOOK_AGAIN_NANOS);
            }
            return false;
        } finally {
            pool.permits.take(this);
            pool.setQuiescing(false);
        }
    }

    // ---- seen from outside

    /** All workers of the pool. */
    Worker[] peers() {
        return pool.workers();
    }

    boolean isStopping() {
        return pool.isStopping();
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
