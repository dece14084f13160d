package dev.magpie.sorting;

import java.util.Arrays;
import java.util.Comparator;

/** The sequential stable sort of a leaf of objects: TimSort, made safe. Stateless. */
final class ObjectLeaf {

    private ObjectLeaf() {}

    /**
     * Sorts a range. TimSort loses elements when its comparator throws while it merges; so one copy
     * of the range stays as it was. When the comparator throws, all elements are in the array.
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
            Object[] array,
            Object[] buffer,
            int shift,
            int from,
            int to,
            boolean intoBuffer,
            Comparator<Object> order) {
        System.arraycopy(array, from, buffer, from + shift, to - from);
        if (intoBuffer) {
            Arrays.sort(buffer, from + shift, to + shift, order);
            return;
        }
        try {
            Arrays.sort(array, from, to, order);
        } catch (Throwable thrown) {
            System.arraycopy(buffer, from + shift, array, from, to - from);
            throw thrown;
        }
    }
}
