package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sort of an array of keys that brings other arrays into the same order, index by index: {@code
 * sorter.together(keys).with(names).with(prices).sort()}. Stable. All of them change or none does.
 * Immutable, cheap, thread-safe.
 *
 * <p>An array that is given twice, or is the keys themselves, is sorted once.
 */
public final class JointSort {

    private final Setup setup;
    private final Ranker keys;
    private final List<Column<?>> columns;

    private JointSort(Setup setup, Ranker keys, List<Column<?>> columns) {
        this.setup = setup;
        this.keys = keys;
        this.columns = columns;
    }

    static JointSort of(Setup setup, Ranker keys, Column<?> column) {
        return new JointSort(setup, keys, List.of(column));
    }

    /**
     * This sort with another array.
     *
     * @param values what belongs to the keys, index by index
     * @return a sort; this one is unchanged
     * @throws IllegalArgumentException if {@code values} is not as long as the keys
     */
    public JointSort with(int[] values) {
        return with(values, Column.of(values, setup.workspace()));
    }

    /**
     * This sort with another array.
     *
     * @param values what belongs to the keys, index by index
     * @return a sort; this one is unchanged
     * @throws IllegalArgumentException if {@code values} is not as long as the keys
     */
    public JointSort with(long[] values) {
        return with(values, Column.of(values, setup.workspace()));
    }

    /**
     * This sort with another array.
     *
     * @param values what belongs to the keys, index by index
     * @return a sort; this one is unchanged
     * @throws IllegalArgumentException if {@code values} is not as long as the keys
     */
    public JointSort with(float[] values) {
        return with(values, Column.of(values, setup.workspace()));
    }

    /**
     * This sort with another array.
     *
     * @param values what belongs to the keys, index by index
     * @return a sort; this one is unchanged
     * @throws IllegalArgumentException if {@code values} is not as long as the keys
     */
    public JointSort with(double[] values) {
        return with(values, Column.of(values, setup.workspace()));
    }

    /**
     * This sort with another array.
     *
     * @param values what belongs to the keys, index by index
     * @return a sort; this one is unchanged
     * @throws IllegalArgumentException if {@code values} is not as long as the keys
     */
    public JointSort with(@Nullable Object[] values) {
        return with(values, Column.of(values, setup.workspace()));
    }

    private JointSort with(Object array, Column<?> values) {
        int length = columns.get(0).size();
        if (values.size() != length) {
            throw new IllegalArgumentException(
                    "values must be as long as keys, " + length + ", was " + values.size());
        }
        if (columns.stream().anyMatch(column -> column.isOf(array))) {
            return this;
        }
        List<Column<?>> more = new ArrayList<>(columns);
        more.add(values);
        return new JointSort(setup, keys, List.copyOf(more));
    }

    /**
     * Sorts the arrays, which nobody else may touch meanwhile. Whatever an order of the keys throws
     * arrives as itself, and nothing was changed.
     *
     * @throws ClassCastException if the keys are objects in their natural order and not comparable
     * @throws IllegalArgumentException if a contradiction of the order is noticed
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     arrays are long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; all arrays are as they were, or all sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public void sort() {
        sort(0, columns.get(0).size());
    }

    /**
     * Sorts a range of the arrays, which nobody else may touch meanwhile, as {@link #sort()} does;
     * the rest is not touched.
     *
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @throws ClassCastException if the keys are objects in their natural order and not comparable
     * @throws IllegalArgumentException if {@code from > to}, or a contradiction of the order is
     *     noticed
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to} is greater than the
     *     arrays' length
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws java.util.concurrent.CancellationException if the sort was stopped, or the task that
     *     calls was cancelled; all ranges are as they were, or all sorted
     * @throws OutOfMemoryError if there is no room for indices and their keys; nothing was changed
     */
    public void sort(int from, int to) {
        Sorter.checkRange(columns.get(0).size(), from, to);
        new IndirectSorts(setup).sort(keys, columns, from, to);
    }

    @Override
    public String toString() {
        return "JointSort[arrays=" + columns.size() + ", length=" + columns.get(0).size() + "]";
    }
}
