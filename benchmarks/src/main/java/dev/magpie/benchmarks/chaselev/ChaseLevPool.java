package dev.magpie.benchmarks.chaselev;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A work-stealing fork-join pool with one {@link ChaseLevDeque} a worker: what Magpie is measured
 * against to see what its split point brings. Thread-safe.
 */
public final class ChaseLevPool implements AutoCloseable {

    private static final long CLOSE_SECONDS = 30;

    private final Queue<ChaseLevTask<?>> submissions = new ConcurrentLinkedQueue<>();

    /** Submissions that have not ended. */
    private final AtomicInteger pending = new AtomicInteger();

    private final AtomicInteger sleepers = new AtomicInteger();
    private final ChaseLevWorker[] workers;
    private volatile boolean stopping;

    /**
     * Starts a pool.
     *
     * @param width number of workers, at least 1
     */
    public ChaseLevPool(int width) {
        if (width < 1) {
            throw new IllegalArgumentException("workers must be at least 1, was " + width);
        }
        workers = new ChaseLevWorker[width];
        for (int i = 0; i < width; i++) {
            workers[i] = new ChaseLevWorker(this, i);
        }
        for (ChaseLevWorker worker : workers) {
            worker.start();
        }
    }

    /**
     * Runs a task on the workers and returns its result.
     *
     * @param task what to run
     * @param <V> the result's type
     * @return its result
     * @throws IllegalStateException if the pool is closed
     */
    public <V extends @Nullable Object> V invoke(ChaseLevTask<V> task) {
        if (Thread.currentThread() instanceof ChaseLevWorker) {
            return task.invoke();
        }
        if (stopping) {
            throw new IllegalStateException("the pool is closed");
        }
        pending.incrementAndGet();
        submissions.add(task);
        signalSubmission();
        return task.joinOutside();
    }

    private void signalSubmission() {
        if (sleepers.get() > 0) { // after a compare-and-set: fenced
            wakeOne();
        }
    }

    /** Called after each fork: no fence here, the nap of a sleeper makes up for it. */
    void signalWork() {
        if (sleepers.getOpaque() > 0) {
            wakeOne();
        }
    }

    private void wakeOne() {
        for (ChaseLevWorker worker : workers) {
            if (worker.wake()) {
                return;
            }
        }
    }

    boolean runSubmission() {
        ChaseLevTask<?> task = submissions.poll();
        if (task == null) {
            return false;
        }
        try {
            task.run();
        } finally {
            pending.decrementAndGet();
        }
        return true;
    }

    boolean hasWork() {
        if (!submissions.isEmpty()) {
            return true;
        }
        for (ChaseLevWorker worker : workers) {
            if (worker.hasTasks()) {
                return true;
            }
        }
        return false;
    }

    ChaseLevWorker[] workers() {
        return workers;
    }

    boolean isBusy() {
        return pending.get() > 0;
    }

    boolean isStopping() {
        return stopping;
    }

    void announceSleeper() {
        sleepers.incrementAndGet();
    }

    void retractSleeper() {
        sleepers.decrementAndGet();
    }

    /** Ends the workers when they find no more work. */
    @Override
    public void close() {
        stopping = true;
        for (ChaseLevWorker worker : workers) {
            LockSupport.unpark(worker);
        }
        try {
            for (ChaseLevWorker worker : workers) {
                worker.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
