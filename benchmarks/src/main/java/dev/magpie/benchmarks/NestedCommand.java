package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nested}: tasks that submit to their own pool and wait, which a fixed pool cannot run. */
@Command(
        name = "nested",
        description = "Callables that submit two more to their own pool and wait for both.")
final class NestedCommand extends BenchmarkCommand {

    /** A cached pool needs a thread for half of the tasks. */
    private static final int MAX_DEPTH = 12;

    @Option(names = "--depth", defaultValue = "10", description = "2^(depth + 1) - 1 tasks")
    private int depth;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Override
    List<Row> measure() {
        if (depth < 1 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "--depth must be between 1 and " + MAX_DEPTH + ", was " + depth);
        }
        String cachedPool = "cached pool";
        ExecutorService cached = Executors.newCachedThreadPool();
        List<Contestant> contestants = new ArrayList<>();
        try (Engines engines =
                start(List.of(Framework.MAGPIE, Framework.FORKJOIN), List.of(workers))) {
            for (Engine engine : engines.stream().toList()) {
                contestants.add(contestant(engine.label(), ((PoolEngine) engine).executor()));
            }
            contestants.add(contestant(cachedPool, cached));
            Timings timings = new Race(contestants).run(warmUps(20), rounds(31));
            String name = "nested waits, depth " + depth;
            String mine = "magpie@" + workers;
            List<Row> rows = new ArrayList<>(times(name, timings, "ns a task", tasks()));
            rows.add(ratio(name, timings, mine, "forkjoin@" + workers));
            rows.add(ratio(name, timings, mine, cachedPool));
            return rows;
        } finally {
            cached.shutdown();
        }
    }

    private long tasks() {
        return (2L << depth) - 1;
    }

    private Contestant contestant(String label, ExecutorService pool) {
        return new Contestant(
                label,
                () -> {},
                () -> visit(pool, depth),
                count -> WrongAnswerException.check(label, tasks(), count));
    }

    /** Submits a tree from outside; each task waits for its two children with {@code get}. */
    private static long visit(ExecutorService pool, int depth) {
        try {
            return pool.submit(() -> count(pool, depth)).get();
        } catch (InterruptedException | ExecutionException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static long count(ExecutorService pool, int depth)
            throws InterruptedException, ExecutionException {
        if (depth == 0) {
            return 1;
        }
        Future<Long> left = pool.submit(() -> count(pool, depth - 1));
        Future<Long> right = pool.submit(() -> count(pool, depth - 1));
        return 1 + left.get() + right.get();
    }
}
