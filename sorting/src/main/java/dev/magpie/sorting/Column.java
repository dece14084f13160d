package dev.magpie.sorting;

import org.jspecify.annotations.Nullable;

/**
 * An array of which a range is brought into a given order, in two passes: into a buffer, and back.
 * Parts of a pass may run at the same time. Without room for a buffer its elements change places
 * two by two. Indices count from the first element of the range.
 *
 * @param <A> the array's type
 */
final class Column<A> {

    private final A array;
    private final int from;
    private final int size;
    private final Shelf<A> shelf;
    private final Gatherer<A> gatherer;
    private final Swapper<A> swapper;
    private @Nullable A buffer;

    private Column(
            A array, int from, int size, Shelf<A> shelf, Gatherer<A> gatherer, Swapper<A> swapper) {
        this.array = array;
        this.from = from;
        this.size = size;
        this.shelf = shelf;
        this.gatherer = gatherer;
        this.swapper = swapper;
    }

    /**
     * Sets a range of the target to the source's elements at the indices there, which count from a
     * first one.
     */
    private interface Gatherer<A> {
        void gather(A source, int first, A target, int[] indices, int from, int to);
    }

    /** Changes two elements. */
    private interface Swapper<A> {
        void swap(A array, int one, int other);
    }

    static Column<int[]> of(int[] array, Workspace workspace) {
        return new Column<>(array, 0, array.length, workspace.ints, Column::gather, Column::swap);
    }

    static Column<long[]> of(long[] array, Workspace workspace) {
        return new Column<>(array, 0, array.length, workspace.longs, Column::gather, Column::swap);
    }

    static Column<float[]> of(float[] array, Workspace workspace) {
        return new Column<>(array, 0, array.length, workspace.floats, Column::gather, Column::swap);
    }

    static Column<double[]> of(double[] array, Workspace workspace) {
        return new Column<>(
                array, 0, array.length, workspace.doubles, Column::gather, Column::swap);
    }

    static Column<Object[]> of(Object[] array, Workspace workspace) {
        return new Column<>(
                array, 0, array.length, workspace.objects, Column::gather, Column::swap);
    }

    private static void gather(
            int[] source, int first, int[] target, int[] indices, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[first + indices[i]];
        }
    }

    private static void gather(
            long[] source, int first, long[] target, int[] indices, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[first + indices[i]];
        }
    }

    private static void gather(
            float[] source, int first, float[] target, int[] indices, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[first + indices[i]];
        }
    }

    private static void gather(
            double[] source, int first, double[] target, int[] indices, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[first + indices[i]];
        }
    }

    private static void gather(
            Object[] source, int first, Object[] target, int[] indices, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[first + indices[i]];
        }
    }

    private static void swap(int[] array, int one, int other) {
        int element = array[one];
        array[one] = array[other];
        array[other] = element;
    }

    private static void swap(long[] array, int one, int other) {
        long element = array[one];
        array[one] = array[other];
        array[other] = element;
    }

    private static void swap(float[] array, int one, int other) {
        float element = array[one];
        array[one] = array[other];
        array[other] = element;
    }

    private static void swap(double[] array, int one, int other) {
        double element = array[one];
        array[one] = array[other];
        array[other] = element;
    }

    private static void swap(Object[] array, int one, int other) {
        Object element = array[one];
        array[one] = array[other];
        array[other] = element;
    }

    /** A range of a whole array. */
    Column<A> range(int start, int end) {
        return new Column<>(array, start, end - start, shelf, gatherer, swapper);
    }

    /** Whether it is of this very array. */
    boolean isOf(Object other) {
        return array == other;
    }

    int size() {
        return size;
    }

    /** Called first: takes the buffer. */
    void allocate() {
        buffer = shelf.take(size);
    }

    void gather(int[] indices, int start, int end) {
        if (buffer != null) {
            gatherer.gather(array, from, buffer, indices, start, end);
        }
    }

    void copyBack(int start, int end) {
        if (buffer != null) {
            System.arraycopy(buffer, start, array, from + start, end - start);
        }
    }

    void swap(int one, int other) {
        swapper.swap(array, from + one, from + other);
    }

    /** Called last: gives the buffer back, if it was taken. */
    void release() {
        if (buffer != null) {
            shelf.giveBack(buffer, size);
            buffer = null;
        }
    }
}
