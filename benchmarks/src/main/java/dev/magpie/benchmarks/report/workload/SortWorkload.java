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
                    label + " put " + work[wrong] + " at index " + wrong + ", not " + sorted[wrong]);
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
        reset();
        TaskNode.Builder root = new TaskNode.Builder();
        long start = System.nanoTime();
        SortSteps steps = steps(work, workers);
        List<Runnable> step = steps.next();
        root.compute(System.nanoTime() - start);
        while (!step.isEmpty()) {
            add(root, step.stream().map(SortWorkload::timed).toList());
            start = System.nanoTime();
            step = steps.next();
            root.compute(System.nanoTime() - start);
        }
        check("the recorded run");
        TaskNode node = root.build();
        return new TaskGraph(node, WorkSpan.of(node, burdenNanos));
    }

    private static TaskNode timed(Runnable part) {
        long start = System.nanoTime();
        part.run();
        return TaskNode.leaf(System.nanoTime() - start);
    }

    /** Forked in their order, joined newest first. */
    private static void add(TaskNode.Builder root, List<TaskNode> parts) {
        for (TaskNode part : parts) {
            root.fork(part);
        }
        for (int i = parts.size() - 1; i >= 0; i--) {
            root.join(parts.get(i));
        }
    }
}
