package dev.magpie.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;

/** Two tasks hand a token back and forth. */
public class PingPongBenchmark extends PoolBenchmark {

    /** Who competes. */
    @Param({"magpie", "forkjoin", "fixed", "virtual"})
    public String contender = "";

    /** Which form of the problem. */
    @Param({"execute", "park"})
    public String form = "";

    /** For JMH. */
    public PingPongBenchmark() {
        super("ping-pong");
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
