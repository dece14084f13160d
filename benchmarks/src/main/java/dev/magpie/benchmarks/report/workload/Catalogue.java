package dev.magpie.benchmarks.report.workload;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.integrate.IntegrateProblem;
import dev.magpie.benchmarks.matmul.MatmulProblem;
import dev.magpie.benchmarks.queens.QueensProblem;
import dev.magpie.benchmarks.uts.Tree;
import dev.magpie.benchmarks.uts.UtsProblem;
import dev.magpie.sorting.Algorithm;
import java.util.List;
import java.util.Locale;

/** All workloads, by key. Stateless. */
public final class Catalogue {

    /** The keys, in the order of the report. */
    public static final List<String> KEYS =
            List.of(
                    "sort-auto",
                    "sort-merge",
                    "sort-radix",
                    "fib",
                    "queens",
                    "uts-t1",
                    "uts-t3",
                    "matmul",
                    "integrate",
                    "reduce");

    private Catalogue() {}

    /**
     * Prepares a workload.
     *
     * @param key one of {@link #KEYS}
     * @param scale its size
     * @return the workload
     * @throws IllegalArgumentException if there is no such key
     */
    public static Workload of(String key, Scale scale) {
        return switch (key) {
            case "sort-auto" -> sort(Algorithm.AUTO, scale);
            case "sort-merge" -> sort(Algorithm.MERGE, scale);
            case "sort-radix" -> sort(Algorithm.RADIX, scale);
            case "fib" -> fib(scale.pick(12, 30, 36));
            case "queens" -> queens(scale.pick(6, 11, 13));
            case "uts-t1" -> uts(scale == Scale.TINY ? Tree.T1S : Tree.T1);
            case "uts-t3" -> uts(scale == Scale.TINY ? Tree.T1S : Tree.T3);
            case "matmul" -> matmul(scale.pick(128, 512, 1024));
            case "integrate" -> integrate(scale == Scale.TINY ? 1e6 : 1e-3);
            case "reduce" -> new ReduceWorkload(scale.pick(100_000, 30_000_000, 100_000_000));
            default ->
                    throw new IllegalArgumentException(
                            "workload must be one of " + KEYS + ", was '" + key + "'");
        };
    }

    private static Workload sort(Algorithm algorithm, Scale scale) {
        return new SortWorkload(algorithm, scale.pick(50_000, 2_000_000, 10_000_000));
    }

    private static Workload fib(int number) {
        return new ProblemWorkload<>("fib(" + number + "), a task a call", new FibProblem(number));
    }

    private static Workload queens(int size) {
        return new ProblemWorkload<>(
                "n-queens(" + size + "), a task a placement", new QueensProblem(size));
    }

    private static Workload uts(Tree tree) {
        String title =
                String.format(Locale.ROOT, "UTS %s, %,d nodes, a task a node", tree, tree.nodes());
        return new ProblemWorkload<>(title, new UtsProblem(tree));
    }

    private static Workload matmul(int size) {
        MatmulProblem problem = new MatmulProblem(size);
        return new ProblemWorkload<>(
                "product of " + size + " x " + size + " doubles",
                problem,
                problem::clear,
                problem::verify,
                problem.pieces());
    }

    private static Workload integrate(double epsilon) {
        return new ProblemWorkload<>(
                "integral of (x^2 + 1) x, epsilon " + epsilon, new IntegrateProblem(epsilon));
    }
}
