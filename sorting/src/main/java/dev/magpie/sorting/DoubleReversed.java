package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.List;

/** A sort in descending order: one in ascending order, and then the elements change places. */
final class DoubleReversed implements SortSteps {

    private final SortSteps ascending;
    private final double[] array;
    private final int from;
    private final int to;
    private final int partLength;
    private boolean reversed;

    DoubleReversed(SortSteps ascending, double[] array, int from, int to, SortPlan plan) {
        this.ascending = ascending;
        this.array = array;
        this.from = from;
        this.to = to;
        this.partLength = plan.partLength(to - from);
    }

    @Override
    public List<Runnable> next() {
        if (reversed) {
            return List.of();
        }
        List<Runnable> step = ascending.next();
        if (step.isEmpty()) {
            reversed = true;
            return reversals();
        }
        return step;
    }

    @Override
    public int passes() {
        return ascending.passes() + 1;
    }

    @Override
    public void restore() {
        if (!reversed) {
            ascending.restore();
        } // else elements have changed places, each pair by one part
    }

    private List<Runnable> reversals() {
        List<Runnable> parts = new ArrayList<>();
        int half = (to - from) / 2;
        for (int first = 0; first < half; first += Math.min(partLength, half - first)) {
            int low = from + first;
            int end = low + Math.min(partLength, half - first);
            parts.add(() -> reverse(array, low, end, from + to - 1));
        }
        return parts;
    }

    /** Changes the elements of a range with those opposite, where both indexes have one sum. */
    static void reverse(double[] array, int start, int end, int sum) {
        for (int i = start; i < end; i++) {
            var value = array[i];
            array[i] = array[sum - i];
            array[sum - i] = value;
        }
    }
}
