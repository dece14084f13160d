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

    /** By an order of the elements; null is the natural one. */
    Ranking byElements(Object[] array, @Nullable Comparator<?> order) {
        Comparator<Object> chosen = setup.order(order);
        return byIndices(
                array.length,
                Execution.Pass.NOTHING,
                (left, right) -> chosen.compare(array[left], array[right]));
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

    /** By longs that a pass computes first. */
    Ranking byLongs(long[] keys, Execution.Pass compute) {
        return byIndices(
                keys.length,
                compute,
                setup.directed((left, right) -> Long.compare(keys[left], keys[right])));
    }

    /** By doubles that a pass computes first. */
    Ranking byDoubles(double[] keys, Execution.Pass compute) {
        return byIndices(
                keys.length,
                compute,
                setup.directed((left, right) -> Double.compare(keys[left], keys[right])));
    }

    private Ranking byIndices(int size, Execution.Pass compute, IntComparator order) {
        return new ComparedIndices(execution, size, compute, order, setup.workspace());
    }
}
