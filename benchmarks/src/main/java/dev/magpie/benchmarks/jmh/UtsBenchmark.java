package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** Unbalanced tree search, T1. */
public class UtsBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "chaselev", "sequential"})
    public String contender = "";

    /** For JMH. */
    public UtsBenchmark() {
        super("uts");
    }

    @Override
    String contender() {
        return contender;
    }
}
