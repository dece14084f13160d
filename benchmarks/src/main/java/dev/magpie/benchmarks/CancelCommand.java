package dev.magpie.benchmarks;

import dev.magpie.benchmarks.cancel.ForkJoinSpinTree;
import dev.magpie.benchmarks.cancel.MagpieSpinTree;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.ForkJoinEngine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.benchmarks.harness.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cancel}: how long a tree of tasks goes on after it was cancelled. */
@Command(
        name = "cancel",
        description = "From cancel to the end of the last task of a tree, block by block.")
final class CancelCommand extends BenchmarkCommand {

    private static final int BLOCKS = 10;
    private static final int MAX_DEPTH = 24;

    /** Enough for all workers to be busy; a small part of the tree. */
    private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final double[] PERCENTILES = {50, 99, 100};

    @Option(names = "--depth", defaultValue = "19", description = "2^(depth + 1) - 1 tasks")
    private int depth;

    @Option(names = "--samples", defaultValue = "500", description = "cancellations of each")
    private int samples;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Override
    List<Row> measure() {
        if (depth < 1 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "--depth must be between 1 and " + MAX_DEPTH + ", was " + depth);
        }
        int rounds = atLeast("--samples", BLOCKS, samples) / BLOCKS;
        try (Engines engines =
                start(List.of(Framework.MAGPIE, Framework.FORKJOIN), List.of(workers))) {
            MagpieEngine magpie = (MagpieEngine) engines.stream().toList().get(0);
            ForkJoinEngine forkJoin = (ForkJoinEngine) engines.stream().toList().get(1);
            Latencies mine = new Latencies();
            Latencies rivals = new Latencies();
            for (int block = -1; block < BLOCKS; block++) {
                Latencies toMine = block < 0 ? new Latencies() : mine;
                Latencies toRivals = block < 0 ? new Latencies() : rivals;
                toMine.startBlock();
                toRivals.startBlock();
                for (int i = 0; i < rounds; i++) {
                    toMine.record(cancel(magpie));
                    toRivals.record(cancel(forkJoin));
                }
            }
            return rows(magpie.label(), mine, forkJoin.label() + " polling a flag", rivals);
        }
    }

    private long cancel(MagpieEngine engine) {
        MagpieSpinTree tree = new MagpieSpinTree(depth);
        try (var scope = engine.scheduler().openScope()) {
            Object unused = scope.fork(tree::invoke);
            LockSupport.parkNanos(RUN_NANOS);
            long start = System.nanoTime();
            scope.cancel();
            try {
                scope.join();
                throw new IllegalStateException("the tree ended before it was cancelled");
            } catch (CancellationException ex) {
                return System.nanoTime() - start;
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
        }
    }

    private long cancel(ForkJoinEngine engine) {
        ForkJoinSpinTree tree = new ForkJoinSpinTree(depth);
        engine.pool().execute(tree);
        LockSupport.parkNanos(RUN_NANOS);
        long start = System.nanoTime();
        tree.stop();
        tree.join();
        long elapsed = System.nanoTime() - start;
        if (!tree.wasStopped()) {
            throw new IllegalStateException("the tree ended before it was cancelled");
        }
        return elapsed;
    }

    private List<Row> rows(String mine, Latencies ours, String rival, Latencies theirs) {
        List<Row> rows = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            String name =
                    "cancel to end, tree of "
                            + ((2L << depth) - 1)
                            + ", "
                            + (percentile == 100 ? "max" : "p" + (int) percentile);
            rows.add(Row.of(name + ", " + mine, "us", ours.micros(percentile)));
            rows.add(Row.of(name + ", " + rival, "us", theirs.micros(percentile)));
            if (percentile < 100) {
                rows.add(
                        Row.of(
                                name + ", " + mine + " / " + rival,
                                "",
                                ours.ratio(theirs, percentile)));
            }
        }
        return rows;
    }
}
