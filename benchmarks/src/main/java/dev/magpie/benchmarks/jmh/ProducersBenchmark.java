package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** Tasks executed by 1, 2 or 8 threads from outside. */
public class ProducersBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "fixed", "virtual"})
    public String contender = "";

    /** Which form of the problem. */
    @Param({"1", "2", "8"})
    public String form = "";

    /** For JMH. */
    public ProducersBenchmark() {
        super("submit");
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
