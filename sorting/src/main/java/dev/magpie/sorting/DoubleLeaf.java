package dev.magpie.sorting;

/**
 * The sequential stable sort of a leaf: a recursive merge sort, in which array and buffer change
 * roles at each level, over insertion-sorted blocks. Stateless.
 */
final class DoubleLeaf {

    private DoubleLeaf() {}

    /**
     * Sorts a range. When the comparator throws, all elements are in the array, in some order.
     *
     * @param array what to sort
     * @param buffer its range that corresponds is overwritten
     * @param shift index in {@code buffer} of the element at index 0 of {@code array}
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @param intoBuffer whether the result is wanted in the buffer
     * @param order compares
     */
    static void sort(
            double[] array,
            double[] buffer,
            int shift,
            int from,
            int to,
            boolean intoBuffer,
            DoubleComparator order) {
        if (to - from <= DoubleInPlace.BLOCK) {
            DoubleInPlace.insertionSort(array, from, to, order);
            if (intoBuffer) {
                System.arraycopy(array, from, buffer, from + shift, to - from);
            }
            return;
        }
        int middle = (from + to) >>> 1;
        sort(array, buffer, shift, from, middle, !intoBuffer, order);
        sort(array, buffer, shift, middle, to, !intoBuffer, order);
        if (intoBuffer) {
            DoubleMerges.merge(array, from, middle, middle, to, buffer, from + shift, order);
        } else {
            mergeBack(array, buffer, shift, from, middle, to, order);
        }
    }

    /** Merges into the array; only this can leave it with some elements twice and others not. */
    private static void mergeBack(
            double[] array,
            double[] buffer,
            int shift,
            int from,
            int middle,
            int to,
            DoubleComparator order) {
        int start = from + shift;
        int center = middle + shift;
        try {
            DoubleMerges.merge(buffer, start, center, center, to + shift, array, from, order);
        } catch (Throwable thrown) {
            System.arraycopy(buffer, start, array, from, to - from);
            throw thrown;
        }
    }
}
