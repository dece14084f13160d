package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** Ten threads push, then poll. */
public class StackQueueBenchmark extends SuiteBenchmark {

    /** Who competes. */
    @Param({
        "TreiberStack",
        "MichaelScottQueue",
        "PooledStack",
        "HazardStack",
        "ConcurrentLinkedDeque"
    })
    public String contender = "";

    /** For JMH. */
    public StackQueueBenchmark() {
        super("stack-queue");
    }

    @Override
    String contender() {
        return contender;
    }
}
