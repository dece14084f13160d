package dev.magpie.sorting;

import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rankings that one call of a sort may use.
 *
 * @param setup what all sorts of the sorter share
 * @param execution the call
 */
record Rankings(Setup setup, Execution execution) {

    /** Of a range, by an order of the elements; null is the natural one. */
    Ranking byElements(@Nullable Object[] array, int from, int to, @Nullable Comparator<?> order) {
        Comparator<@Nullable Object> chosen = setup.order(order);
        return byIndices(
                to - from,
                Execution.Pass.NOTHING,
                (left, right) -> chosen.compare(array[from + left], array[from + right]));
    }

    /** By the natural order of keys that a pass computes first. */
    Ranking byKeys(Object[] keys, Execution.Pass compute) {
        Comparator<Object> order = setup.order(null);
        return byIndices(
                keys.length, compute, (left, right) -> order.compare(keys[left], keys[right]));
    }

    /** By ints: the key of the element at an index. */
    Ranking byInts(int size, IntUnaryOperator key) {
        IntUnaryOperator rank = setup.descending() ? i -> ~key.applyAsInt(i) : key;
        return new PackedIndices(execution, size, rank, setup.longs());
    }

    /** By a range of longs that a pass computes first. */
    Ranking byLongs(long[] keys, int from, int to, Execution.Pass compute) {
        return byIndices(
                to - from,
                compute,
                setup.directed(
                        (left, right) -> Long.compare(keys[from + left], keys[from + right])));
    }

    /** By a range of doubles that a pass computes first. */
    Ranking byDoubles(double[] keys, int from, int to, Execution.Pass compute) {
        return byIndices(
                to - from,
                compute,
                setup.directed(
                        (left, right) -> Double.compare(keys[from + left], keys[from + right])));
    }

    private Ranking byIndices(int size, Execution.Pass compute, IntComparator order) {
        return new ComparedIndices(execution, size, compute, order, setup.workspace());
    }
}
