package dev.magpie.benchmarks.harness;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** A submitted task that takes the time when it runs, and the submitter that waits for it. */
public final class Probe implements Runnable {

    private static final long NAP_NANOS = 1_000_000;

    private final Thread submitter = Thread.currentThread();
    private volatile long ranAt;
    private volatile boolean ran;

    @Override
    public void run() {
        ranAt = System.nanoTime();
        ran = true;
        LockSupport.unpark(submitter);
    }

    /**
     * Submits a probe and waits, asleep, until it has run or the deadline is over.
     *
     * @param executor where it runs
     * @param deadlineNanos how long to wait
     * @return nanoseconds from submit to run, or -1 if it did not run in time
     */
    public static long measure(Executor executor, long deadlineNanos) {
        Probe probe = new Probe();
        long start = System.nanoTime();
        executor.execute(probe);
        while (!probe.ran && System.nanoTime() - start < deadlineNanos) {
            LockSupport.parkNanos(probe, NAP_NANOS);
        }
        return probe.ran ? probe.ranAt - start : -1;
    }
}
