package dev.magpie.benchmarks.harness;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long submitted tasks wait while fork-join work keeps all workers of a pool busy. A
 * sample that did not run within a second counts as a second. Used once.
 */
public final class LoadSampler {

    private static final long SAMPLE_DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PoolEngine pool;
    private final Problem load;
    private final Latencies latencies;

    private long late;
    private long computed;

    /**
     * A sampler.
     *
     * @param pool what is measured
     * @param load what each worker computes without end
     */
    public LoadSampler(PoolEngine pool, Problem load) {
        this(pool, load, new Latencies());
    }

    /**
     * A sampler that adds to what others have recorded.
     *
     * @param pool what is measured
     * @param load what each worker computes without end
     * @param latencies where blocks are added
     */
    public LoadSampler(PoolEngine pool, Problem load, Latencies latencies) {
        this.pool = pool;
        this.load = load;
        this.latencies = latencies;
    }

    /**
     * Samples, after a second that does not count.
     *
     * @param seconds for so long, at least 1
     * @return the latencies, a block a second
     * @throws IllegalStateException if the load does not start or end in time
     * @throws WrongAnswerException if the pool computes a wrong answer
     */
    public Latencies sample(int seconds) {
        try (EndlessLoad running = EndlessLoad.start(pool, load)) {
            sampleSecond(new Latencies()); // warm-up
            late = 0;
            long before = running.computed();
            for (int i = 0; i < seconds; i++) {
                sampleSecond(latencies);
            }
            computed = running.computed() - before;
            return latencies;
        }
    }

    /** How many samples did not run within a second. */
    public long late() {
        return late;
    }

    /** How often the load was computed while it was sampled. */
    public long computed() {
        return computed;
    }

    private void sampleSecond(Latencies block) {
        block.startBlock();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE_NANOS);
            long latency = Probe.measure(pool.executor(), SAMPLE_DEADLINE_NANOS);
            if (latency < 0) {
                late++;
            }
            block.record(latency < 0 ? SAMPLE_DEADLINE_NANOS : latency);
        }
    }
}
