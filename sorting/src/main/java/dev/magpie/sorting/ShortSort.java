package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A counting sort: each part counts its values, and then each part of the result is filled from the
 * sums. The array is not written before all is counted.
 */
final class ShortSort implements SortSteps {

    private static final int LOWEST = Short.MIN_VALUE;

    private static final int VALUES = 1 << Short.SIZE;

    private final short[] array;
    private final int from;
    private final int size;
    private final int partLength;
    private final int[][] counts;

    /** How many elements are less than a value. */
    private final int[] starts = new int[VALUES + 1];

    private Step step = Step.COUNT;

    private enum Step {
        COUNT,
        FILL,
        DONE
    }

    ShortSort(short[] array, int from, int to, SortPlan plan) {
        this.array = array;
        this.from = from;
        this.size = to - from;
        // few parts, since each has counters of its own
        this.partLength = Math.max(plan.grain().chunk(), size / (2 * plan.workers()) + 1);
        this.counts = new int[(size - 1) / partLength + 1][];
    }

    /** Sorts the range. */
    static void sort(short[] array, int from, int to, SortPlan plan) {
        if (plan.isShort(to - from)) {
            plan.alone(to - from, () -> sortAlone(array, from, to, plan.descending()));
        } else {
            ShortSort sort = new ShortSort(array, from, to, plan);
            plan.run(
                    plan.descending() ? new ShortReversed(sort, array, from, to, plan) : sort,
                    to - from);
        }
    }

    private static void sortAlone(short[] array, int from, int to, boolean descending) {
        Arrays.sort(array, from, to);
        if (descending) {
            ShortReversed.reverse(array, from, from + (to - from) / 2, from + to - 1);
        }
    }

    @Override
    public List<Runnable> next() {
        List<Runnable> parts = new ArrayList<>();
        switch (step) {
            case COUNT:
                for (int i = 0; i < counts.length; i++) {
                    int part = i;
                    parts.add(() -> counts[part] = count(start(part), start(part + 1)));
                }
                step = Step.FILL;
                break;
            case FILL:
                sum();
                for (int i = 0; i < counts.length; i++) {
                    int part = i;
                    parts.add(() -> fill(start(part), start(part + 1)));
                }
                step = Step.DONE;
                break;
            default:
                break;
        }
        return parts;
    }

    @Override
    public int passes() {
        return 2;
    }

    @Override
    public void restore() {
        if (step == Step.DONE) {
            fill(0, size);
        }
    }

    private int start(int part) {
        return (int) Math.min(size, (long) part * partLength);
    }

    private int[] count(int start, int end) {
        int[] count = new int[VALUES];
        for (int i = from + start; i < from + end; i++) {
            count[array[i] - LOWEST]++;
        }
        return count;
    }

    private void sum() {
        for (int value = 0; value < VALUES; value++) {
            int sum = starts[value];
            for (int[] count : counts) {
                sum += count[value];
            }
            starts[value + 1] = sum;
        }
    }

    /** Writes a part of the result. */
    private void fill(int start, int end) {
        int found = Arrays.binarySearch(starts, start);
        int value = found < 0 ? -found - 2 : found;
        int next = start;
        while (next < end) {
            int last = Math.min(end, starts[value + 1]);
            if (last > next) {
                Arrays.fill(array, from + next, from + last, (short) (value + LOWEST));
                next = last;
            }
            value++;
        }
    }
}
