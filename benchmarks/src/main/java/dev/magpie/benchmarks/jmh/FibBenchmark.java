package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** Fibonacci of 32, a task a call. */
public class FibBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "chaselev", "sequential"})
    public String contender = "";

    /** For JMH. */
    public FibBenchmark() {
        super("fib");
    }

    @Override
    String contender() {
        return contender;
    }
}
