package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** A tree of a million leaves, a task a node. */
public class SkynetBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "chaselev", "virtual", "sequential"})
    public String contender = "";

    /** For JMH. */
    public SkynetBenchmark() {
        super("skynet");
    }

    @Override
    String contender() {
        return contender;
    }
}
