package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** A matrix product by quarters. */
public class MatmulBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "chaselev", "fixed", "sequential"})
    public String contender = "";

    /** For JMH. */
    public MatmulBenchmark() {
        super("matmul");
    }

    @Override
    String contender() {
        return contender;
    }
}
