package dev.magpie.benchmarks.jmh;

import dev.magpie.benchmarks.harness.ExecutorEngine;
import dev.magpie.benchmarks.harness.Probe;
import dev.magpie.benchmarks.suite.Executors;
import dev.magpie.scheduler.Pinning;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A task submitted to a pool whose workers are parked: there, and the submitter woken again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WakeBenchmark {

    private static final long PAUSE_NANOS = 200_000;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Who competes. */
    @Param({"magpie", "forkjoin", "fixed", "virtual"})
    public String contender = "";

    /** Workers, where the contender has some. */
    @Param({"1", "2"})
    public int workers;

    private ExecutorEngine engine;

    /** For JMH. */
    public WakeBenchmark() {}

    /** Starts the pool. */
    @Setup
    public void start() {
        engine = Executors.start(contender, workers, Pinning.PER_CORE);
    }

    /** Ends the pool. */
    @TearDown
    public void stop() {
        engine.close();
    }

    /** Lets the workers park. */
    @Setup(Level.Invocation)
    public void rest() {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        do {
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (!engine.isParked() && System.nanoTime() < deadline);
    }

    /** Nanoseconds from submit to run, as the task saw it. */
    @Benchmark
    public long wake() {
        long nanos = Probe.measure(engine.executor(), DEADLINE_NANOS);
        if (nanos < 0) {
            throw new IllegalStateException(engine.label() + " did not run a task within 10 s");
        }
        return nanos;
    }
}
