package dev.magpie.scheduler;

import dev.magpie.scheduler.idle.IdleWorkers;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
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

    final Worker[] workers;
    final IdleWorkers idle;

    private final SubmissionQueue submissions = new SubmissionQueue();
    private final PinningPlan pinning;
    private final @Nullable UncaughtExceptionHandler handler;
    private final AtomicInteger busy;
    private final CountDownLatch alive;
    private final Object leaving = new Object();
    private final Set<Task<?>> orphans = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Waiter home = Waiter.home(this);
    private volatile int phase = RUNNING;
    private volatile boolean stopping;
    private @Nullable WeakReference<Scheduler> scheduler;
    private int staying; // guarded by leaving

    Pool(SchedulerConfig config, PinningPlan pinning, @Nullable UncaughtExceptionHandler handler) {
        this.pinning = pinning;
        this.handler = handler;
        int count = config.workers();
        idle = new IdleWorkers(count);
        busy = new AtomicInteger(count);
        alive = new CountDownLatch(count);
        staying = count;
        workers = new Worker[count];
        for (int index = 0; index < count; index++) {
            workers[index] = new Worker(this, index, config);
        }
        startAll(config.daemon());
    }

    private void startAll(boolean daemon) {
        int started = 0;
        try {
            for (Worker worker : workers) {
                worker.start(daemon);
                started++;
            }
        } finally {
            if (started < workers.length) {
                abandon(workers.length - started);
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
            alive.countDown();
        }
        if (alive.getCount() == 0) {
            pinning.giveBack();
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

    int pollSubmissions(@Nullable Task<?>[] batch, int limit) {
        return submissions.poll(batch, limit);
    }

    /**
     * Whether more than half of the workers look for work: what comes is found without this one.
     */
    boolean enoughSearch() {
        return idle.searching() > (workers.length + 1) >>> 1;
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
        wakeOne();
        endIfQuiescent();
        return unstarted;
    }

    private List<Task<?>> takeAllVisible() {
        List<Task<?>> visible = submissions.drain();
        for (Worker worker : workers) {
            for (Task<?> task = worker.deque.steal(); task != null; task = worker.deque.steal()) {
                visible.add(task);
            }
        }
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
        if (phase == CLOSING && busy.get() == 0 && !workInSight()) {
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
        worker.counters.cpu = pinning.bind(worker.index);
    }

    void onWorkerEnd() {
        alive.countDown();
        if (alive.getCount() == 0) {
            pinning.giveBack();
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

    CountDownLatch alive() {
        return alive;
    }

    int submissionsWaiting() {
        return submissions.size();
    }
}
