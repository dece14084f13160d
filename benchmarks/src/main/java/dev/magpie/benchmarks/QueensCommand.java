package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.queens.QueensProblem;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code queens}: a task per placement. */
@Command(name = "queens", description = "N-queens, a task per placement.")
final class QueensCommand extends BenchmarkCommand {

    private static final double REQUIRED_RATIO = 0.5;
    private static final double REQUIRED_SPEEDUP = 1.85;
    private static final double MILLI = 1e6;

    @Option(names = "--n", defaultValue = "13", description = "board size, 1 to 18")
    private int size;

    @Option(names = "--workers", defaultValue = "1,2", split = ",", description = "widths")
    private List<Integer> workers = List.of();

    @Option(
            names = "--framework",
            defaultValue = "magpie,forkjoin,chaselev,sequential",
            description = "who competes")
    private String frameworks = "";

    @Override
    List<Row> measure() {
        QueensProblem problem = new QueensProblem(size);
        String name = "n-queens(" + size + ")";
        try (Engines engines = start(Framework.parse(frameworks), workers)) {
            Timings timings = engines.race(problem, warmUps(40), rounds(21));
            List<Row> rows = new ArrayList<>(times(name, timings, "ms", MILLI));
            for (int width : workers) {
                String mine = "magpie@" + width;
                String rival = "forkjoin@" + width;
                if (timings.labels().containsAll(List.of(mine, rival))) {
                    Row row = ratio(name, timings, mine, rival);
                    rows.add(width == 1 ? row.atMost(REQUIRED_RATIO) : row);
                }
            }
            rows.addAll(selfSpeedups(name, timings, workers, REQUIRED_SPEEDUP));
            return rows;
        }
    }
}
