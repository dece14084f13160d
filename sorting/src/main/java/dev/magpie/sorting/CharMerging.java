package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted arrays into a new one: copies them side by side, and sorts by counting, which reads
 * and writes each element once, however many arrays there are.
 */
final class CharMerging implements SortSteps {

    private final char[][] sorted;
    private final char[] target;
    private final SortPlan plan;
    private @Nullable CharSort counting;

    private CharMerging(char[][] sorted, char[] target, SortPlan plan) {
        this.sorted = sorted;
        this.target = target;
        this.plan = plan;
    }

    /** A new array with all elements, in the order of the plan, in which each of them is. */
    static char[] merge(char[][] sorted, SortPlan plan) {
        int size = 0;
        for (char[] run : sorted) {
            size = Math.addExact(size, run.length);
        }
        char[] target = new char[size];
        CharMerging steps = new CharMerging(sorted, target, plan);
        if (plan.isShort(size)) {
            steps.copies().forEach(Runnable::run);
            CharSort.sort(target, 0, size, plan);
        } else {
            plan.run(
                    plan.descending() ? new CharReversed(steps, target, 0, size, plan) : steps,
                    size);
        }
        return target;
    }

    @Override
    public List<Runnable> next() {
        CharSort steps = counting;
        if (steps == null) {
            counting = new CharSort(target, 0, target.length, plan);
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
        for (char[] run : sorted) {
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
    private void copy(char[] run, int start, int end, int place) {
        for (int i = Math.max(1, start); i < end; i++) {
            int order = Character.compare(run[i - 1], run[i]);
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
