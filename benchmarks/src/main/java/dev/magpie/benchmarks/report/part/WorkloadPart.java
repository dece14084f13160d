package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import dev.magpie.benchmarks.report.result.Profile;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.workload.Catalogue;
import dev.magpie.benchmarks.report.workload.Entry;
import dev.magpie.benchmarks.report.workload.Pools;
import dev.magpie.benchmarks.report.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workload: races the frameworks, fits the laws, records the graph. */
final class WorkloadPart implements Part {

    /** The share of a part that the race takes, for the progress. */
    private static final double RACE_SHARE = 0.8;

    @Override
    public Results measure(Setting setting, SpinLoop loop) {
        Workload workload = Catalogue.of(setting.key(), setting.scale());
        Curve curve;
        double migrationNanos;
        try (Pools pools = new Pools(setting.threads(), setting.pinning())) {
            curve = race(workload, pools, setting, loop);
            migrationNanos = Migration.measure(pools);
        }
        loop.sample();
        Profile profile = new Profiler(setting, workload, curve, migrationNanos).profile();
        return Results.of(curve, List.of(profile));
    }

    private static Curve race(Workload workload, Pools pools, Setting setting, SpinLoop loop) {
        List<Entry> entries = workload.entries(pools);
        Contestant baseline = workload.baseline();
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(sampled(baseline, loop));
        entries.forEach(entry -> contestants.add(entry.contestant()));
        Race race = new Race(contestants);
        long roundNanos = 0;
        int warmUps = setting.scale().warmUps();
        for (int i = 0; i < warmUps; i++) {
            long start = System.nanoTime();
            Timings unused = race.run(1, 0);
            roundNanos = System.nanoTime() - start;
            setting.progress().accept(RACE_SHARE * (i + 1) / (2 * warmUps));
        }
        int rounds = setting.scale().rounds(roundNanos);
        Timings timings = race(contestants, rounds, setting);
        return curve(workload, pools, setting, entries, timings, baseline.label());
    }

    private static Timings race(List<Contestant> contestants, int rounds, Setting setting) {
        long[] turns = new long[1];
        double all = (double) rounds * contestants.size();
        List<Contestant> watched = new ArrayList<>();
        for (Contestant contestant : contestants) {
            Runnable before =
                    () -> {
                        double done = turns[0]++ / all;
                        setting.progress().accept(RACE_SHARE * (1 + done) / 2);
                        contestant.before().run();
                    };
            watched.add(
                    new Contestant(
                            contestant.label(), before, contestant.timed(), contestant.check()));
        }
        return new Race(watched).run(0, rounds);
    }

    /** The loop runs once a round, before the baseline: then no pool is at work. */
    private static Contestant sampled(Contestant contestant, SpinLoop loop) {
        Runnable before =
                () -> {
                    loop.sample();
                    contestant.before().run();
                };
        return new Contestant(contestant.label(), before, contestant.timed(), contestant.check());
    }

    private static Curve curve(
            Workload workload,
            Pools pools,
            Setting setting,
            List<Entry> entries,
            Timings timings,
            String baselineLabel) {
        double[] baseline = timings.nanos(baselineLabel);
        Map<String, List<Point>> points = new LinkedHashMap<>();
        for (Entry entry : entries) {
            double[] nanos = timings.nanos(entry.contestant().label());
            points.computeIfAbsent(entry.framework(), name -> new ArrayList<>())
                    .add(Point.of(entry.threads(), Setting.cpus(), nanos, baseline));
        }
        List<Line> lines = new ArrayList<>();
        points.forEach((framework, line) -> lines.add(new Line(framework, line)));
        return new Curve(
                setting.key(),
                workload.title(),
                setting.command(),
                workload.baselineName(),
                baseline,
                Point.millis(baseline),
                lines,
                Fits.of(lines.get(0), baseline),
                pools.describe());
    }
}
