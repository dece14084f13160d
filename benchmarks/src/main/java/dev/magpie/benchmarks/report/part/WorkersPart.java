package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.result.WorkerSplit;
import dev.magpie.benchmarks.report.result.WorkerTime;
import dev.magpie.benchmarks.report.workload.Catalogue;
import dev.magpie.benchmarks.report.workload.Entry;
import dev.magpie.benchmarks.report.workload.Pools;
import dev.magpie.benchmarks.report.workload.Workload;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.SchedulerStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What each of Magpie's workers does during a sort, and during a recursion for comparison. */
final class WorkersPart implements Part {

    /** What a round takes, or so: to choose how many. */
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final List<String> WORKLOADS = List.of("sort-auto", "sort-merge", "queens");

    @Override
    public Results measure(Setting setting, SpinLoop loop) {
        int width = Setting.width();
        List<WorkerSplit> splits = new ArrayList<>();
        for (String key : WORKLOADS) {
            Workload workload = Catalogue.of(key, setting.scale());
            try (Pools pools = new Pools(List.of(width), setting.pinning())) {
                MagpieEngine engine = pools.magpie().get(width);
                if (engine != null) {
                    splits.add(measure(workload, pools, engine, setting));
                }
            }
            loop.sample();
            setting.progress().accept((double) splits.size() / WORKLOADS.size());
        }
        return Results.ofSplits(splits);
    }

    private static WorkerSplit measure(
            Workload workload, Pools pools, MagpieEngine engine, Setting setting) {
        List<Contestant> magpie =
                workload.entries(pools).stream()
                        .filter(entry -> entry.framework().equals(Line.MAGPIE))
                        .map(Entry::contestant)
                        .toList();
        Timings warmUp = new Race(magpie).run(setting.scale().warmUps(), 0);
        int rounds = setting.scale().rounds(ROUND_NANOS);
        WorkerTime[] sums = new WorkerTime[engine.workers()];
        List<Contestant> watched =
                magpie.stream().map(one -> watched(one, engine.scheduler(), sums)).toList();
        Timings unused = new Race(watched).run(rounds, 0);
        return new WorkerSplit(
                workload.title(), engine.workers(), rounds, Arrays.asList(sums), setting.command());
    }

    /** Only what happens while it is timed counts: between rounds the workers sleep. */
    private static Contestant watched(
            Contestant contestant, Scheduler scheduler, WorkerTime[] sums) {
        LongSupplier timed =
                () -> {
                    SchedulerStats before = scheduler.stats();
                    long answer = contestant.timed().getAsLong();
                    SchedulerStats after = scheduler.stats();
                    for (int i = 0; i < sums.length; i++) {
                        WorkerTime time =
                                WorkerTime.between(before.workers().get(i), after.workers().get(i));
                        sums[i] = sums[i] == null ? time : sums[i].plus(time);
                    }
                    return answer;
                };
        return new Contestant(contestant.label(), contestant.before(), timed, contestant.check());
    }
}
