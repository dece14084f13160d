package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.harness.CpuClock;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Trickle;
import dev.magpie.benchmarks.report.result.IdleCpu;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** CPU time of a pool that has nothing, or next to nothing, to do; in several spells each. */
final class IdlePart implements Part {

    private static final int SPELLS = 5;
    private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    @Override
    public Results measure(Setting setting, SpinLoop loop) {
        long spellNanos =
                TimeUnit.MILLISECONDS.toNanos(
                        switch (setting.scale()) {
                            case TINY -> 20;
                            case QUICK -> 400;
                            case FULL -> 2_000;
                        });
        List<IdleCpu> results = new ArrayList<>();
        for (Framework framework : List.of(Framework.MAGPIE, Framework.FORKJOIN)) {
            List<Framework> alone = List.of(framework);
            List<Integer> widths = List.of(Setting.width());
            try (Engines engines = new Engines(alone, widths, setting.pinning())) {
                for (Engine engine : engines.stream().toList()) {
                    String name = framework == Framework.MAGPIE ? Line.MAGPIE : "ForkJoinPool";
                    results.add(measure((PoolEngine) engine, name, spellNanos, setting));
                }
            }
            loop.sample();
            setting.progress().accept(results.size() / 2.0);
        }
        return Results.ofIdle(results);
    }

    private static IdleCpu measure(PoolEngine pool, String name, long spellNanos, Setting setting) {
        long unused = Trickle.run(pool, WARM_UP_NANOS);
        Trickle.pause(SETTLE_NANOS);
        double[] idle = new double[SPELLS];
        for (int i = 0; i < SPELLS; i++) {
            CpuClock clock = new CpuClock(pool.threadPrefix());
            Trickle.pause(spellNanos);
            idle[i] = clock.poolPercent();
        }
        double[] trickle = new double[SPELLS];
        for (int i = 0; i < SPELLS; i++) {
            CpuClock clock = new CpuClock(pool.threadPrefix());
            unused += Trickle.run(pool, spellNanos);
            trickle[i] = clock.poolPercent();
        }
        return new IdleCpu(name, Figure.of(idle), Figure.of(trickle), setting.command());
    }
}
