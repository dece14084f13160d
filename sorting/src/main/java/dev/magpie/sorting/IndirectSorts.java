package dev.magpie.sorting;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Sorts that rank elements before any is moved. Immutable, thread-safe. */
final class IndirectSorts {

    private final Setup setup;

    IndirectSorts(Setup setup) {
        this.setup = setup;
    }

    /** Makes the ranking of one call. */
    private interface Ranker {
        Ranking rank(Rankings rankings);
    }

    // ---- the order alone

    int[] argsort(Object[] array, @Nullable Comparator<?> order) {
        return indices(array.length, rankings -> rankings.byElements(array, order));
    }

    int[] argsort(long[] array) {
        return indices(array.length, rankings -> rankings.byLongs(array, Execution.Pass.NOTHING));
    }

    int[] argsort(double[] array) {
        return indices(array.length, rankings -> rankings.byDoubles(array, Execution.Pass.NOTHING));
    }

    /** The order of elements by the int keys at their indices. */
    int[] argsort(int size, IntUnaryOperator key) {
        return indices(size, rankings -> rankings.byInts(size, key));
    }

    private int[] indices(int size, Ranker ranker) {
        Execution execution = setup.begin();
        Ranking ranking = ranker.rank(new Rankings(setup, execution));
        execution.perform(size, ranking);
        return ranking.indices();
    }

    // ---- by keys

    <T extends @Nullable Object> void sortBy(T[] array, Function<? super T, ?> key) {
        Object[] keys = new Object[array.length];
        Execution.Pass compute =
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        keys[i] = key.apply(array[i]);
                    }
                };
        sort(rankings -> rankings.byKeys(keys, compute), column(array));
    }

    <T extends @Nullable Object> void sortByInt(T[] array, ToIntFunction<? super T> key) {
        sort(
                rankings -> rankings.byInts(array.length, i -> key.applyAsInt(array[i])),
                column(array));
    }

    <T extends @Nullable Object> void sortByLong(T[] array, ToLongFunction<? super T> key) {
        long[] keys = new long[array.length];
        Execution.Pass compute =
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        keys[i] = key.applyAsLong(array[i]);
                    }
                };
        sort(rankings -> rankings.byLongs(keys, compute), column(array));
    }

    <T extends @Nullable Object> void sortByDouble(T[] array, ToDoubleFunction<? super T> key) {
        double[] keys = new double[array.length];
        Execution.Pass compute =
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        keys[i] = key.applyAsDouble(array[i]);
                    }
                };
        sort(rankings -> rankings.byDoubles(keys, compute), column(array));
    }

    // ---- two arrays

    void sortTogether(int[] keys, Column<?> values) {
        sort(
                rankings -> rankings.byInts(keys.length, i -> keys[i]),
                Column.of(keys, setup.workspace()),
                values);
    }

    void sortTogether(long[] keys, Column<?> values) {
        Ranker ranker = rankings -> rankings.byLongs(keys, Execution.Pass.NOTHING);
        sort(ranker, Column.of(keys, setup.workspace()), values);
    }

    void sortTogether(double[] keys, Column<?> values) {
        Ranker ranker = rankings -> rankings.byDoubles(keys, Execution.Pass.NOTHING);
        sort(ranker, Column.of(keys, setup.workspace()), values);
    }

    void sortTogether(Object[] keys, @Nullable Comparator<?> order, Column<?> values) {
        sort(rankings -> rankings.byElements(keys, order), column(keys), values);
    }

    /** An array to be sorted together with others. */
    Column<Object[]> column(@Nullable Object[] array) {
        return Column.of(array, setup.workspace());
    }

    Column<int[]> column(int[] array) {
        return Column.of(array, setup.workspace());
    }

    Column<long[]> column(long[] array) {
        return Column.of(array, setup.workspace());
    }

    private void sort(Ranker ranker, Column<?> first) {
        sort(ranker, List.of(first));
    }

    private void sort(Ranker ranker, Column<?> keys, Column<?> values) {
        if (keys.size() != values.size()) {
            throw new IllegalArgumentException(
                    "values must be as long as keys, " + keys.size() + ", was " + values.size());
        }
        sort(ranker, List.of(keys, values));
    }

    private void sort(Ranker ranker, List<Column<?>> columns) {
        Execution execution = setup.begin();
        Ranking ranking = ranker.rank(new Rankings(setup, execution));
        execution.perform(columns.get(0).size(), new IndirectSort(execution, ranking, columns));
    }
}
