package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.CpuClock;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Trickle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code idle}: CPU time of a pool that has nothing, or next to nothing, to do. */
@Command(
        name = "idle",
        description = "CPU time of a pool's threads: idle, and given one no-op a millisecond.")
final class IdleCommand extends BenchmarkCommand {

    /** What the reading of the clocks themselves may show. */
    private static final double REQUIRED_IDLE_PERCENT = 0.05;

    private static final double REQUIRED_TRICKLE_PERCENT = 5;
    private static final int WARM_UP_TASKS = 2_000;
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final String UNIT = "% of a CPU";

    @Option(names = "--seconds", defaultValue = "10", description = "for each of the figures")
    private int seconds;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Override
    List<Row> measure() {
        atLeast("--seconds", 1, seconds);
        List<Row> rows = new ArrayList<>();
        for (Framework framework : List.of(Framework.MAGPIE, Framework.FORKJOIN)) {
            try (Engines engines = start(List.of(framework), List.of(workers))) {
                for (Engine engine : engines.stream().toList()) {
                    rows.addAll(measure((PoolEngine) engine));
                }
            }
        }
        return rows;
    }

    private List<Row> measure(PoolEngine pool) {
        boolean judged = pool.label().startsWith("magpie");
        long period = TimeUnit.SECONDS.toNanos(seconds);
        Trickle.run(pool, TimeUnit.MILLISECONDS.toNanos(WARM_UP_TASKS));
        Trickle.pause(SETTLE_NANOS);

        CpuClock idle = new CpuClock(pool.threadPrefix());
        Trickle.pause(period);
        Row idlePool = row("idle pool, ", pool, idle.poolPercent());
        Row idleProcess = row("process with an idle pool, ", pool, idle.processPercent());

        CpuClock trickle = new CpuClock(pool.threadPrefix());
        long tasks = Trickle.run(pool, period);
        Row busyPool = row("pool given a no-op a millisecond, ", pool, trickle.poolPercent());
        Row busyProcess = row("process less submitter, the same, ", pool, trickle.processPercent());
        return List.of(
                judged ? idlePool.atMost(REQUIRED_IDLE_PERCENT) : idlePool,
                idleProcess,
                judged ? busyPool.atMost(REQUIRED_TRICKLE_PERCENT) : busyPool,
                busyProcess,
                Row.of("no-ops run, " + pool.label(), "tasks", Figure.ofCount(tasks)));
    }

    private static Row row(String name, PoolEngine pool, double percent) {
        return Row.of(name + pool.label(), UNIT, Figure.of(percent));
    }
}
