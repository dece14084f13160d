package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.WakeSampler;
import dev.magpie.benchmarks.report.result.Latency;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Results;
import java.util.ArrayList;
import java.util.List;

/** How long a parked pool takes to run a submitted task. */
final class WakePart implements Part {

    private static final int BLOCKS = 10;

    @Override
    public Results measure(Setting setting, SpinLoop loop) {
        int samples =
                switch (setting.scale()) {
                    case TINY -> 5;
                    case QUICK -> 200;
                    case FULL -> 1_000;
                };
        List<Framework> frameworks = List.of(Framework.MAGPIE, Framework.FORKJOIN);
        int width = Setting.width();
        try (Engines engines = new Engines(frameworks, List.of(width), setting.pinning())) {
            List<Engine> pools = engines.stream().toList();
            List<Latencies> latencies = pools.stream().map(pool -> new Latencies()).toList();
            WakeSampler sampler = new WakeSampler();
            for (int block = -1; block < BLOCKS; block++) {
                for (int i = 0; i < pools.size(); i++) {
                    int turn = Math.floorMod(block + i, pools.size());
                    Latencies of = block < 0 ? new Latencies() : latencies.get(turn);
                    sampler.sample((PoolEngine) pools.get(turn), samples, of);
                }
                loop.sample();
                setting.progress().accept((block + 2.0) / (BLOCKS + 1));
            }
            List<Latency> results = new ArrayList<>();
            for (int i = 0; i < pools.size(); i++) {
                results.add(
                        Latency.of(
                                "wake",
                                "submit to run, " + width + " workers parked",
                                i == 0 ? Line.MAGPIE : "ForkJoinPool",
                                latencies.get(i),
                                0,
                                setting.command()));
            }
            return Results.ofLatencies(results);
        }
    }
}
