package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A quicksort in place, for want of memory: each step splits all ranges that are too long for one
 * core, in parallel, each by one worker; the last one sorts them.
 */
final class FloatQuickSort implements SortSteps {

    private static final int PARTS_PER_WORKER = 4;

    private final float[] array;
    private final int longest;
    private int splits;
    private boolean sorted;

    /** Bounds of the ranges, each after the one before. */
    private List<Range> ranges = new ArrayList<>();

    private static final class Range {
        final int from;
        final int to;
        int middle; // where it was split

        Range(int from, int to) {
            this.from = from;
            this.to = to;
            this.middle = to;
        }
    }

    FloatQuickSort(float[] array, int from, int to, int workers, Grain grain) {
        this.array = array;
        this.longest = Math.max(grain.leaf(), (to - from) / (PARTS_PER_WORKER * workers));
        this.splits = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros((to - from) / longest));
        ranges.add(new Range(from, to));
    }

    @Override
    public List<Runnable> next() {
        divide();
        List<Runnable> parts = new ArrayList<>();
        if (splits > 0) {
            splits--;
            for (Range range : ranges) {
                if (range.to - range.from > longest) {
                    parts.add(() -> range.middle = split(range.from, range.to));
                }
            }
        }
        if (parts.isEmpty() && !sorted) {
            sorted = true;
            for (Range range : ranges) {
                parts.add(() -> Arrays.sort(array, range.from, range.to));
            }
        }
        return parts;
    }

    @Override
    public int passes() {
        return splits / 2 + 1;
    }

    @Override
    public void restore() {
        // elements only change places, each pair by one part
    }

    private void divide() {
        List<Range> divided = new ArrayList<>();
        for (Range range : ranges) {
            divided.add(new Range(range.from, range.middle));
            if (range.middle < range.to) {
                divided.add(new Range(range.middle, range.to));
            }
        }
        ranges = divided;
    }

    /** Hoare's partition by the median of a sample; elements that equal it go to either side. */
    private int split(int from, int to) {
        var pivot = new FloatSample(array, from, to - from).median();
        int low = from;
        int high = to - 1;
        while (low <= high) {
            while (FloatKeys.key(array[low]) < pivot) {
                low++;
            }
            while (FloatKeys.key(array[high]) > pivot) {
                high--;
            }
            if (low <= high) {
                var value = array[low];
                array[low++] = array[high];
                array[high--] = value;
            }
        }
        return low;
    }
}
