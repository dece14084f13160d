package dev.magpie.benchmarks;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Fibonacci without a cut-off, by whatever kind of task. */
abstract class ForkCommand extends BenchmarkCommand {

    private static final int MAX_NUMBER = 60;
    private static final double REQUIRED_RATIO = 0.25;
    private static final double REQUIRED_SPEEDUP = 1.85;

    @Option(names = "--n", defaultValue = "36", description = "which Fibonacci number")
    private int number;

    @Option(
            names = "--workers",
            defaultValue = "1",
            split = ",",
            description = "widths, such as 1,2")
    private List<Integer> workers = List.of();

    @Option(
            names = "--framework",
            defaultValue = "magpie,forkjoin,chaselev,sequential",
            description = "who competes")
    private String frameworks = "";

    /** The problem, by the command's kind of task. */
    abstract Problem problem(int number);

    @Override
    List<Row> measure() {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException(
                    "--n must be between 0 and " + MAX_NUMBER + ", was " + number);
        }
        String name = "fib(" + number + ")";
        try (Engines engines = start(Framework.parse(frameworks), workers)) {
            Timings timings = engines.race(problem(number), warmUps(3), rounds(11));
            double calls = new FibProblem(number).calls();
            List<Row> rows = new ArrayList<>(times(name, timings, "ns a call", calls));
            rows.addAll(ratiosToForkJoin(name, timings));
            rows.addAll(selfSpeedups(name, timings, workers, REQUIRED_SPEEDUP));
            return rows;
        }
    }

    private List<Row> ratiosToForkJoin(String name, Timings timings) {
        List<Row> rows = new ArrayList<>();
        for (int width : workers) {
            String rival = "forkjoin@" + width;
            for (String label : List.of("magpie@" + width, "chaselev@" + width)) {
                if (timings.labels().containsAll(List.of(label, rival))) {
                    Row row = ratio(name, timings, label, rival);
                    rows.add(label.equals("magpie@1") ? row.atMost(REQUIRED_RATIO) : row);
                }
            }
        }
        return rows;
    }
}
