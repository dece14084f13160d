package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.WakeSampler;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wake}: how long a parked pool takes to run a submitted task. */
@Command(
        name = "wake",
        description = "From submit to run on a pool whose workers are parked, block by block.")
final class WakeCommand extends BenchmarkCommand {

    private static final int MIN_SAMPLES = 100;
    private static final int MAX_SAMPLES = 10_000_000;
    private static final int BLOCKS = 20;
    private static final double[] PERCENTILES = {50, 99, 100};

    @Option(names = "--samples", defaultValue = "20000", description = "wake-ups of each pool")
    private int samples;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Override
    List<Row> measure() {
        if (samples < MIN_SAMPLES || samples > MAX_SAMPLES) {
            throw new IllegalArgumentException(
                    "--samples must be between "
                            + MIN_SAMPLES
                            + " and "
                            + MAX_SAMPLES
                            + ", was "
                            + samples);
        }
        try (Engines engines =
                start(List.of(Framework.MAGPIE, Framework.FORKJOIN), List.of(workers))) {
            List<Engine> pools = engines.stream().toList();
            List<Latencies> latencies = pools.stream().map(pool -> new Latencies()).toList();
            WakeSampler sampler = new WakeSampler();
            for (int block = -1; block < BLOCKS; block++) {
                for (int i = 0; i < pools.size(); i++) {
                    int turn = Math.floorMod(block + i, pools.size());
                    sampler.sample(
                            (PoolEngine) pools.get(turn),
                            samples / BLOCKS,
                            block < 0 ? new Latencies() : latencies.get(turn));
                }
            }
            return rows(pools, latencies);
        }
    }

    private static List<Row> rows(List<Engine> pools, List<Latencies> latencies) {
        List<Row> rows = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            String name =
                    "submit to run, parked pool, "
                            + (percentile == 100 ? "max" : "p" + (int) percentile);
            for (int i = 0; i < pools.size(); i++) {
                String who = ", " + pools.get(i).label();
                rows.add(Row.of(name + who, "us", latencies.get(i).micros(percentile)));
            }
            if (percentile < 100) {
                String who = ", " + pools.get(0).label() + " / " + pools.get(1).label();
                Figure ratio = latencies.get(0).ratio(latencies.get(1), percentile);
                rows.add(Row.of(name + who, "", ratio).atMost(1));
            }
        }
        return rows;
    }
}
