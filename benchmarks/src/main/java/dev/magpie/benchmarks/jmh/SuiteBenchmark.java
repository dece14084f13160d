package dev.magpie.benchmarks.jmh;

import dev.magpie.benchmarks.suite.Case;
import dev.magpie.benchmarks.suite.Size;
import dev.magpie.benchmarks.suite.Suite;
import dev.magpie.benchmarks.suite.Trial;
import dev.magpie.scheduler.Pinning;
import java.util.concurrent.TimeUnit;
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

/**
 * A case of the suite under JMH: one operation is the whole problem. A contender that this JDK
 * lacks fails by itself, and the others go on.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class SuiteBenchmark {

    /** Of the problem: TINY shows that it works, and nothing else. */
    @Param("STANDARD")
    public Size size = Size.STANDARD;

    private final String benchmark;
    private Trial trial;
    private long answer;

    /** For subclasses, which name the benchmark. */
    SuiteBenchmark(String benchmark) {
        this.benchmark = benchmark;
    }

    /** Who computes. */
    abstract String contender();

    /** How many workers the contender has, where it has some. */
    int workers() {
        return 0;
    }

    /** Which form of the problem, if there are several. */
    String form() {
        return "";
    }

    /** Starts the contender. */
    @Setup
    public void start() {
        Case problem = Suite.named(benchmark).caseOf(size, form());
        trial = problem.contender(contender()).start(workers(), Pinning.PER_CORE);
    }

    /** Ends the contender. */
    @TearDown
    public void stop() {
        trial.close();
    }

    /** Prepares a run. */
    @Setup(Level.Invocation)
    public void prepare() {
        trial.before().run();
    }

    /** Checks what a run has answered. */
    @TearDown(Level.Invocation)
    public void check() {
        trial.check().accept(answer);
    }

    /** The whole problem, once. */
    @Benchmark
    public long solve() {
        answer = trial.timed().getAsLong();
        return answer;
    }
}
