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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code execute}: the throughput of submissions. */
@Command(
        name = "execute",
        description = "One thread executes runnables that only count; first submit to last run.")
final class ExecuteCommand extends BenchmarkCommand {

    private static final int MAX_TASKS = 100_000_000;
    private static final long POLL_NANOS = 20_000;
    private static final long DEADLINE_SECONDS = 120;

    @Option(names = "--tasks", defaultValue = "2000000", description = "tasks a round")
    private int tasks;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Override
    List<Row> measure() {
        if (tasks < 1 || tasks > MAX_TASKS) {
            throw new IllegalArgumentException(
                    "--tasks must be between 1 and " + MAX_TASKS + ", was " + tasks);
        }
        String fixedPool = "fixed pool@" + workers;
        ExecutorService fixed = Executors.newFixedThreadPool(workers);
        List<Contestant> contestants = new ArrayList<>();
        try (Engines engines =
                start(List.of(Framework.MAGPIE, Framework.FORKJOIN), List.of(workers))) {
            for (Engine engine : engines.stream().toList()) {
                ExecutorService pool = ((PoolEngine) engine).executor();
                contestants.add(contestant(engine.label(), pool));
            }
            contestants.add(contestant(fixedPool, fixed));
            return rows(new Race(contestants).run(warmUps(3), rounds(11)), fixedPool);
        } finally {
            fixed.shutdown();
        }
    }

    private Contestant contestant(String label, ExecutorService pool) {
        LongAdder ran = new LongAdder();
        return new Contestant(
                label,
                ran::reset,
                () -> flood(pool, ran),
                count -> WrongAnswerException.check(label, tasks, count));
    }

    private long flood(ExecutorService pool, LongAdder ran) {
        Runnable task = ran::increment;
        for (int i = 0; i < tasks; i++) {
            pool.execute(task);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (ran.sum() < tasks && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return ran.sum();
    }

    private List<Row> rows(Timings timings, String fixedPool) {
        String name = "execute";
        String mine = "magpie@" + workers;
        List<Row> rows = new ArrayList<>(times(name, timings, "ns a task", tasks));
        rows.add(ratio(name, timings, mine, "forkjoin@" + workers).atMost(1));
        rows.add(ratio(name, timings, mine, fixedPool));
        return rows;
    }
}
