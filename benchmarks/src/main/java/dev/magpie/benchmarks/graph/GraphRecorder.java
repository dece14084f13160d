package dev.magpie.benchmarks.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records a computation of {@link RecordedTask}s that runs depth first in one thread. Work and span
 * are of every strand; the graph that is kept merges subtrees shorter than the grain, neighbours of
 * them into one task about as long as the grain, so that it stays small and as parallel as before.
 *
 * <p>A computation may be recorded again by the same recorder, if it forks and joins the same each
 * time: then every strand has the shortest of its times, and what interrupted one run is not in the
 * graph. Not thread-safe.
 */
public final class GraphRecorder {

    private final LongSupplier clock;
    private final double clockNanos;
    private final double grainNanos;
    private final double burdenNanos;
    private final List<Frame> frames = new ArrayList<>();

    private float[] shortest = new float[1 << 10]; // of each strand, over all runs
    private int known; // strands of earlier runs
    private int strands; // of this run
    private int depth;
    private long last;

    /**
     * A recorder.
     *
     * @param grainNanos the shortest task that is kept, at least 0
     * @param burdenNanos cost of a migration, for the burdened span
     */
    public GraphRecorder(double grainNanos, double burdenNanos) {
        this(System::nanoTime, Calibration.NANOS_PER_EVENT, grainNanos, burdenNanos);
    }

    /** With a clock and the cost of an event, which is taken off each strand. */
    GraphRecorder(LongSupplier clock, double clockNanos, double grainNanos, double burdenNanos) {
        this.clock = clock;
        this.clockNanos = clockNanos;
        this.grainNanos = grainNanos;
        this.burdenNanos = burdenNanos;
    }

    /**
     * Runs and records a computation.
     *
     * @param task its first task, made with this recorder
     * @param <T> its result
     * @return what was recorded
     * @throws IllegalStateException if it has more or fewer strands than in an earlier run
     */
    public <T> Recording<T> record(RecordedTask<T> task) {
        depth = 0;
        strands = 0;
        push();
        last = clock.getAsLong();
        T result = task.compute();
        Frame root = top();
        advance(root);
        root.end();
        if (known > 0 && known != strands) {
            throw new IllegalStateException(
                    "a computation recorded again must have as many strands, had "
                            + known
                            + " and "
                            + strands);
        }
        known = strands;
        return new Recording<>(
                result,
                new TaskGraph(
                        root.builder.build(),
                        new WorkSpan(root.work, root.path, root.burdened, root.forks)));
    }

    /**
     * A recorded run.
     *
     * @param result what it computed
     * @param graph its tasks
     * @param <T> of the result
     */
    public record Recording<T>(T result, TaskGraph graph) {}

    /** A fork: what follows is of the child, until it leaves. */
    void enter() {
        advance(top());
        push();
    }

    /** The child ends: what follows is of its parent. */
    Forked leave() {
        Frame child = top();
        advance(child);
        child.end();
        depth--;
        return top().fork(child);
    }

    void join(Forked child) {
        Frame frame = top();
        advance(frame);
        frame.join(child);
    }

    private void advance(Frame frame) {
        long now = clock.getAsLong();
        frame.compute(shortest((float) Math.max(0, now - last - clockNanos)));
        last = now;
    }

    private double shortest(float nanos) {
        if (strands == shortest.length) {
            shortest = Arrays.copyOf(shortest, 2 * strands);
        }
        float least = strands < known ? Math.min(shortest[strands], nanos) : nanos;
        shortest[strands++] = least;
        return least;
    }

    private Frame top() {
        return frames.get(depth - 1);
    }

    private void push() {
        if (frames.size() == depth) {
            frames.add(new Frame());
        }
        frames.get(depth++).clear();
    }

    /** A forked child, for its join. */
    static final class Forked {
        private final double end;
        private final double burdenedEnd;
        private final Kept kept;

        private Forked(double end, double burdenedEnd, Kept kept) {
            this.end = end;
            this.burdenedEnd = burdenedEnd;
            this.kept = kept;
        }
    }

