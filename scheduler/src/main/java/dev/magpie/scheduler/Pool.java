package dev.magpie.scheduler;

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

    /** The greatest number of spares: they wait in joins themselves, and need spares then. */
    private static final int MAX_SPARES = 256;

    final IdleWorkers idle;
    final SubmissionQueue submissions = new SubmissionQueue();

    /** How many workers wait in a join, so that spares may run in their place. */
    final AtomicInteger blocked = new AtomicInteger();

    private final SchedulerConfig config;
    private final PinningPlan pinning;
    private final @Nullable UncaughtExceptionHandler handler;
    private final AtomicInteger busy;
    private final AtomicInteger living;
    private final CountDownLatch terminated = new CountDownLatch(1);
    private final ArrayDeque<Worker> restingSpares = new ArrayDeque<>(MAX_SPARES); // guarded
    private final Object spareLock = new Object();
    private final Object leaving = new Object();
    private final Set<Task<?>> orphans = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Waiter home = Waiter.home(this);

    /** The regular workers by index, then the spares that were ever needed. */
    private volatile Worker[] workers;

    /** Spares at work. */
    private volatile int activeSpares; // written under spareLock

    private volatile int phase = RUNNING;
    private volatile boolean stopping;
    private @Nullable WeakReference<Scheduler> scheduler;
    private int staying; // guarded by leaving

    Pool(SchedulerConfig config, PinningPlan pinning, @Nullable UncaughtExceptionHandler handler) {
        this.pinning = pinning;
        this.handler = handler;
        this.config = config;
        int count = config.workers();
        idle = new IdleWorkers(Math.min(count + MAX_SPARES, SchedulerBuilder.MAX_WORKERS));
        busy = new AtomicInteger(count);
        living = new AtomicInteger(count);
        staying = count;
        Worker[] regular = new Worker[count];
        for (int index = 0; index < count; index++) {
            regular[index] = new Worker(this, index, config);
        }
        workers = regular;
        startAll(regular);
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
    void submit(Task<?> task) {
        if (phase != RUNNING) {
            throw rejection(task);
        }
        boolean alone = submissions.add(task); // W1
        if (phase == OVER) {
            submittedLate(task);
            return;
        }
        if (alone && !wakeOne()) {
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

    private static RejectedExecutionException rejection(Task<?> task) {
        return new RejectedExecutionException("scheduler is shut down; rejected " + task);
    }

    /** Wakes a parked worker if nobody searches; says whether it did. */
    boolean wakeOne() {
        if (!idle.needsWaker()) {
            return false;
        }
        StackHeadroom.ensure();
        int worker = idle.wakeOne();
        if (worker == IdleWorkers.NOBODY) {
            return false;
        }
        workers[worker].unpark();
        return true;
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

    @Nullable Task<?> pollSubmission() {
        return submissions.poll();
    }

    /** Whether submissions wait, and nobody but a new spare would look at them soon. */
    boolean submissionsAreStuck() {
        return activeSpares == 0 && hasSubmissions();
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

    /** Whether a spare has a place to fill: a worker's that waits, or one for submissions. */
    boolean needsSpare() {
        return blocked.get() > 0 || hasSubmissions();
    }

    /**
     * Sends a spare to search in the caller's place: it inherits the caller's count as a searcher.
     *
     * @return false if the bound is reached or the system grants no thread; the caller goes on as
     *     the searcher that it is
     */
    boolean callSpare() {
        Worker spare;
        synchronized (spareLock) {
            spare = restingSpares.pollLast();
            if (spare == null) {
                return startSpare();
            }
            activeSpares++;
            busy.incrementAndGet();
            spare.isCalled = true;
        }
        spare.unpark();
        return true;
    }

    private boolean startSpare() {
        Worker[] before = workers;
        int index = before.length;
        if (index - config.workers() >= MAX_SPARES || index >= SchedulerBuilder.MAX_WORKERS) {
            return false;
        }
        try {
            Worker spare = new Worker(this, index, config);
            Worker[] after = Arrays.copyOf(before, index + 1);
            after[index] = spare;
            living.incrementAndGet();
            busy.incrementAndGet();
            activeSpares++;
            workers = after;
            spare.start(config.daemon());
            return true;
        } catch (OutOfMemoryError ex) {
            if (workers != before) {
                workers = before;
                activeSpares--;
                busy.decrementAndGet();
                living.decrementAndGet();
            }
            return false;
        }
    }

    /** A spare rests until it is called again; false when the pool is over. */
    boolean awaitCall(Worker spare) {
        spare.isCalled = false;
        synchronized (spareLock) {
            activeSpares--;
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
        close();
        stopping = true; // before the interrupts: who sets one aside looks here afterwards
        List<Task<?>> unstarted = new ArrayList<>();
        for (Task<?> task : takeAllVisible()) {
            if (task.isSubmission()) {
                unstarted.add(task);
            } else {
                submissions.add(task); // a part of a running computation: somebody joins it
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
        return unstarted;
    }

    /** The queue first: a worker moves submissions from there to its deque, never back. */
    private List<Task<?>> takeAllVisible() {
        List<Task<?>> waiting = submissions.drain();
        List<Task<?>> visible = new ArrayList<>();
        for (Worker worker : workers) {
            for (Task<?> task = worker.deque.steal(); task != null; task = worker.deque.steal()) {
                visible.add(task);
            }
        }
        visible.addAll(waiting); // the younger ones
        return visible;
    }

    void becameIdle() {
        if (busy.decrementAndGet() == 0) {
            endIfQuiescent();
        }
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

    void onWorkerEnd() {
        if (living.decrementAndGet() == 0) {
            pinning.giveBack();
            terminated.countDown();
        }
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

    int submissionsWaiting() {
        return submissions.size();
    }
}
