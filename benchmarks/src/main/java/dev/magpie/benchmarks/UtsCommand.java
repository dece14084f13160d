package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.uts.Tree;
import dev.magpie.benchmarks.uts.UtsProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uts}: unbalanced tree search. */
@Command(
        name = "uts",
        description = {
            "Unbalanced tree search, a task per node, sizes checked.",
            "T3L, 17,844 levels deep, is a test of the stack: one visit by each framework,",
            "by default by Magpie alone in its default configuration."
        })
final class UtsCommand extends BenchmarkCommand {

    private static final double REQUIRED_SPEEDUP = 1.85;
    private static final double MILLI = 1e6;

    @Option(names = "--tree", defaultValue = "T1", description = "${COMPLETION-CANDIDATES}")
    private Tree tree = Tree.T1;

    @Option(names = "--workers", split = ",", description = "widths, by default 1,2")
    private @Nullable List<Integer> workers;

    @Option(names = "--framework", description = "who competes, such as magpie,forkjoin")
    private @Nullable String frameworks;

    @Override
    List<Row> measure() {
        if (tree == Tree.T3L) {
            return visitDeepTree();
        }
        List<Integer> widths = workers == null ? List.of(1, 2) : workers;
        List<Framework> who = frameworks("magpie,forkjoin,chaselev,sequential");
        String name = "UTS " + tree;
        try (Engines engines = start(who, widths)) {
            Timings timings = engines.race(new UtsProblem(tree), warmUps(2), rounds(7));
            List<Row> rows = new ArrayList<>(times(name, timings, "ms", MILLI));
            rows.addAll(selfSpeedups(name, timings, widths, REQUIRED_SPEEDUP));
            return rows;
        }
    }

    private List<Row> visitDeepTree() {
        List<Row> rows = new ArrayList<>();
        for (Framework framework : frameworks("magpie")) {
            for (int width : workers == null ? List.of(0) : workers) {
                rows.addAll(new DeepVisit(tree, framework, width, pinning()).rows());
            }
        }
        return rows;
    }

    private List<Framework> frameworks(String fallback) {
        return Framework.parse(frameworks == null ? fallback : frameworks);
    }
}
