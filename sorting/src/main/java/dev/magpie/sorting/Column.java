package dev.magpie.sorting;

import org.jspecify.annotations.Nullable;

/**
 * An array that is brought into a given order, in two passes: into a buffer, and back. Parts of a
 * pass may run at the same time. Without room for a buffer its elements change places two by two.
 *
 * @param <A> the array's type
 */
final class Column<A> {

    private final A array;
    private final int size;
    private final Shelf<A> shelf;
    private final Gatherer<A> gatherer;
    private final Swapper<A> swapper;
    private @Nullable A buffer;

    private Column(A array, int size, Shelf<A> shelf, Gatherer<A> gatherer, Swapper<A> swapper) {
        this.array = array;
        this.size = size;
        this.shelf = shelf;
        this.gatherer = gatherer;
        this.swapper = swapper;
    }

    /** Sets a range of the target to the source's elements at the indices there. */
    private interface Gatherer<A> {
        void gather(A source, A target, int[] indices, int from, int to);
    }

    /** Changes two elements. */
    private interface Swapper<A> {
        void swap(A array, int one, int other);
    }

    static Column<int[]> of(int[] array, Workspace workspace) {
        return new Column<>(array, array.length, workspace.ints, Column::gather, Column::swap);
    }

    static Column<long[]> of(long[] array, Workspace workspace) {
        return new Column<>(array, array.length, workspace.longs, Column::gather, Column::swap);
    }

    static Column<double[]> of(double[] array, Workspace workspace) {
        return new Column<>(array, array.length, workspace.doubles, Column::gather, Column::swap);
    }

    static Column<Object[]> of(Object[] array, Workspace workspace) {
        return new Column<>(array, array.length, workspace.objects, Column::gather, Column::swap);
    }

    private static void gather(int[] source, int[] target, int[] indices, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[indices[i]];
        }
    }

    private static void gather(long[] source, long[] target, int[] indices, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[indices[i]];
        }
    }

    private static void gather(double[] source, double[] target, int[] indices, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[indices[i]];
        }
    }

    private static void gather(Object[] source, Object[] target, int[] indices, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[indices[i]];
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

    int size() {
        return size;
    }

    /** Called first: takes the buffer. */
    void allocate() {
        buffer = shelf.take(size);
    }

    void gather(int[] indices, int from, int to) {
        if (buffer != null) {
            gatherer.gather(array, buffer, indices, from, to);
        }
    }

    void copyBack(int from, int to) {
        if (buffer != null) {
            System.arraycopy(buffer, from, array, from, to - from);
        }
    }

    void swap(int one, int other) {
        swapper.swap(array, one, other);
    }

    /** Called last: gives the buffer back, if it was taken. */
    void release() {
        if (buffer != null) {
            shelf.giveBack(buffer, size);
            buffer = null;
        }
    }
}
