package dev.magpie.benchmarks.jmh;

import dev.magpie.benchmarks.structures.Queues;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** An offer and a poll on a queue that 1 to 8 threads share: throughput, and percentiles. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueueBenchmark {

    /** Who competes. */
    @Param({
        "MichaelScottQueue",
        "MpmcRing",
        "mutex queue",
        "ConcurrentLinkedQueue",
        "LinkedTransferQueue",
        "JCTools MPMC"
    })
    public String contender = "";

    private Supplier<@Nullable Integer> pairs;

    /** For JMH. */
    public QueueBenchmark() {}

    /** Makes an empty queue. */
    @Setup(Level.Iteration)
    public void create() {
        pairs = Queues.pairs(contender);
    }

    /** One thread. */
    @Benchmark
    @Threads(1)
    public @Nullable Integer threads1() {
        return pairs.get();
    }

    /** Two threads. */
    @Benchmark
    @Threads(2)
    public @Nullable Integer threads2() {
        return pairs.get();
    }

    /** Four threads. */
    @Benchmark
    @Threads(4)
    public @Nullable Integer threads4() {
        return pairs.get();
    }

    /** Eight threads. */
    @Benchmark
    @Threads(8)
    public @Nullable Integer threads8() {
        return pairs.get();
    }
}
