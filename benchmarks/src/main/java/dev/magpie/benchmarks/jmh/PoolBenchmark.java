package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** A case whose contenders have workers, most of them. */
public abstract class PoolBenchmark extends SuiteBenchmark {

    /** Workers, where the contender has some. */
    @Param({"1", "2"})
    public int workers;

    PoolBenchmark(String benchmark) {
        super(benchmark);
    }

    @Override
    int workers() {
        return workers;
    }
}
