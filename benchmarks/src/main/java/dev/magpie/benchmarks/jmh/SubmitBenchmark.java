package dev.magpie.benchmarks.jmh;

import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.scheduler.Pinning;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Tasks submitted from outside the pool. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SubmitBenchmark {

    private static final int BATCH = 10_000;
    private static final long DEADLINE_SECONDS = 30;

    @Param({"MAGPIE", "FORKJOIN"})
    public Framework framework;

    @Param("2")
    public int workers;

    private PoolEngine engine;
    private ExecutorService pool;

    /** Starts the pool. */
    @Setup
    public void start() {
        engine = (PoolEngine) framework.start(workers, Pinning.PER_CORE);
        pool = engine.executor();
    }

    /** Ends the pool. */
    @TearDown
    public void stop() {
        engine.close();
    }

    /** A round trip: submit a callable, get its result. */
    @Benchmark
    public long submitAndGet() throws Exception {
        return pool.submit(() -> 42L).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Runnables that only count down, executed in a batch; time a runnable. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void execute() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(BATCH);
        Runnable task = done::countDown;
        for (int i = 0; i < BATCH; i++) {
            pool.execute(task);
        }
        if (!done.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(done.getCount() + " tasks were lost");
        }
    }
}
