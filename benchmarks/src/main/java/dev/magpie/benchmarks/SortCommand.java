package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.ForkJoinEngine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.sorting.Algorithm;
import dev.magpie.sorting.Sorter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sort}: random ints, on Magpie and by the JDK. */
@Command(
        name = "sort",
        description = {
            "Random ints: Sorter by AUTO and by MERGE, Arrays.sort, Arrays.parallelSort in a",
            "ForkJoinPool of the same width."
        })
final class SortCommand extends BenchmarkCommand {

    private static final int MAX_SIZE = 1_000_000_000;
    private static final long SEED = 42;
    private static final double MILLI = 1e6;
    private static final double REQUIRED_SELF_SPEEDUP = 1.8;

    /** The first JDK whose {@code Arrays.sort} of ints uses vector instructions. */
    private static final int VECTOR_SORT_RELEASE = 22;

    private static final double REQUIRED_SPEEDUP = 1.85;
    private static final double REQUIRED_SPEEDUP_OVER_VECTORS = 1.5;
    private static final String SEQUENTIAL = "Arrays.sort";
    private static final String MERGE = " MERGE";
    private static final double REQUIRED_MERGE_SPEEDUP = 1.85;

    /** Of the JDK's parallel sort, without and with vector instructions. */
    private static final double REQUIRED_OVER_PARALLEL = 10;

    private static final double REQUIRED_OVER_PARALLEL_VECTORS = 1.4;

    @Option(names = "--size", defaultValue = "10000000", description = "how many ints")
    private int size;

    @Option(names = "--workers", defaultValue = "1,2", split = ",", description = "widths")
    private List<Integer> workers = List.of();

    private int[] data = {};
    private int[] sorted = {};
    private int[] work = {};

    @Override
    List<Row> measure() {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "--size must be between 1 and " + MAX_SIZE + ", was " + size);
        }
        // Before the common pool exists: parallelSort cuts by its width, on whatever pool it runs.
        System.setProperty(
                "java.util.concurrent.ForkJoinPool.common.parallelism",
                "" + Collections.max(workers));
        data = new SplittableRandom(SEED).ints(size).toArray();
        sorted = data.clone();
        work = new int[size];
        Arrays.sort(sorted);
        try (Engines engines = start(List.of(Framework.MAGPIE, Framework.FORKJOIN), workers)) {
            List<Contestant> contestants = new ArrayList<>();
            contestants.add(contestant(SEQUENTIAL, Arrays::sort));
            engines.stream().forEach(engine -> contestants.add(contestant(engine)));
            engines.stream()
                    .filter(MagpieEngine.class::isInstance)
                    .map(MagpieEngine.class::cast)
                    .forEach(engine -> contestants.add(merging(engine)));
            return rows(new Race(contestants).run(warmUps(12), rounds(15)));
        }
    }

    private Contestant contestant(Engine engine) {
        if (engine instanceof MagpieEngine magpie) {
            return contestant(engine.label(), Sorter.on(magpie.scheduler())::sort);
        }
        ForkJoinPool pool = ((ForkJoinEngine) engine).pool();
        return contestant(
                parallelSort(pool.getParallelism()),
                array -> pool.submit(() -> Arrays.parallelSort(array)).join());
    }

    private Contestant merging(MagpieEngine engine) {
        Sorter sorter = Sorter.on(engine.scheduler()).algorithm(Algorithm.MERGE);
        return contestant(engine.label() + MERGE, sorter::sort);
    }

    private Contestant contestant(String label, Consumer<int[]> sort) {
        return new Contestant(
                label,
                () -> System.arraycopy(data, 0, work, 0, size),
                () -> {
                    sort.accept(work);
                    return size;
                },
                length -> check(label));
    }

    private void check(String label) {
        int wrong = Arrays.mismatch(sorted, work);
        if (wrong >= 0) {
            throw new WrongAnswerException(
                    label
                            + " put "
                            + work[wrong]
                            + " at index "
                            + wrong
                            + ", not "
                            + sorted[wrong]);
        }
    }

    private static String parallelSort(int width) {
        return "Arrays.parallelSort@" + width;
    }

    private List<Row> rows(Timings timings) {
        String name = "sort of " + size + " random ints";
        List<Row> rows = new ArrayList<>(times(name, timings, "ms", MILLI));
        for (int width : workers) {
            String mine = "magpie@" + width;
            Row overSequential = speedup(name, timings, mine, SEQUENTIAL);
            rows.add(width == 2 ? overSequential.atLeast(requiredSpeedup()) : overSequential);
            rows.add(speedup(name, timings, mine + MERGE, SEQUENTIAL));
            rows.add(speedup(name, timings, parallelSort(width), SEQUENTIAL));
            Row overParallel = speedup(name, timings, mine, parallelSort(width));
            rows.add(width == 2 ? overParallel.atLeast(requiredOverParallel()) : overParallel);
        }
        rows.addAll(selfSpeedups(name, timings, workers, REQUIRED_SELF_SPEEDUP));
        if (workers.containsAll(List.of(1, 2))) {
            Row merge = speedup(name, timings, "magpie@2" + MERGE, "magpie@1" + MERGE);
            rows.add(merge.atLeast(REQUIRED_MERGE_SPEEDUP));
        }
        return rows;
    }

    private static double requiredOverParallel() {
        return Runtime.version().feature() >= VECTOR_SORT_RELEASE
                ? REQUIRED_OVER_PARALLEL_VECTORS
                : REQUIRED_OVER_PARALLEL;
    }

    private static double requiredSpeedup() {
        return Runtime.version().feature() >= VECTOR_SORT_RELEASE
                ? REQUIRED_SPEEDUP_OVER_VECTORS
                : REQUIRED_SPEEDUP;
    }

    private static Row speedup(String name, Timings timings, String who, String rival) {
        return Row.of(
                name + ", speedup of " + who + " over " + rival, "x", timings.ratio(rival, who));
    }
}
