package dev.magpie.benchmarks.jmh;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.EndlessLoad;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Probe;
import dev.magpie.scheduler.Pinning;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A task submitted while every worker computes Fibonacci numbers, a task a call. One that did not
 * run within a second counts as a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MixedLoadBenchmark {

    private static final int FIB = 20;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Who competes. */
    @Param({"magpie", "forkjoin"})
    public String contender = "";

    /** Workers. */
    @Param({"1", "2"})
    public int workers;

    private PoolEngine engine;
    private EndlessLoad load;

    /** For JMH. */
    public MixedLoadBenchmark() {}

    /** Starts the pool and its load. */
    @Setup
    public void start() {
        engine = (PoolEngine) Framework.parse(contender).get(0).start(workers, Pinning.PER_CORE);
        load = EndlessLoad.start(engine, new FibProblem(FIB));
    }

    /** Ends both. */
    @TearDown
    public void stop() {
        load.close();
        engine.close();
    }

    /** Nanoseconds from submit to run, as the task saw it; -1 if it did not run in time. */
    @Benchmark
    public long submit() {
        return Probe.measure(engine.executor(), DEADLINE_NANOS);
    }
}
