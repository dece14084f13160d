package dev.magpie.scheduler;

import dev.magpie.scheduler.deque.StolenIndex;
import dev.magpie.scheduler.idle.IdleWorkers;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of one scheduler share: each other, the submissions, who is idle, and the life
 * cycle.
 *
 * <p><b>Life cycle.</b> RUNNING, then CLOSING (nothing new; what was submitted runs), then OVER
 * (quiescent: workers leave). The step from CLOSING to OVER is made by whoever sees no busy worker
 * and no work after it wrote its own part: {@link #close} writes the phase and reads the number of
 * busy workers, {@link #becameIdle} does the reverse.
 */
final class Pool {

    private static final int RUNNING = 0;
    private static final int CLOSING = 1;
    private static final int OVER = 2;

    /** For each spare at work, the time until one more is called while others wait to run. */
    private static final long SPARE_INTERVAL_NANOS = 10_000_000;

    final IdleWorkers idle;
    final SubmissionQueue submissions = new SubmissionQueue();
    final Instruments instruments = new Instruments();

    /** What {@code shutdownNow} took off deques that it may not hand back. */
    final Strays strays = new Strays();

    /** Reports joins under a lock; null if that is not wanted. */
    final @Nullable HeldMonitors heldMonitors;

    /** Clears the thread-locals of workers; null if they are kept. */
    final @Nullable ThreadLocals threadLocals;

    /** Who may run. */
    final CpuPermits permits;

    /** How many workers wait in a join or block in user code: spares take their place. */
    final AtomicInteger blocked = new AtomicInteger();

    private final SchedulerConfig config;
    private final PinningPlan pinning;
    private final @Nullable UncaughtExceptionHandler handler;
    private final AtomicInteger busy;
    private final AtomicInteger living;
    private final CountDownLatch terminated = new CountDownLatch(1);
    private final ArrayDeque<Worker> restingSpares; // guarded by spareLock
    private final Object spareLock = new Object();
    private final Object leaving = new Object();
    private final Set<Task<?>> orphans = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Waiter home = Waiter.home(this);
    private final @Nullable ClassLoader contextClassLoader =
            Thread.currentThread().getContextClassLoader();
    private final DelayTimer timer;
    private final @Nullable ThreadTemplates templates;

    /** The regular workers by index, then the spares that were ever needed. */
    private volatile Worker[] workers;

    /** Calls for a spare in vain. */
    private volatile long refusedSpares; // written under spareLock

    private volatile long spareCalledAt; // written under spareLock

    private volatile int phase = RUNNING;
    private volatile boolean stopping;
    private @Nullable WeakReference<Scheduler> scheduler;
    private int staying; // guarded by leaving

    /** How many workers wait for quiescence themselves, without work. Its monitor guards waits. */
    private final AtomicInteger quiescing = new AtomicInteger();

    /** Threads in {@link #awaitQuiescence}; read after {@code busy} was lowered. */
    private volatile int quiescenceWaiters; // written under the monitor of quiescing

    Pool(
            SchedulerConfig config,
            PinningPlan pinning,
            @Nullable UncaughtExceptionHandler handler,
            @Nullable HeldMonitors heldMonitors,
            @Nullable ThreadLocals threadLocals) {
        this.pinning = pinning;
        this.handler = handler;
        this.heldMonitors = heldMonitors;
        this.threadLocals = threadLocals;
        this.config = config;
        timer = new DelayTimer(this, config.name() + "-timer");
        int count = config.workers();
        restingSpares = new ArrayDeque<>(config.maxSpares());
        permits = new CpuPermits(this, count);
        idle = new IdleWorkers(count + config.maxSpares());
        ThreadFactory factory = config.threadFactory();
        templates = factory == null ? null : new ThreadTemplates(factory, count);
        busy = new AtomicInteger(count);
        living = new AtomicInteger(count);
        staying = count;
        Worker[] regular = new Worker[count];
        for (int index = 0; index < count; index++) {
            regular[index] = new Worker(this, index, config);
        }
        workers = regular;
        startAll(regular);
        if (templates != null) {
            awaitEntered(templates);
        }
    }

    private void awaitEntered(ThreadTemplates shaped) {
        try {
            shaped.awaitEntered();
        } catch (IllegalStateException ex) {
            close();
            throw ex;
        }
    }

    /** Gives a worker's thread, which is not started, what the user's factory says. */
    void shape(Worker worker) {
        if (templates == null) {
            return;
        }
        if (worker.isSpare) {
            templates.shapeSpare(worker.thread());
        } else {
            templates.shape(worker.thread());
        }
    }

    private void startAll(Worker[] regular) {
        int started = 0;
        try {
            for (Worker worker : regular) {
                worker.start(config.daemon());
                started++;
            }
        } finally {
            if (started < regular.length) {
                abandon(regular.length - started);
            }
        }
    }

    /** A thread could not be started: those that were leave at once. */
    private void abandon(int missing) {
        synchronized (leaving) {
            staying -= missing;
        }
        busy.addAndGet(-missing);
        for (int i = 0; i < missing; i++) {
            onWorkerEnd();
        }
        close();
    }

    // ---- submitting and waking

    /**
     * W1: enqueue, fence, and wake one if anyone is parked and nobody searches; otherwise ask the
     * busy to look up.
     */
    void submit(Task<?> task, Priority priority) {
        if (phase != RUNNING) {
            throw rejection(task);
        }
        instruments.enqueued(task);
        boolean alone = submissions.add(task, priority); // W1
        if (phase == OVER) {
            submittedLate(task);
            return;
        }
        if (alone) {
            wakeForSubmission();
        }
    }

    /** The same for a delayed task whose time has come: the timer keeps the pool from ending. */
    void submitDue(Task<?> task) {
        if (submissions.add(task, Priority.NORMAL)) { // W1
            wakeForSubmission();
        }
    }

    /**
     * The same for a submission that a worker took off a deque while it waits for something else,
     * and that it must not run: it could wait for what lies below on that worker's stack.
     */
    void putBack(Task<?> submission) {
        if (submissions.putBack(submission)) { // W1
            wakeForSubmission();
        }
    }

    private void wakeForSubmission() {
        if (!wakeOne()) {
            raiseDemand(); // all are busy, or a searcher is about to find it
        }
    }

    /**
     * The pool ended while a task was added: either a worker still finds it, or it is taken back.
     */
    private void submittedLate(Task<?> task) {
        synchronized (leaving) {
            if (staying > 0) {
                return; // the last one to leave looks into the queue under this lock
            }
            orphans.addAll(submissions.drain());
            if (orphans.remove(task)) {
                throw rejection(task);
            }
        }
    }

    static RejectedExecutionException rejection(Task<?> task) {
        return new RejectedExecutionException("scheduler is shut down; rejected " + task);
    }

    /**
     * Wakes a parked worker, or a spare in place of one that is blocked, if it could run and nobody
     * searches; says whether it did.
     */
    boolean wakeOne() {
        if (!permits.areFree()) {
            return false; // who gives a permit up looks for work afterwards
        }
        if (idle.needsWaker()) {
            StackHeadroom.ensure();
            int worker = idle.wakeOne();
            if (worker != IdleWorkers.NOBODY) {
                workers[worker].unpark();
                return true;
            }
        }
        return needsSpare() && wakeSpare();
    }

    /**
     * Wakes one if there is work that somebody should look for. For submissions that nobody can be
     * woken for, the busy are asked: one of them may have looked away because of the caller, which
     * was a searcher.
     */
    void wakeForWorkInSight() {
        if (workInSight() && !wakeOne() && hasSubmissions()) {
            raiseDemand();
        }
    }

    private boolean wakeSpare() {
        StackHeadroom.ensureForWait();
        if (!idle.tryStartOnlySearch()) {
            return false;
        }
        if (callSpare(null)) {
            return true;
        }
        boolean unused = idle.endSearch();
        return false;
    }

    /** Asks all workers to publish, and to look for submissions at their next join. */
    void raiseDemand() {
        for (Worker worker : workers) {
            worker.deque.raiseDemand();
        }
    }

    boolean hasSubmissions() {
        return !submissions.isEmpty();
    }

    Worker[] workers() {
        return workers;
    }

    boolean isSingle() {
        return workers.length == 1;
    }

    /**
     * Whether more than half of the workers look for work: what comes is found without this one.
     */
    boolean enoughSearch() {
        return idle.searching() > (config.workers() + 1) >>> 1;
    }

    boolean workInSight() {
        if (!submissions.isEmpty()) {
            return true;
        }
        for (Worker worker : workers) {
            if (worker.deque.hasPublic()) {
                return true;
            }
        }
        return false;
    }

    /** Tells the handler of a runnable's failure, in the worker that met it. */
    void reportUncaught(Thread thread, Throwable failure) {
        UncaughtExceptionHandler target =
                handler != null ? handler : thread.getUncaughtExceptionHandler();
        target.uncaughtException(thread, failure);
    }

    // ---- spares

    /** Whether a spare has a place to fill: that of a blocked worker, or one added by a resize. */
    boolean needsSpare() {
        return blocked.get() > 0 || permits.total() > config.workers();
    }

    /** Whether some worker has nothing to do, or looks for it; an estimate. */
    boolean hasIdleWorker() {
        return idle.searching() > 0 || busy.get() < config.workers();
    }

    /** Whether some worker holds submissions that it took and did not come to yet. */
    boolean batchIsLeft() {
        for (Worker worker : workers) {
            if (worker.search.hasBatchLeft()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether submissions get one more spare although others wait for a permit: the more there are
     * of these, the later.
     */
    boolean isTimeForSpare(long now) {
        return now - spareCalledAt > activeSpares() * SPARE_INTERVAL_NANOS;
    }

    /**
     * Sends a spare to search: it inherits the caller's count as a searcher, and its permit.
     *
     * @param caller the worker in whose place it searches; null if that is no worker
     * @return false if the bound is reached or the system grants no thread; the caller goes on as
     *     the searcher that it is
     */
    boolean callSpare(@Nullable Worker caller) {
        Worker spare;
        synchronized (spareLock) {
            spareCalledAt = System.nanoTime();
            spare = restingSpares.pollLast();
            if (spare == null) {
                return startSpare(caller);
            }
            busy.incrementAndGet();
            handOver(caller, spare); // before it can start, and end, its turn
            spare.isCalled = true;
        }
        spare.unpark();
        return true;
    }

    private void handOver(@Nullable Worker from, @Nullable Worker next) {
        if (from != null && next != null) {
            permits.handOver(from, next);
        }
    }

    private boolean startSpare(@Nullable Worker caller) {
        Worker[] before = workers;
        int index = before.length;
        if (index - config.workers() >= config.maxSpares()) {
            refusedSpares++;
            return false;
        }
        try {
            Worker spare = new Worker(this, index, config);
            Worker[] after = Arrays.copyOf(before, index + 1);
            after[index] = spare;
            living.incrementAndGet();
            busy.incrementAndGet();
            workers = after;
            handOver(caller, spare);
            spare.start(config.daemon());
            return true;
        } catch (OutOfMemoryError ex) {
            if (workers != before) {
                handOver(workers[index], caller);
                workers = before;
                busy.decrementAndGet();
                living.decrementAndGet();
            }
            refusedSpares++;
            return false;
        }
    }

    /** A spare rests until it is called again; false when the pool is over. */
    boolean awaitCall(Worker spare) {
        spare.isCalled = false;
        synchronized (spareLock) {
            restingSpares.addLast(spare);
        }
        becameIdle();
        while (!spare.isCalled) {
            if (phase == OVER) {
                synchronized (spareLock) {
                    return !restingSpares.remove(spare);
                }
            }
            spare.rest();
        }
        return true;
    }

    // ---- life cycle

    void close() {
        timer.shutdown(); // first, so that what is delayed keeps the pool from ending
        synchronized (leaving) {
            if (phase == RUNNING) {
                phase = CLOSING;
            }
        }
        endIfQuiescent();
    }

    /** Takes back what never started, and interrupts what runs. */
    List<Task<?>> closeNow() {
        busy.incrementAndGet(); // so that nobody leaves before what is put back is there
        List<DelayedTask<?>> delayed = timer.shutdownNow();
        close();
        stopping = true; // before the interrupts: who sets one aside looks here afterwards
        List<Task<?>> unstarted = new ArrayList<>();
        for (Task<?> task : takeAllVisible()) {
            if (task instanceof StrayPart) { // of a running computation: somebody joins it
                boolean unused = submissions.putBack(task);
            } else {
                unstarted.add(task);
            }
        }
        for (Worker worker : workers) {
            worker.interrupt();
        }
        VarHandle.fullFence(); // W1
        if (!wakeOne()) {
            raiseDemand();
        }
        becameIdle();
        unstarted.addAll(delayed);
        return unstarted;
    }

    /**
     * The queue first: a worker moves submissions from there to its deque, never back. Parts of
     * running computations, behind which submissions may lie, become strays.
     */
    private List<Task<?>> takeAllVisible() {
        List<Task<?>> waiting = submissions.drain();
        List<Task<?>> visible = new ArrayList<>();
        strays.beginTaking();
        try {
            for (Worker worker : workers) {
                takeAllOf(worker, visible);
            }
        } finally {
            strays.endTaking();
        }
        visible.addAll(waiting); // the younger ones
        return visible;
    }

    private void takeAllOf(Worker worker, List<Task<?>> visible) {
        StolenIndex index = new StolenIndex();
        Task<?> task = worker.deque.steal(index);
        while (task != null) {
            Task<?> taken =
                    task.isSubmission() ? task : stray(task, worker.tokens.at(index.value()));
            if (taken != null) {
                visible.add(taken);
            }
            task = worker.deque.steal(index);
        }
    }

    private @Nullable StrayPart stray(Task<?> part, @Nullable CancelToken found) {
        CancelToken token = part.startsTree() ? null : found;
        if (token != null && !token.tryAdopt()) {
            part.cancel(false);
            return null;
        }
        StrayPart stray = new StrayPart(strays, part, token);
        strays.add(stray);
        return stray;
    }

    void becameIdle() {
        if (busy.decrementAndGet() == 0) {
            endIfQuiescent();
        }
        signalQuiescence();
    }

    void becameBusy() {
        busy.incrementAndGet();
    }

    private void endIfQuiescent() {
        if (phase == CLOSING && !workInSight() && busy.get() == 0 && !workInSight()) {
            phase = OVER;
            for (Worker worker : workers) {
                worker.unpark();
            }
        }
    }

    boolean isOver() {
        return phase == OVER;
    }

    /** Whether {@code shutdownNow} was called: whatever runs is to see an interrupt. */
    boolean isStopping() {
        return stopping;
    }

    boolean isClosing() {
        return phase != RUNNING;
    }

    /** W6: a worker leaves only if the queue is empty under the lock that late submitters take. */
    boolean tryLeave() {
        synchronized (leaving) {
            if (!submissions.isEmpty()) {
                return false;
            }
            staying--;
            return true;
        }
    }

    void onWorkerStart(Worker worker) {
        if (worker.isSpare) {
            pinning.release(); // it inherited the binding of who started it
        } else {
            worker.counters.cpu = pinning.bind(worker.index);
        }
    }

    void onTimerStart() {
        pinning.release(); // it inherited the binding of who started it
    }

    void onWorkerEnd() {
        if (living.decrementAndGet() == 0) {
            pinning.giveBack();
            instruments.poolEnds();
            terminated.countDown();
        }
    }

    DelayTimer timer() {
        return timer;
    }

    /** Names the public face of this pool. Once, before any task is submitted. */
    void setScheduler(Scheduler face) {
        scheduler = new WeakReference<>(face);
    }

    @Nullable Scheduler scheduler() {
        return scheduler == null ? null : scheduler.get();
    }

    /** What every submission to this pool carries until somebody waits for it. */
    Waiter home() {
        return home;
    }

    /** Opens when the last worker is about to end. */
    CountDownLatch terminated() {
        return terminated;
    }

    /** The context class loader of every worker: that of the scheduler's creator. */
    @Nullable ClassLoader contextClassLoader() {
        return contextClassLoader;
    }

    /** Changes the number of workers that may run at a time; returns the one before. */
    int resize(int parallelism) {
        int before = permits.resize(parallelism);
        VarHandle.fullFence(); // W4
        if (workInSight()) {
            boolean unused = wakeOne();
        }
        return before;
    }

    // ---- quiescence

    /** Whether all workers are idle, and no work is seen. */
    boolean isQuiescent() {
        return busy.get() == 0 && !workInSight() && busy.get() == 0;
    }

    /** The same, but for the workers whose tasks wait for it, and go on when it is so. */
    boolean isQuiescentButForHelpers() {
        return onlyHelpersAreBusy() && !workInSight() && onlyHelpersAreBusy();
    }

    private boolean onlyHelpersAreBusy() {
        return busy.get() == quiescing.get();
    }

    boolean awaitQuiescence(long deadline) {
        synchronized (quiescing) {
            quiescenceWaiters++;
            try {
                while (!isQuiescent()) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    // rounded up, and woken by whoever becomes the last idle one
                    quiescing.wait(left / 1_000_000 + 1);
                }
                return true;
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                quiescenceWaiters--;
            }
        }
    }

    /** After a worker became idle: those who wait for quiescence look again. */
    private void signalQuiescence() {
        if (quiescenceWaiters > 0 && busy.get() == 0) {
            synchronized (quiescing) {
                quiescing.notifyAll();
            }
        }
    }

    /** A worker has nothing to do but to wait for the others, or has found something again. */
    void setQuiescing(boolean on) {
        quiescing.addAndGet(on ? 1 : -1);
    }

    long refusedSpares() {
        return refusedSpares;
    }

    int submissionsWaiting() {
        return submissions.size();
    }

    /** Workers that are not asleep for want of work, spares included; an estimate. */
    int busyWorkers() {
        return busy.get();
    }

    /** Worker threads that have not ended, spares included. */
    int livingWorkers() {
        return living.get();
    }

    /** Spares that were sent to work and have not come back. */
    int activeSpares() {
        synchronized (spareLock) {
            return workers.length - config.workers() - restingSpares.size();
        }
    }
}
