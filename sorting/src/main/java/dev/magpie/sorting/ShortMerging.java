package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted arrays into a new one: copies them side by side, and sorts by counting, which reads
 * and writes each element once, however many arrays there are.
 */
final class ShortMerging implements SortSteps {

    private final short[][] sorted;
    private final short[] target;
    private final SortPlan plan;
    private @Nullable ShortSort counting;

    private ShortMerging(short[][] sorted, short[] target, SortPlan plan) {
        this.sorted = sorted;
        this.target = target;
        this.plan = plan;
    }

    /** A new array with all elements, in the order of the plan, in which each of them is. */
    static short[] merge(short[][] sorted, SortPlan plan) {
        int size = 0;
        for (short[] run : sorted) {
            size = Math.addExact(size, run.length);
        }
        short[] target = new short[size];
        ShortMerging steps = new ShortMerging(sorted, target, plan);
        if (plan.isShort(size)) {
            steps.copies().forEach(Runnable::run);
            ShortSort.sort(target, 0, size, plan);
        } else {
            plan.run(
                    plan.descending() ? new ShortReversed(steps, target, 0, size, plan) : steps,
                    size);
        }
        return target;
    }

    @Override
    public List<Runnable> next() {
        ShortSort steps = counting;
        if (steps == null) {
            counting = new ShortSort(target, 0, target.length, plan);
            return copies();
        }
        return steps.next();
    }

    @Override
    public int passes() {
        return counting == null ? 1 : 1 + counting.passes();
    }

    @Override
    public void restore() {
        // nobody sees the target
    }

    private List<Runnable> copies() {
        List<Runnable> copies = new ArrayList<>();
        int partLength = plan.partLength(target.length);
        int first = 0;
        for (short[] run : sorted) {
            int place = first;
            for (int next = 0; next < run.length; next += Math.min(partLength, run.length - next)) {
                int start = next;
                int end = start + Math.min(partLength, run.length - start);
                copies.add(() -> copy(run, start, end, place));
            }
            first += run.length;
        }
        return copies;
    }

    /** Copies a part of a run, and looks at its order. */
    private void copy(short[] run, int start, int end, int place) {
        for (int i = Math.max(1, start); i < end; i++) {
            int order = Short.compare(run[i - 1], run[i]);
            if (plan.descending() ? order < 0 : order > 0) {
                throw new IllegalArgumentException(
                        "arrays must be sorted, but one of length "
                                + run.length
                                + " has "
                                + run[i - 1]
                                + " before "
                                + run[i]
                                + " at index "
                                + i);
            }
        }
        System.arraycopy(run, start, target, place + start, end - start);
    }
}
