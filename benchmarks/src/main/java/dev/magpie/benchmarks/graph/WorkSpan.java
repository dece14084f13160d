package dev.magpie.benchmarks.graph;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The two numbers that bound how a computation scales. Immutable.
 *
 * @param work time of all strands, in nanoseconds: the time on one worker
 * @param span time of the strands on the longest path: the time on ever so many workers
 * @param burdenedSpan the span if every fork on a path costs a migration
 * @param forks number of forks
 */
public record WorkSpan(double work, double span, double burdenedSpan, long forks) {

    /** Weighs the burdened span in {@link #estimate}, as Cilkview does. */
    private static final double BURDEN_WEIGHT = 1.7;

    /** How many workers it can keep busy: work by span. */
    public double parallelism() {
        return work / span;
    }

    /** The same with the cost of migrations: work by burdened span. */
    public double burdenedParallelism() {
        return work / burdenedSpan;
    }

    /**
     * The least possible time: no schedule is shorter.
     *
     * @param workers at least 1
     * @return nanoseconds
     */
    public double bound(int workers) {
        return Math.max(work / workers, span);
    }

    /**
     * Cilkview's estimate of the time of a greedy scheduler that steals at random: an even share of
     * the work, and 1.7 burdened spans. On one worker nothing migrates.
     *
     * @param workers at least 1
     * @return nanoseconds
     */
    public double estimate(int workers) {
        return workers == 1 ? work : work / workers + BURDEN_WEIGHT * burdenedSpan;
    }

    /**
     * These numbers in another unit of time.
     *
     * @param factor what times are multiplied by; the burden is not known any more and scales, too
     * @return the scaled numbers
     */
    public WorkSpan scaled(double factor) {
        return new WorkSpan(work * factor, span * factor, burdenedSpan * factor, forks);
    }

    /**
     * Work and span of a graph.
     *
     * @param root its first task
     * @param burdenNanos cost of a migration
     * @return its numbers
     */
    public static WorkSpan of(TaskNode root, double burdenNanos) {
        double work = 0;
        double path = 0;
        double burdened = 0;
        long forks = 0;
        Map<TaskNode, double[]> ends = new IdentityHashMap<>();
        for (TaskNode.Step step : root.steps()) {
            work += step.nanos();
            path += step.nanos();
            burdened += step.nanos();
            if (step.fork()) {
                WorkSpan child = of(step.child(), burdenNanos);
                work += child.work;
                forks += 1 + child.forks;
                double[] end = {path + child.span, burdened + burdenNanos + child.burdenedSpan};
                ends.put(step.child(), end);
            } else {
                double[] end = ends.remove(step.child());
                if (end == null) {
                    throw new IllegalArgumentException("a task was joined that was not forked");
                }
                path = Math.max(path, end[0]);
                burdened = Math.max(burdened, end[1]);
            }
        }
        path += root.tailNanos();
        burdened += root.tailNanos();
        for (double[] end : ends.values()) { // never joined: it ends before the computation does
            path = Math.max(path, end[0]);
            burdened = Math.max(burdened, end[1]);
        }
        return new WorkSpan(work + root.tailNanos(), path, burdened, forks);
    }
}
