package dev.magpie.sorting;

import java.util.Comparator;
import java.util.function.IntToLongFunction;
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
        return byLongs(to - from, compute, i -> keys[from + i]);
    }

    /** By a range of doubles that a pass computes first. */
    Ranking byDoubles(double[] keys, int from, int to, Execution.Pass compute) {
        return byLongs(to - from, compute, i -> sortable(keys[from + i]));
    }

    private Ranking byLongs(int size, Execution.Pass compute, IntToLongFunction key) {
        IntToLongFunction rank = setup.descending() ? i -> ~key.applyAsLong(i) : key;
        return new AbbreviatedIndices(execution, size, compute, rank, setup.longs());
    }

    /**
     * A long that compares to others as the double does, in the order of {@link Double#compare}.
     */
    private static long sortable(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ (bits >> Long.SIZE - 1 >>> 1);
    }

    private Ranking byIndices(int size, Execution.Pass compute, IntComparator order) {
        return new ComparedIndices(execution, size, compute, order, setup.workspace());
    }
}
