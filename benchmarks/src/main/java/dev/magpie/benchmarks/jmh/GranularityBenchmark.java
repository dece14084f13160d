package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** A parallel loop with 0 ns to 1 ms of work an item. */
public class GranularityBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "stream", "fixed", "virtual", "sequential"})
    public String contender = "";

    /** Which form of the problem. */
    @Param({"0ns", "10ns", "100ns", "1us", "10us", "100us", "1ms"})
    public String form = "";

    /** For JMH. */
    public GranularityBenchmark() {
        super("granularity");
    }

    @Override
    String contender() {
        return contender;
    }

    @Override
    String form() {
        return form;
    }
}
