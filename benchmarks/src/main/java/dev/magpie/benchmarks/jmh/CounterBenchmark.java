package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** A counter that ten threads increment. */
public class CounterBenchmark extends SuiteBenchmark {

    /** Who competes. */
    @Param({
        "FetchAddCounter",
        "CasCounter",
        "StripedCounter",
        "LockingCounter",
        "AtomicLong",
        "LongAdder",
        "Channel"
    })
    public String contender = "";

    /** For JMH. */
    public CounterBenchmark() {
        super("counter");
    }

    @Override
    String contender() {
        return contender;
    }
}
