package dev.magpie.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long a submitted task waits while fork-join work keeps all workers busy. A sample
 * that did not run within a second is recorded as one. Used once.
 */
public final class LoadSampler {

    private static final long SAMPLE_DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long DEADLINE_SECONDS = 30;

    private final PoolEngine pool;
    private final Problem load;
    private final Latencies latencies;
    private final LongAdder computed = new LongAdder();

    private volatile boolean stop;
    private long late;

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
        CountDownLatch started = new CountDownLatch(pool.workers());
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < pool.workers(); i++) {
            tasks.add(pool.executor().submit(() -> compute(started)));
        }
        try {
            if (!started.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(pool.label() + " did not start the load");
            }
            sampleSecond(new Latencies()); // warm-up
            late = 0;
            computed.reset();
            for (int i = 0; i < seconds; i++) {
                sampleSecond(latencies);
            }
            return latencies;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        } finally {
            stop = true;
            tasks.forEach(LoadSampler::awaitEnd);
        }
    }

    /** How many samples did not run within a second. */
    public long late() {
        return late;
    }

    /** How often the load was computed since the warm-up, about. */
    public long computed() {
        return computed.sum();
    }

    private void compute(CountDownLatch started) {
        started.countDown();
        while (!stop) {
            WrongAnswerException.check(pool.label(), load.answer(), pool.solveInside(load));
            computed.increment();
        }
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

    private static void awaitEnd(Future<?> task) {
        try {
            task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof WrongAnswerException wrong) {
                throw wrong;
            }
            throw new IllegalStateException("the load failed", ex);
        } catch (TimeoutException ex) {
            throw new IllegalStateException("the load did not end", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
