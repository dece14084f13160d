package dev.magpie.sorting;

import java.util.Comparator;

/**
 * Stable sorting and merging without a buffer, sequentially: sorted blocks, merged by SymMerge (Kim
 * and Kutzner, "Stable Minimum Storage Merging by Symmetric Comparisons", ESA 2004, DOI
 * 10.1007/978-3-540-30140-0_63). Stateless. No element is ever out of the array while a comparator
 * is called, so that it is a permutation whatever the comparator does.
 */
final class ObjectInPlace {

    /** Up to this length insertion is faster than merging. */
    static final int BLOCK = 20;

    private ObjectInPlace() {}

    /** Sorts a range: insertion-sorted blocks, then merges of neighbours, twice as long each. */
    static void sort(Object[] array, int from, int to, Comparator<Object> order) {
        int size = to - from;
        for (int left = size; left > 0; left -= BLOCK) { // counts down: no overflow at 2^31
            insertionSort(array, to - left, to - left + Math.min(left, BLOCK), order);
        }
        for (long width = BLOCK; width < size; width *= 2) {
            for (long start = 0; start + width < size; start += 2 * width) {
                int middle = (int) (from + start + width);
                int end = (int) (from + Math.min(size, start + 2 * width));
                merge(array, (int) (from + start), middle, end, order);
            }
        }
    }

    /** Sorts a short range by binary insertion. */
    static void insertionSort(Object[] array, int from, int to, Comparator<Object> order) {
        for (int next = from + 1; next < to; next++) {
            var value = array[next];
            if (order.compare(array[next - 1], value) > 0) {
                int place = upperBound(array, from, next - 1, value, order);
                System.arraycopy(array, place, array, place + 1, next - place);
                array[place] = value;
            }
        }
    }

    /** Merges two neighbouring ascending runs, both not empty. */
    static void merge(Object[] array, int from, int middle, int to, Comparator<Object> order) {
        if (order.compare(array[middle - 1], array[middle]) <= 0) {
            return;
        }
        if (middle - from == 1) {
            int place = lowerBound(array, middle, to, array[from], order);
            rotate(array, from, middle, place);
        } else if (to - middle == 1) {
            int place = upperBound(array, from, middle, array[middle], order);
            rotate(array, place, middle, to);
        } else {
            int center = (from + to) >>> 1;
            int start = exchange(array, from, middle, to, order);
            int end = center + middle - start;
            if (from < start && start < center) {
                merge(array, from, start, center, order);
            }
            if (center < end && end < to) {
                merge(array, center, end, to, order);
            }
        }
    }

    /**
     * The symmetric step of a merge: exchanges a suffix of the left run with a prefix of the right
     * one so that nothing left of the range's center belongs to the right of it. Then two smaller
     * merges are left, which do not touch each other: {@code from, start, center} and {@code
     * center, center + middle - start, to}.
     *
     * @return the start
     */
    static int exchange(Object[] array, int from, int middle, int to, Comparator<Object> order) {
        int center = (from + to) >>> 1;
        int sum = center + middle;
        int start = middle > center ? sum - to : from;
        int bound = Math.min(middle, center);
        while (start < bound) {
            int probe = (start + bound) >>> 1;
            if (order.compare(array[probe], array[sum - 1 - probe]) <= 0) {
                start = probe + 1;
            } else {
                bound = probe;
            }
        }
        rotate(array, start, middle, sum - start);
        return start;
    }

    /** The first index of an ascending run whose element comes after the value. */
    private static int upperBound(
            Object[] array, int from, int to, Object value, Comparator<Object> order) {
        int low = from;
        int high = to;
        while (low < high) {
            int probe = (low + high) >>> 1;
            if (order.compare(value, array[probe]) < 0) {
                high = probe;
            } else {
                low = probe + 1;
            }
        }
        return low;
    }

    /** The first index of an ascending run whose element does not come before the value. */
    private static int lowerBound(
            Object[] array, int from, int to, Object value, Comparator<Object> order) {
        int low = from;
        int high = to;
        while (low < high) {
            int probe = (low + high) >>> 1;
            if (order.compare(array[probe], value) < 0) {
                low = probe + 1;
            } else {
                high = probe;
            }
        }
        return low;
    }

    /** Exchanges two neighbouring ranges, of which one may be empty. */
    private static void rotate(Object[] array, int from, int middle, int to) {
        if (from < middle && middle < to) {
            mirror(array, from, (from + middle) >>> 1, from + middle - 1);
            mirror(array, middle, (middle + to) >>> 1, middle + to - 1);
            mirror(array, from, (from + to) >>> 1, from + to - 1);
        }
    }

    /** Swaps each element of a range with the one whose index adds up with its own to a sum. */
    static void mirror(Object[] array, int from, int to, int sum) {
        for (int i = from; i < to; i++) {
            var value = array[i];
            array[i] = array[sum - i];
            array[sum - i] = value;
        }
    }
}
