package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.benchmarks.sorts.ArrayKind;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.Algorithm;
import dev.magpie.sorting.Patterns;
import dev.magpie.sorting.Sorter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sorts}: every type and pattern, beside the JDK's sorts. */
@Command(
        name = "sorts",
        description = {
            "Arrays of all types and patterns: Sorter, Arrays.sort, and Arrays.parallelSort in a",
            "ForkJoinPool of the same width. Objects are sorted by a comparator, stably."
        })
final class SortsCommand extends BenchmarkCommand {

    private static final int MAX_SIZE = 100_000_000;
    private static final long SEED = 42;
    private static final double MICRO = 1e3;
    private static final String SEQUENTIAL = "Arrays.sort";

    /** Never slower than the JDK's sequential sort but by so much. */
    private static final double BOUND = 1 / 0.95;

    @Option(
            names = "--type",
            defaultValue = "int",
            split = ",",
            description = "int, long, float, double, short, char, byte, object")
    private List<String> types = List.of();

    @Option(
            names = "--pattern",
            split = ",",
            description = "which of ${COMPLETION-CANDIDATES}; all unless said")
    private List<Patterns> patterns = List.of(Patterns.values());

    @Option(
            names = "--size",
            defaultValue = "1000,100000,10000000",
            split = ",",
            description = "elements")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--algorithm",
            defaultValue = "AUTO",
            split = ",",
            description = "of ours: ${COMPLETION-CANDIDATES}")
    private List<Algorithm> algorithms = List.of();

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Option(
            names = "--elements",
            defaultValue = "2000000",
            description = "elements a round: short arrays are sorted in great number")
    private int elements;

    @Override
    List<Row> measure() {
        for (int size : sizes) {
            if (size < 1 || size > MAX_SIZE) {
                throw new IllegalArgumentException(
                        "--size must be between 1 and " + MAX_SIZE + ", was " + size);
            }
        }
        // Before the common pool exists: parallelSort cuts by its width, on whatever pool it runs.
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "" + workers);
        List<Row> rows = new ArrayList<>();
        ForkJoinPool pool = new ForkJoinPool(workers);
        try (Scheduler scheduler =
                Scheduler.builder().workers(workers).pinning(pinning()).build()) {
            System.out.println(scheduler.config());
            for (String type : types) {
                for (int size : sizes) {
                    for (Patterns pattern : patterns) {
                        Batch batch = new Batch(ArrayKind.of(type), pattern, size);
                        rows.addAll(batch.race(Sorter.on(scheduler), pool));
                    }
                }
            }
        } finally {
            pool.shutdown();
        }
        return rows;
    }

    /** Copies of one array, so many that sorting them takes long enough to be timed. */
    private final class Batch {
        private final ArrayKind kind;
        private final String name;
        private final int size;
        private final Object original;
        private final Object sorted;
        private final List<Object> copies = new ArrayList<>();

        Batch(ArrayKind kind, Patterns pattern, int size) {
            this.kind = kind;
            this.size = size;
            this.name =
                    size
                            + " "
                            + pattern.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                            + " "
                            + kind.name()
                            + "s";
            original = kind.maker().make(pattern, size, SEED);
            sorted = kind.empty().make(size);
            System.arraycopy(original, 0, sorted, 0, size);
            kind.sequential().accept(sorted);
            for (int i = 0; i < Math.max(1, elements / size); i++) {
                copies.add(kind.empty().make(size));
            }
        }

        List<Row> race(Sorter sorter, ForkJoinPool pool) {
            List<Contestant> contestants = new ArrayList<>();
            contestants.add(contestant(SEQUENTIAL, () -> copies.forEach(kind.sequential())));
            Consumer<Object> parallel = kind.parallel();
            contestants.add(
                    contestant(rival(), () -> pool.submit(() -> copies.forEach(parallel)).join()));
            for (Algorithm algorithm : algorithms) {
                Sorter mine = sorter.algorithm(algorithm);
                contestants.add(
                        contestant(
                                label(algorithm),
                                () -> copies.forEach(copy -> kind.magpie().accept(mine, copy))));
            }
            Timings timings = new Race(contestants).run(warmUps(12), rounds(15));
            List<Row> rows = new ArrayList<>(times(name, timings, "us", MICRO * copies.size()));
            for (Algorithm algorithm : algorithms) {
                Row row = ratio(name, timings, label(algorithm), SEQUENTIAL);
                rows.add(algorithm == Algorithm.AUTO ? row.atMost(BOUND) : row);
                rows.add(ratio(name, timings, label(algorithm), rival()));
            }
            return rows;
        }

        private Contestant contestant(String label, Runnable sorts) {
            return new Contestant(
                    label,
                    () -> copies.forEach(copy -> System.arraycopy(original, 0, copy, 0, size)),
                    () -> {
                        sorts.run();
                        return size;
                    },
                    length -> check(label));
        }

        private void check(String label) {
            for (Object copy : copies) {
                if (!kind.equal().test(copy, sorted)) {
                    throw new WrongAnswerException(label + " did not sort " + name);
                }
            }
        }
    }

    private String rival() {
        return "Arrays.parallelSort@" + workers;
    }

    private String label(Algorithm algorithm) {
        return "magpie@" + workers + " " + algorithm;
    }
}
