package dev.magpie.sorting;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sort of one range: looks for natural runs, then merges them, or sorts by merging or by
 * digits, as the algorithm and a sample say. Where there is no memory for a buffer it sorts in
 * place.
 */
final class LongSort implements SortSteps {

    private final long[] array;
    private final int from;
    private final int to;
    private final SortPlan plan;
    private final LongRuns runs;

    private boolean begun;
    private boolean hasRuns;
    private boolean sampled;
    private @Nullable LongSample sample;
    private @Nullable LongCountingSort counting;
    private long[] buffer = {};
    private @Nullable SortSteps chosen;

    LongSort(long[] array, int from, int to, SortPlan plan) {
        this.array = array;
        this.from = from;
        this.to = to;
        this.plan = plan;
        this.runs = new LongRuns(array, from, to, plan.workers(), plan.grain());
    }

    /** Sorts the range. */
    static void sort(long[] array, int from, int to, SortPlan plan) {
        if (plan.isShort(to - from)) {
            plan.alone(to - from, () -> sortAlone(array, from, to, plan.descending()));
        } else {
            LongSort sort = new LongSort(array, from, to, plan);
            if (sort.isSorted()) {
                plan.alone(to - from, () -> reverse(array, from, to, plan.descending()));
            } else if (sort.isLeft()) {
                plan.alone(to - from, () -> sortAlone(array, from, to, plan.descending()));
            } else {
                sort.run(sort.isQuick());
            }
        }
    }

    private void run(boolean alone) {
        SortSteps steps = plan.descending() ? new LongReversed(this, array, from, to, plan) : this;
        try {
            if (alone) {
                plan.runAlone(steps, to - from);
            } else {
                plan.run(steps, to - from);
            }
        } finally {
            giveBack();
        }
    }

    private static void sortAlone(long[] array, int from, int to, boolean descending) {
        Arrays.sort(array, from, to);
        reverse(array, from, to, descending);
    }

    private static void reverse(long[] array, int from, int to, boolean descending) {
        if (descending) {
            LongReversed.reverse(array, from, from + (to - from) / 2, from + to - 1);
        }
    }

    /** Called when the last step has ended, or will not be made. */
    void giveBack() {
        plan.workspace().longs.giveBack(buffer);
    }

    /** Whether it ascends, which is looked at here and now if the range is short. */
    private boolean isSorted() {
        begun = true;
        hasRuns = runs.isOneAtALook() || !vectorsAreBest() && !runs.areManyAtStart();
        return hasRuns && runs.ascendsAtALook();
    }

    /** Whether nothing that takes more than a look or a count is faster than the JDK's sort. */
    private boolean vectorsAreBest() {
        return SortPlan.VECTORS && mayBeLeft() && to - from <= plan.grain().forVectors();
    }

    private boolean mayBeLeft() {
        return plan.algorithm() == Algorithm.AUTO && !plan.control().isStoppable();
    }

    /** Whether no pass of ours, or none of several threads, is faster than the JDK's sort. */
    private boolean isLeft() {
        if (hasRuns || !mayBeLeft()) {
            return false;
        }
        boolean rivals = SortPlan.VECTORS || to - from <= plan.grain().lookAlone();
        return rivals && sample().isDominated()
                || vectorsAreBest() && !LongCountingSort.areClose(sample(), to - from);
    }

    /** Whether it takes no longer than waking a worker. */
    private boolean isQuick() {
        return to - from <= plan.grain().lookAlone() && (runs.areFew() || counting() != null);
    }

    private LongSample sample() {
        LongSample known = sample;
        if (known == null) {
            known = new LongSample(array, from, to - from);
            sample = known;
        }
        return known;
    }

    @Override
    public List<Runnable> next() {
        if (!begun && isSorted()) {
            return List.of();
        }
        List<Runnable> step = hasRuns ? runs.next() : List.of();
        if (step.isEmpty()) {
            step = nextOfCounting();
        }
        return step.isEmpty() ? afterAll() : step;
    }

    private List<Runnable> nextOfCounting() {
        LongCountingSort steps = runs.bounds() == null ? counting() : null;
        return steps == null ? List.of() : steps.next();
    }

    private @Nullable LongCountingSort counting() {
        if (!sampled && plan.algorithm() == Algorithm.AUTO) {
            sampled = true;
            counting =
                    LongCountingSort.of(
                            array, from, to - from, plan.partLength(to - from), sample());
        }
        return counting;
    }

    private List<Runnable> afterAll() {
        if (counting != null && counting.isSorted()) {
            return List.of();
        }
        if (chosen == null) {
            chosen = choose();
        }
        return chosen.next();
    }

    @Override
    public int passes() {
        return 1
                + (counting == null ? 0 : counting.passes())
                + (chosen == null ? 0 : chosen.passes());
    }

    @Override
    public void restore() {
        if (counting != null) {
            counting.restore();
        }
        if (chosen != null) {
            chosen.restore();
        }
    }

    private SortSteps choose() {
        int workers = plan.workers();
        Grain grain = plan.grain();
        int[] bounds = runs.bounds();
        Algorithm algorithm = plan.algorithm();
        boolean dominated = algorithm == Algorithm.AUTO && bounds == null && sample().isDominated();
        int leaves =
                vectorsAreBest()
                        ? 1
                        : grain.leaves(to - from, workers, plan.control().isStoppable());
        boolean merging = algorithm == Algorithm.MERGE || dominated || vectorsAreBest();
        boolean inPlace = bounds != null ? bounds.length == 2 : merging && leaves == 1;
        if (!inPlace) {
            try {
                buffer = plan.workspace().longs.take(to - from);
            } catch (OutOfMemoryError noBuffer) {
                return new LongQuickSort(array, from, to, workers, grain);
            }
        }
        if (bounds != null) {
            return LongMergePasses.merging(array, from, buffer, bounds, workers, grain);
        }
        if (merging) {
            return LongMergePasses.sorting(array, from, to, buffer, leaves, workers, grain);
        }
        return new LongRadixPasses(array, from, to, buffer, workers, grain);
    }
}
