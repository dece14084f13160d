package dev.magpie.benchmarks.report.workload;

import dev.magpie.benchmarks.graph.TaskGraph;
import dev.magpie.benchmarks.graph.TaskNode;
import dev.magpie.benchmarks.graph.WorkSpan;
import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.scheduler.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** A sum over mixed bits of each index of a range: as parallel as can be. */
final class ReduceWorkload implements Workload {

    /** Pieces of the fixed thread pool's, a thread. */
    private static final int PIECES_A_THREAD = 16;

    /** Leaves of the recorded graph: as finely as any number of workers shown would cut it. */
    private static final int LEAVES = 1 << 12;

    private final int size;
    private final long answer;

    ReduceWorkload(int size) {
        this.size = size;
        answer = sum(0, size);
    }

    /** A finalizer of SplitMix64, from doi 10.1145/2714064.2660195. */
    private static long mix(int index) {
        long bits = index * 0x9e3779b97f4a7c15L;
        bits = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ bits >>> 27) * 0x94d049bb133111ebL;
        return bits ^ bits >>> 31;
    }

    private static long sum(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += mix(i);
        }
        return sum;
    }

    @Override
    public String title() {
        return "reduce of " + size + " numbers";
    }

    @Override
    public String baselineName() {
        return "a loop";
    }

    @Override
    public Contestant baseline() {
        return contestant("baseline", () -> sum(0, size));
    }

    private Contestant contestant(String label, Callable<Long> body) {
        return new Contestant(
                label,
                () -> {},
                () -> {
                    try {
                        return body.call();
                    } catch (Exception ex) {
                        throw new IllegalStateException(label + " failed", ex);
                    }
                },
                sum -> WrongAnswerException.check(label, answer, sum));
    }

    @Override
    public List<Entry> entries(Pools pools) {
        List<Entry> entries = new ArrayList<>();
        pools.magpie()
                .forEach(
                        (width, engine) -> {
                            Parallel parallel = Parallel.on(engine.scheduler());
                            add(
                                    entries,
                                    Line.MAGPIE,
                                    width,
                                    () -> parallel.range(0, size).sumAsLong(ReduceWorkload::mix));
                        });
        pools.forkJoin()
                .forEach(
                        (width, engine) ->
                                add(
                                        entries,
                                        Names.FORK_JOIN,
                                        width,
                                        () -> streamSum(engine.pool())));
        pools.fixed()
                .forEach(
                        (width, pool) ->
                                add(
                                        entries,
                                        Names.FIXED,
                                        width,
                                        () -> FixedPool.sum(pool, pieces(width))));
        return entries;
    }

    private void add(List<Entry> entries, String framework, int width, Callable<Long> body) {
        String label = framework + "@" + width;
        entries.add(new Entry(framework, width, contestant(label, body)));
    }

    private long streamSum(ForkJoinPool pool) throws Exception {
        return pool.submit(
                        () ->
                                IntStream.range(0, size)
                                        .parallel()
                                        .mapToLong(ReduceWorkload::mix)
                                        .sum())
                .get();
    }

    private List<Callable<Long>> pieces(int width) {
        int count = PIECES_A_THREAD * width;
        List<Callable<Long>> pieces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = cut(i, count);
            int to = cut(i + 1, count);
            pieces.add(() -> sum(from, to));
        }
        return pieces;
    }

    private int cut(int piece, int pieces) {
        return (int) ((long) size * piece / pieces);
    }

    @Override
    public String graphNote() {
        return "cut in halves down to " + LEAVES + " leaves, each timed; the engine cuts on demand";
    }

    @Override
    public boolean isCutByWorkers() {
        return false;
    }

    @Override
    public TaskGraph record(int workers, double grainNanos, double burdenNanos) {
        double[] nanos = new double[LEAVES];
        Arrays.fill(nanos, Double.MAX_VALUE);
        for (int run = 0; run < ProblemWorkload.RECORDED_RUNS; run++) {
            long total = 0;
            for (int leaf = 0; leaf < LEAVES; leaf++) {
                long start = System.nanoTime();
                total += sum(cut(leaf, LEAVES), cut(leaf + 1, LEAVES));
                nanos[leaf] = Math.min(nanos[leaf], System.nanoTime() - start);
            }
            WrongAnswerException.check("the recorded run", answer, total);
        }
        TaskNode root = halve(0, LEAVES, nanos);
        return new TaskGraph(root, WorkSpan.of(root, burdenNanos));
    }

    private static TaskNode halve(int from, int to, double[] nanos) {
        if (to - from == 1) {
            return TaskNode.leaf(nanos[from]);
        }
        int middle = (from + to) >>> 1;
        TaskNode left = halve(from, middle, nanos);
        TaskNode right = halve(middle, to, nanos);
        TaskNode.Builder root = new TaskNode.Builder();
        return root.fork(right).fork(left).join(left).join(right).build();
    }
}
