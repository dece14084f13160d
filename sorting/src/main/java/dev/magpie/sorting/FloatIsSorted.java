package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.List;

/** Whether a range ascends, or descends, looked at part by part; all stop where it does not. */
final class FloatIsSorted implements SortSteps {

    private final float[] array;
    private final int from;
    private final int to;
    private final boolean descending;
    private final int partLength;
    private boolean looked;
    private volatile boolean sorted = true;

    FloatIsSorted(float[] array, int from, int to, boolean descending, SortPlan plan) {
        this.array = array;
        this.from = from;
        this.to = to;
        this.descending = descending;
        this.partLength = Math.max(plan.grain().chunk(), plan.partLength(to - from));
    }

    static boolean isSorted(float[] array, int from, int to, SortPlan plan) {
        FloatIsSorted steps = new FloatIsSorted(array, from, to, plan.descending(), plan);
        plan.run(steps, to - from);
        return steps.isSorted();
    }

    /** After the last step. */
    boolean isSorted() {
        return sorted;
    }

    @Override
    public List<Runnable> next() {
        List<Runnable> parts = new ArrayList<>();
        if (!looked) {
            looked = true;
            for (int start = from; start < to; start += Math.min(partLength, to - start)) {
                int first = Math.max(start, from + 1);
                int end = start + Math.min(partLength, to - start);
                parts.add(() -> look(first, end));
            }
        }
        return parts;
    }

    @Override
    public int passes() {
        return 1;
    }

    @Override
    public void restore() {
        // nothing is written
    }

    private void look(int start, int end) {
        for (int i = start; i < end && sorted; i++) {
            int order = Float.compare(array[i - 1], array[i]);
            if (descending ? order < 0 : order > 0) {
                sorted = false;
            }
        }
    }
}
