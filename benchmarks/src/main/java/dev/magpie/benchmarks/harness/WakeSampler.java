package dev.magpie.benchmarks.harness;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Measures how long a parked pool takes to run a submitted task. Not thread-safe. */
public final class WakeSampler {

    private static final long MIN_PAUSE_NANOS = 200_000;
    private static final long MAX_PAUSE_NANOS = 1_000_000;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final SplittableRandom random = new SplittableRandom(1);

    /** A sampler. */
    public WakeSampler() {}

    /**
     * Takes a block of samples.
     *
     * @param pool whose workers park between two samples
     * @param samples how many
     * @param latencies where a block is started and they are recorded
     * @throws IllegalStateException if the pool does not park, or does not run a task, in time
     */
    public void sample(ExecutorEngine pool, int samples, Latencies latencies) {
        latencies.startBlock();
        for (int i = 0; i < samples; i++) {
            awaitParked(pool);
            long nanos = Probe.measure(pool.executor(), DEADLINE_NANOS);
            if (nanos < 0) {
                throw new IllegalStateException(
                        pool.label() + " did not run a task within 60 s: a lost wake-up");
            }
            latencies.record(nanos);
        }
    }

    /** Pauses by the clock, then looks whether the pool says that it is parked. */
    private void awaitParked(ExecutorEngine pool) {
        spin(random.nextLong(MIN_PAUSE_NANOS, MAX_PAUSE_NANOS));
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!pool.isParked()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(pool.label() + " did not park within 60 s");
            }
            spin(MIN_PAUSE_NANOS);
        }
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
