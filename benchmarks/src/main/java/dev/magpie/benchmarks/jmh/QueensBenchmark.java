package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** All solutions of 11 queens, a task a placement. */
public class QueensBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "chaselev", "sequential"})
    public String contender = "";

    /** For JMH. */
    public QueensBenchmark() {
        super("queens");
    }

    @Override
    String contender() {
        return contender;
    }
}
