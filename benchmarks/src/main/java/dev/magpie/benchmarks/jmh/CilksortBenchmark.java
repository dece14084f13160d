package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** A merge sort with parallel merges. */
public class CilksortBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "chaselev", "sequential"})
    public String contender = "";

    /** For JMH. */
    public CilksortBenchmark() {
        super("cilksort");
    }

    @Override
    String contender() {
        return contender;
    }
}
