package dev.magpie.benchmarks;

import dev.magpie.benchmarks.coarse.CoarseProblem;
import dev.magpie.benchmarks.coarse.Workload;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code coarse}: the makespan of tasks of known length, forked by one worker. */
@Command(
        name = "coarse",
        description = "Makespan of tasks of known length, spun by the clock, forked by one worker.")
final class CoarseCommand extends BenchmarkCommand {

    private static final double REQUIRED_RATIO = 1.1;
    private static final double MILLI = 1e6;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "divides the number of tasks, 1 to 20")
    private int scale;

    @Option(
            names = "--framework",
            defaultValue = "magpie,forkjoin,chaselev",
            description = "who competes")
    private String frameworks = "";

    @Override
    List<Row> measure() {
        if (scale < 1 || scale > 20) {
            throw new IllegalArgumentException("--scale must be between 1 and 20, was " + scale);
        }
        List<Row> rows = new ArrayList<>();
        try (Engines engines = start(Framework.parse(frameworks), List.of(workers))) {
            for (Workload workload : Workload.standard(scale)) {
                rows.addAll(measure(engines, workload));
            }
        }
        return rows;
    }

    private List<Row> measure(Engines engines, Workload workload) {
        String name = workload.name();
        Timings timings = engines.race(new CoarseProblem(workload), warmUps(2), rounds(11));
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(name + ", ideal", "ms", Figure.of(workload.idealMillis(workers))));
        rows.addAll(times(name, timings, "ms", MILLI));
        String mine = "magpie@" + workers;
        String rival = "forkjoin@" + workers;
        if (timings.labels().containsAll(List.of(mine, rival))) {
            rows.add(ratio(name, timings, mine, rival).atMost(REQUIRED_RATIO));
        }
        return rows;
    }
}
