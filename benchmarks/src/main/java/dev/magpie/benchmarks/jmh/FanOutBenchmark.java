package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** A million empty tasks forked by one. */
public class FanOutBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "chaselev", "fixed", "virtual", "sequential"})
    public String contender = "";

    /** For JMH. */
    public FanOutBenchmark() {
        super("fan-out");
    }

    @Override
    String contender() {
        return contender;
    }
}