    /** Where a child went: a task of its own, or together with its neighbours. */
    private static final class Kept {
        private double nanos;
        private @Nullable TaskNode node; // null until it is forked in the kept graph
        private boolean settled; // joined, or part of its parent's strand
    }

    /** A task that has begun and not ended. */
    private final class Frame {
        private TaskNode.Builder builder = new TaskNode.Builder();
        private double work;
        private double path;
        private double burdened;
        private double latestEnd; // of children that may never be joined
        private double latestBurdenedEnd;
        private long forks;
        private @Nullable Kept bundle; // short children since the last long one

        void clear() {
            builder = new TaskNode.Builder();
            work = 0;
            path = 0;
            burdened = 0;
            latestEnd = 0;
            latestBurdenedEnd = 0;
            forks = 0;
            bundle = null;
        }

        void compute(double nanos) {
            work += nanos;
            path += nanos;
            burdened += nanos;
            builder.compute(nanos);
        }

        void end() {
            path = Math.max(path, latestEnd);
            burdened = Math.max(burdened, latestBurdenedEnd);
            if (bundle != null) {
                inline(bundle);
            }
        }

        Forked fork(Frame child) {
            double end = path + child.path;
            double burdenedEnd = burdened + burdenNanos + child.burdened;
            latestEnd = Math.max(latestEnd, end);
            latestBurdenedEnd = Math.max(latestBurdenedEnd, burdenedEnd);
            work += child.work;
            forks += 1 + child.forks;
            return new Forked(end, burdenedEnd, keep(child));
        }

        private Kept keep(Frame child) {
            if (child.work >= grainNanos) {
                Kept kept = new Kept();
                fork(kept, child.builder.build());
                return kept;
            }
            Kept kept = bundle == null ? new Kept() : bundle;
            kept.nanos += child.work;
            bundle = kept;
            if (kept.nanos >= grainNanos) {
                fork(kept, TaskNode.leaf(kept.nanos));
                bundle = null;
            }
            return kept;
        }

        private void fork(Kept kept, TaskNode node) {
            kept.node = node;
            builder.fork(node);
        }

        void join(Forked child) {
            path = Math.max(path, child.end);
            burdened = Math.max(burdened, child.burdenedEnd);
            Kept kept = child.kept;
            if (kept.settled) {
                return;
            }
            if (kept.node != null) {
                builder.join(kept.node);
                kept.settled = true;
            } else {
                inline(kept);
            }
        }

        private void inline(Kept kept) {
            builder.compute(kept.nanos);
            kept.settled = true;
            bundle = null;
        }
    }

    /** What recording an event costs, measured once. */
    private static final class Calibration {

        private static final int RUNS = 40;
        private static final int CHILDREN = 10_000;
        private static final int EVENTS_A_CHILD = 3;

        static final double NANOS_PER_EVENT = measure();

        /** The least of many runs: what disturbs a run makes it longer. */
        private static double measure() {
            double least = Double.MAX_VALUE;
            for (int run = 0; run < RUNS; run++) {
                GraphRecorder recorder = new GraphRecorder(System::nanoTime, 0, 1e9, 0);
                long start = System.nanoTime();
                Object unused = recorder.record(new Family(recorder));
                double nanos = System.nanoTime() - start;
                least = Math.min(least, nanos / ((double) CHILDREN * EVENTS_A_CHILD));
            }
            return least;
        }

        /** Many children that do nothing. */
        private static final class Family extends RecordedTask<Integer> {

            Family(GraphRecorder recorder) {
                super(recorder);
            }

            @Override
            protected Integer compute() {
                int sum = 0;
                for (int i = 0; i < CHILDREN; i++) {
                    Child child = new Child(recorder);
                    child.fork();
                    sum += child.join();
                }
                return sum;
            }
        }

        private static final class Child extends RecordedTask<Integer> {

            Child(GraphRecorder recorder) {
                super(recorder);
            }

            @Override
            protected Integer compute() {
                return 1;
            }
        }
    }
}
