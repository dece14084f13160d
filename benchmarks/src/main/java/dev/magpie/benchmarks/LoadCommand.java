package dev.magpie.benchmarks;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.LoadSampler;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Row;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load}: how long a submitted task waits while fork-join work keeps all workers busy. */
@Command(
        name = "load",
        description = {
            "From submit to run while every worker computes Fibonacci numbers without end, a task",
            "per call. A sample that did not run within a second is counted and recorded as one."
        })
final class LoadCommand extends BenchmarkCommand {

    private static final int FIB = 20;
    private static final double REQUIRED_MICROS = 5_000;

    @Option(names = "--seconds", defaultValue = "10", description = "for each pool")
    private int seconds;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Override
    List<Row> measure() {
        atLeast("--seconds", 1, seconds);
        List<Row> rows = new ArrayList<>();
        try (Engines engines =
                start(List.of(Framework.MAGPIE, Framework.FORKJOIN), List.of(workers))) {
            for (Engine engine : engines.stream().toList()) {
                rows.addAll(measure((PoolEngine) engine));
            }
        }
        return rows;
    }

    private List<Row> measure(PoolEngine pool) {
        LoadSampler sampler = new LoadSampler(pool, new FibProblem(FIB));
        Latencies latencies = sampler.sample(seconds);
        return rows(pool, latencies, sampler.late());
    }

    private static List<Row> rows(PoolEngine pool, Latencies latencies, long late) {
        String name = "submit to run under load, ";
        String who = ", " + pool.label();
        Row tail = Row.of(name + "p99" + who, "us", latencies.micros(99));
        boolean judged = pool.label().startsWith("magpie");
        return List.of(
                Row.of(name + "p50" + who, "us", latencies.micros(50)),
                judged ? tail.atMost(REQUIRED_MICROS) : tail,
                Row.of(name + "max" + who, "us", latencies.micros(100)),
                Row.of(
                        name + "later than 1 s" + who,
                        "of " + latencies.count() + " samples",
                        Figure.ofCount(late)));
    }
}
