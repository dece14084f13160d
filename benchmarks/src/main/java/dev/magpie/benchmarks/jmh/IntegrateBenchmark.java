package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** Adaptive trapezoids. */
public class IntegrateBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "chaselev", "sequential"})
    public String contender = "";

    /** For JMH. */
    public IntegrateBenchmark() {
        super("integrate");
    }

    @Override
    String contender() {
        return contender;
    }
}
