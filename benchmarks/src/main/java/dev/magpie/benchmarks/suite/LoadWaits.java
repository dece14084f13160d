package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.LoadSampler;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a submitted task waits while fork-join work keeps every worker busy, and how much of
 * that work gets done.
 */
final class LoadWaits implements Measurable {

    private static final int FIB = 20;
    private static final int SECONDS = 5;

    private final int seconds;

    LoadWaits(Size size) {
        seconds = size.pick(1, SECONDS);
    }

    @Override
    public String title() {
        return "submit to run under load";
    }

    @Override
    public List<String> names() {
        return List.of(Solvers.MAGPIE, Solvers.FORKJOIN);
    }

    /** One pool after the other for a second each, in turn; a sample is cut off after a second. */
    @Override
    public Outcome measure(Setting setting) {
        List<PoolEngine> engines = new ArrayList<>();
        try {
            for (String name : names()) {
                int first = engines.size();
                if (setting.includes(name)) {
                    for (int width : setting.widestFirst()) {
                        engines.add(
                                first,
                                (PoolEngine)
                                        Framework.parse(name)
                                                .get(0)
                                                .start(width, setting.pinning()));
                    }
                }
            }
            return sample(engines, setting.rounds() == null ? seconds : setting.rounds());
        } finally {
            engines.forEach(PoolEngine::close);
        }
    }

    private Outcome sample(List<PoolEngine> engines, int rounds) {
        int count = engines.size();
        List<Latencies> latencies = engines.stream().map(engine -> new Latencies()).toList();
        long[] late = new long[count];
        double[][] computed = new double[count][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < count; i++) {
                int turn = (round + i) % count;
                LoadSampler sampler =
                        new LoadSampler(
                                engines.get(turn), new FibProblem(FIB), latencies.get(turn));
                sampler.sample(1);
                late[turn] += sampler.late();
                computed[turn][round] = sampler.computed();
            }
        }
        List<String> labels = engines.stream().map(PoolEngine::label).toList();
        List<WaitOutcome.Waits> waits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String who = ", " + labels.get(i);
            List<Row> more =
                    List.of(
                            Row.of(
                                    title() + ", later than 1 s" + who,
                                    "of " + latencies.get(i).count() + " samples",
                                    Figure.ofCount(late[i])),
                            Row.of(
                                    "load computed meanwhile" + who,
                                    "fib(" + FIB + ") a second",
                                    Figure.of(computed[i])));
            waits.add(WaitOutcome.Waits.of(labels, i, latencies.get(i), late[i], more));
        }
        return new WaitOutcome("load", title(), waits);
    }
}
