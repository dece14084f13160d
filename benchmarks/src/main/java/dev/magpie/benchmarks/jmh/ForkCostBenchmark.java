package dev.magpie.benchmarks.jmh;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.WrongAnswerException;
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

/** Fibonacci of 25 without a cut-off: 242,785 calls an operation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForkCostBenchmark {

    @Param({"MAGPIE", "FORKJOIN", "CHASELEV", "SEQUENTIAL"})
    public Framework framework;

    @Param("1")
    public int workers;

    private final FibProblem problem = new FibProblem(25);
    private Engine engine;

    /** Starts the pool. */
    @Setup
    public void start() {
        engine = framework.start(workers, Pinning.PER_CORE);
        WrongAnswerException.check(engine.label(), problem.answer(), engine.solve(problem));
    }

    /** Ends the pool. */
    @TearDown
    public void stop() {
        engine.close();
    }

    /** One computation, invoked from outside the pool. */
    @Benchmark
    public long fib() {
        return engine.solve(problem);
    }
}
