package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.LoadSampler;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.report.result.Latency;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Results;
import java.util.ArrayList;
import java.util.List;

/** How long a submitted task waits while fork-join work keeps all workers busy. */
final class LoadPart implements Part {

    private static final int FIB = 20;

    @Override
    public Results measure(Setting setting, SpinLoop loop) {
        int seconds =
                switch (setting.scale()) {
                    case TINY -> 1;
                    case QUICK -> 3;
                    case FULL -> 10;
                };
        int width = Setting.width();
        List<Latency> results = new ArrayList<>();
        for (Framework framework : List.of(Framework.MAGPIE, Framework.FORKJOIN)) {
            List<Framework> alone = List.of(framework);
            try (Engines engines = new Engines(alone, List.of(width), setting.pinning())) {
                for (Engine engine : engines.stream().toList()) {
                    LoadSampler sampler = new LoadSampler((PoolEngine) engine, new FibProblem(FIB));
                    Latencies latencies = sampler.sample(seconds);
                    results.add(
                            Latency.of(
                                    "load",
                                    "submit to run, " + width + " workers busy with fork-join work",
                                    framework == Framework.MAGPIE ? Line.MAGPIE : "ForkJoinPool",
                                    latencies,
                                    sampler.late(),
                                    setting.command()));
                }
            }
            loop.sample();
            setting.progress().accept(results.size() / 2.0);
        }
        return Results.ofLatencies(results);
    }
}
