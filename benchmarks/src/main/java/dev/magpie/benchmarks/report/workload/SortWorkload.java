package dev.magpie.benchmarks.report.workload;

import dev.magpie.benchmarks.graph.TaskGraph;
import dev.magpie.benchmarks.graph.TaskNode;
import dev.magpie.benchmarks.graph.WorkSpan;
import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.sorting.Algorithm;
import dev.magpie.sorting.IntMergePasses;
import dev.magpie.sorting.IntRadixPasses;
import dev.magpie.sorting.SortSteps;
import dev.magpie.sorting.Sorter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.function.Consumer;

/** A sort of random ints by one of the sorter's algorithms. */
final class SortWorkload implements Workload {

    private static final long SEED = 42;

    private final Algorithm algorithm;
    private final int[] data;
    private final int[] sorted;
    private final int[] work;

    SortWorkload(Algorithm algorithm, int size) {
        this.algorithm = algorithm;
        data = new SplittableRandom(SEED).ints(size).toArray();
        sorted = data.clone();
        Arrays.sort(sorted);
        work = new int[size];
    }

    @Override
    public String title() {
        return "sort of " + data.length + " random ints, " + algorithm;
    }

    @Override
    public String baselineName() {
        return "Arrays.sort";
    }

    @Override
    public Contestant baseline() {
        return contestant("baseline", Arrays::sort);
    }

    @Override
    public List<Entry> entries(Pools pools) {
        List<Entry> entries = new ArrayList<>();
        pools.magpie()
                .forEach(
                        (width, engine) -> {
                            Sorter sorter = Sorter.on(engine.scheduler()).algorithm(algorithm);
                            add(entries, Line.MAGPIE, width, sorter::sort);
                        });
        pools.forkJoin()
                .forEach(
                        (width, engine) -> {
                            ForkJoinPool pool = engine.pool();
                            add(
                                    entries,
                                    Names.PARALLEL_SORT,
                                    width,
                                    array -> pool.submit(() -> Arrays.parallelSort(array)).join());
                            add(
                                    entries,
                                    Names.FORK_JOIN,
                                    width,
                                    array -> pool.invoke(new ForkJoinSteps(steps(array, width))));
                        });
        pools.fixed()
                .forEach(
                        (width, pool) ->
                                add(
                                        entries,
                                        Names.FIXED,
                                        width,
                                        array -> run(pool, steps(array, width))));
        return entries;
    }

    private void add(List<Entry> entries, String framework, int width, Consumer<int[]> sort) {
        String label = framework + "@" + width;
        entries.add(new Entry(framework, width, contestant(label, sort)));
    }

    private Contestant contestant(String label, Consumer<int[]> sort) {
        return new Contestant(
                label,
                this::reset,
                () -> {
                    sort.accept(work);
                    return work.length;
                },
                length -> check(label));
    }

    private void reset() {
        System.arraycopy(data, 0, work, 0, data.length);
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

    /** The same sort for who is not Magpie; random ints are sorted by AUTO as by RADIX. */
    private SortSteps steps(int[] array, int workers) {
        return algorithm == Algorithm.MERGE
                ? IntMergePasses.of(array, 0, array.length, workers)
                : IntRadixPasses.of(array, 0, array.length, workers);
    }

    private static void run(ExecutorService pool, SortSteps steps) {
        for (List<Runnable> step = steps.next(); !step.isEmpty(); step = steps.next()) {
            List<Callable<Long>> pieces = new ArrayList<>();
            for (Runnable part : step) {
                pieces.add(
                        () -> {
                            part.run();
                            return 1L;
                        });
            }
            WrongAnswerException.check(
                    "the pool, parts run", pieces.size(), FixedPool.sum(pool, pieces));
        }
    }

    private static final class ForkJoinSteps extends RecursiveAction {

        private static final long serialVersionUID = 1L;

        private final transient SortSteps steps;

        ForkJoinSteps(SortSteps steps) {
            this.steps = steps;
        }

        @Override
        protected void compute() {
            for (List<Runnable> step = steps.next(); !step.isEmpty(); step = steps.next()) {
                Object unused = invokeAll(step.stream().map(ForkJoinTask::adapt).toList());
            }
        }
    }

    @Override
    public String graphNote() {
        return "steps and their parts, cut for each number of cores and timed in one thread";
    }

    @Override
    public boolean isCutByWorkers() {
        return true;
    }

    @Override
    public TaskGraph record(int workers, double grainNanos, double burdenNanos) {
        List<double[]> least = run(workers);
        for (int run = 1; run < ProblemWorkload.RECORDED_RUNS; run++) {
            takeLess(least, run(workers));
        }
        TaskNode.Builder root = new TaskNode.Builder();
        for (double[] step : least) {
            root.compute(step[0]);
            List<TaskNode> parts = new ArrayList<>();
            for (int i = 1; i < step.length; i++) {
                parts.add(TaskNode.leaf(step[i]));
            }
            parts.forEach(root::fork);
            for (int i = parts.size() - 1; i >= 0; i--) {
                root.join(parts.get(i));
            }
        }
        TaskNode node = root.build();
        return new TaskGraph(node, WorkSpan.of(node, burdenNanos));
    }

    /** Sorts in this thread; of each step: how long it took to find, and each of its parts. */
    private List<double[]> run(int workers) {
        reset();
        List<double[]> times = new ArrayList<>();
        long start = System.nanoTime();
        SortSteps steps = steps(work, workers);
        List<Runnable> step = steps.next();
        while (true) {
            double[] nanos = new double[1 + step.size()];
            nanos[0] = System.nanoTime() - start;
            for (int i = 0; i < step.size(); i++) {
                start = System.nanoTime();
                step.get(i).run();
                nanos[i + 1] = System.nanoTime() - start;
            }
            times.add(nanos);
            if (step.isEmpty()) {
                check("the recorded run");
                return times;
            }
            start = System.nanoTime();
            step = steps.next();
        }
    }

    private static void takeLess(List<double[]> least, List<double[]> other) {
        for (int i = 0; i < least.size(); i++) {
            double[] times = least.get(i);
            for (int k = 0; k < times.length; k++) {
                times[k] = Math.min(times[k], other.get(i)[k]);
            }
        }
    }
}
