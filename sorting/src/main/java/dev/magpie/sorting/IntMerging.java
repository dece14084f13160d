package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges sorted arrays into a new one: copies them side by side, and merges these runs. */
final class IntMerging implements SortSteps {

    private final int[][] sorted;
    private final int[] target;
    private final int[] bounds; // of the runs in the target; none is empty
    private final SortPlan plan;

    private int[] buffer = {};
    private @Nullable SortSteps merges;
    private boolean tiesAreDue;

    private IntMerging(int[][] sorted, int[] target, int[] bounds, SortPlan plan) {
        this.sorted = sorted;
        this.target = target;
        this.bounds = bounds;
        this.plan = plan;
    }

    /** A new array with all elements, in the order of the plan, in which each of them is. */
    static int[] merge(int[][] sorted, SortPlan plan) {
        int[][] runs = nonEmpty(sorted);
        int[] bounds = new int[runs.length + 1];
        for (int i = 0; i < runs.length; i++) {
            bounds[i + 1] = Math.addExact(bounds[i], runs[i].length);
        }
        int size = bounds[runs.length];
        int[] target = new int[size];
        if (size == 0) {
            plan.alone(0, () -> {}); // which ends and is stopped as any other
        } else {
            IntMerging steps = new IntMerging(runs, target, bounds, plan);
            try {
                plan.run(
                        plan.descending() ? new IntReversed(steps, target, 0, size, plan) : steps,
                        size);
            } finally {
                plan.workspace().ints.giveBack(steps.buffer);
            }
        }
        return target;
    }

    private static int[][] nonEmpty(int[][] sorted) {
        List<int[]> runs = new ArrayList<>();
        for (int[] run : sorted) {
            if (run.length > 0) {
                runs.add(run);
            }
        }
        return runs.toArray(new int[0][]);
    }

    @Override
    public List<Runnable> next() {
        SortSteps steps = merges;
        if (steps == null) {
            merges = choose();
            tiesAreDue = true;
            return copies();
        }
        List<Runnable> ties = tiesAreDue ? ties() : List.of();
        tiesAreDue = false;
        return ties.isEmpty() ? steps.next() : ties;
    }

    /** Runs are merged by their keys, but were looked at by what may take these for equal. */
    private List<Runnable> ties() {
        List<Runnable> ties = new ArrayList<>();
        for (int i = 1; i < bounds.length; i++) {
            int start = bounds[i - 1];
            int end = bounds[i];
            if (IntKeys.mayTie(target[end - 1])) {
                ties.add(() -> IntKeys.sortTies(target, start, end));
            }
        }
        return ties;
    }

    private SortSteps choose() {
        int workers = plan.workers();
        try {
            buffer = plan.workspace().ints.take(sorted.length == 1 ? 0 : target.length);
        } catch (OutOfMemoryError noBuffer) {
            return new IntQuickSort(target, 0, target.length, workers, plan.grain());
        }
        return IntMergePasses.merging(target, 0, buffer, bounds, workers, plan.grain());
    }

    @Override
    public int passes() {
        return merges == null ? 1 : 1 + merges.passes();
    }

    @Override
    public void restore() {
        // nobody sees the target
    }

    private List<Runnable> copies() {
        List<Runnable> copies = new ArrayList<>();
        int partLength = plan.partLength(target.length);
        for (int i = 0; i < sorted.length; i++) {
            int run = i;
            int length = sorted[i].length;
            for (int next = 0; next < length; next += Math.min(partLength, length - next)) {
                int start = next;
                int end = start + Math.min(partLength, length - start);
                copies.add(() -> copy(run, start, end));
            }
        }
        return copies;
    }

    /** Copies a part of a run, from its end if the order is descending, and looks at its order. */
    private void copy(int run, int start, int end) {
        int[] source = sorted[run];
        for (int i = start; i < end; i++) {
            if (i > 0) {
                int order = Integer.compare(source[i - 1], source[i]);
                if (plan.descending() ? order < 0 : order > 0) {
                    throw new IllegalArgumentException(
                            "arrays must be sorted, but one of length "
                                    + source.length
                                    + " has "
                                    + source[i - 1]
                                    + " before "
                                    + source[i]
                                    + " at index "
                                    + i);
                }
            }
            int place = plan.descending() ? source.length - 1 - i : i;
            target[bounds[run] + place] = source[i];
        }
    }
}
