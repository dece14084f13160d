package dev.magpie.sorting;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sorts of arrays by comparators. Immutable, thread-safe. */
final class ComparatorSorts {

    /** Selecting pays if at most one in so many is wanted. */
    private static final int FEW = 16;

    private final Setup setup;

    ComparatorSorts(Setup setup) {
        this.setup = setup;
    }

    void sort(Object[] array, int from, int to, @Nullable Comparator<?> order) {
        Sorter.checkRange(array.length, from, to);
        sort(setup.begin(), array, from, to, order);
    }

    private void sort(
            Execution execution, Object[] array, int from, int to, @Nullable Comparator<?> order) {
        perform(execution, objects(execution, array, from, to, order), from, to);
    }

    private Elements objects(
            Execution execution, Object[] array, int from, int to, @Nullable Comparator<?> order) {
        return new ObjectElements(
                array, from, to, setup.order(order), execution.control, setup.workspace().objects);
    }

    boolean isSorted(Object[] array, int from, int to, @Nullable Comparator<?> order) {
        Sorter.checkRange(array.length, from, to);
        return isSorted(setup.begin(), array, from, to, order);
    }

    private boolean isSorted(
            Execution execution, Object[] array, int from, int to, @Nullable Comparator<?> order) {
        OrderCheck check = new OrderCheck(execution, array, from, to, setup.order(order));
        execution.perform(to - from, check);
        return check.isSorted();
    }

    /** Puts the element of one index in its place, and what is less before it. */
    void nthElement(Object[] array, int from, int to, int index, @Nullable Comparator<?> order) {
        Execution execution = setup.begin();
        execution.perform(
                to - from,
                new ObjectSelect(
                        execution,
                        array,
                        from,
                        to,
                        index,
                        setup.order(order),
                        setup.workspace().objects));
    }

    /** The last so many of the order, the last one first; of equal ones those in front. */
    <T extends @Nullable Object> T[] top(
            T[] array, int from, int to, int count, @Nullable Comparator<?> order) {
        T[] result = Arrays.copyOfRange(array, from, from + count);
        Comparator<Object> last = setup.order(order).reversed();
        if (count > (to - from) / FEW) {
            T[] copy = Arrays.copyOfRange(array, from, to);
            Execution execution = setup.begin();
            Elements elements =
                    new ObjectElements(
                            copy,
                            0,
                            copy.length,
                            last,
                            execution.control,
                            setup.workspace().objects);
            perform(execution, elements, 0, copy.length);
            System.arraycopy(copy, 0, result, 0, count);
        } else if (count > 0) {
            Execution execution = setup.begin();
            TopObjects top = new TopObjects(execution, array, from, to, last, count);
            execution.perform(to - from, top);
            System.arraycopy(top.top().toArray(), 0, result, 0, count);
        }
        return result;
    }

    <T extends @Nullable Object> T[] merge(List<T[]> sorted, @Nullable Comparator<?> order) {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("sorted must hold at least one array");
        }
        int size = 0;
        for (T[] run : sorted) {
            size = Math.addExact(size, run.length);
        }
        Control call = setup.controls().get();
        call.expect(2L * size); // each is looked at, and then sorted
        for (T[] run : sorted) {
            if (!isSorted(setup.begin(call, run.length), run, 0, run.length, order)) {
                throw new IllegalArgumentException(
                        "arrays must be sorted, but one of length " + run.length + " is not");
            }
        }
        T[] merged = Arrays.copyOf(sorted.get(0), size);
        int next = 0;
        for (T[] run : sorted) {
            System.arraycopy(run, 0, merged, next, run.length);
            next += run.length;
        }
        sort(setup.begin(call, size), merged, 0, size, order); // stable, and finds the runs
        call.finish();
        return merged;
    }

    void sort(int[] array, int from, int to, IntComparator order) {
        Sorter.checkRange(array.length, from, to);
        Objects.requireNonNull(order, "order");
        Execution execution = setup.begin();
        Shelf<int[]> shelf = setup.workspace().ints;
        perform(
                execution,
                new IntElements(array, from, to, setup.directed(order), execution.control, shelf),
                from,
                to);
    }

    void sort(long[] array, int from, int to, LongComparator order) {
        Sorter.checkRange(array.length, from, to);
        Objects.requireNonNull(order, "order");
        Execution execution = setup.begin();
        Shelf<long[]> shelf = setup.workspace().longs;
        perform(
                execution,
                new LongElements(
                        array,
                        from,
                        to,
                        setup.descending() ? order.reversed() : order,
                        execution.control,
                        shelf),
                from,
                to);
    }

    void sort(double[] array, int from, int to, DoubleComparator order) {
        Sorter.checkRange(array.length, from, to);
        Objects.requireNonNull(order, "order");
        Execution execution = setup.begin();
        Shelf<double[]> shelf = setup.workspace().doubles;
        perform(
                execution,
                new DoubleElements(
                        array,
                        from,
                        to,
                        setup.descending() ? order.reversed() : order,
                        execution.control,
                        shelf),
                from,
                to);
    }

    private static void perform(Execution execution, Elements elements, int from, int to) {
        execution.perform(to - from, new StableSort(execution, elements, from, to));
    }
}
