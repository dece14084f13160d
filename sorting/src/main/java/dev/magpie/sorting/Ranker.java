package dev.magpie.sorting;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Makes the ranking of a range of an array for one call of a sort. */
@FunctionalInterface
interface Ranker {

    /**
     * The ranking of the elements from one index to another, exclusive, which counts from the first
     * of them.
     */
    Ranking rank(Rankings rankings, int from, int to);

    static Ranker of(int[] array) {
        return ofInts(i -> array[i]);
    }

    static Ranker of(long[] array) {
        return (rankings, from, to) -> rankings.byLongs(array, from, to, Execution.Pass.NOTHING);
    }

    static Ranker of(float[] array) {
        return ofInts(i -> sortable(array[i]));
    }

    static Ranker of(double[] array) {
        return (rankings, from, to) -> rankings.byDoubles(array, from, to, Execution.Pass.NOTHING);
    }

    static Ranker of(short[] array) {
        return ofInts(i -> array[i]);
    }

    static Ranker of(char[] array) {
        return ofInts(i -> array[i]);
    }

    static Ranker of(byte[] array) {
        return ofInts(i -> array[i]);
    }

    /** By an order of the elements; null is the natural one. */
    static Ranker of(@Nullable Object[] array, @Nullable Comparator<?> order) {
        return (rankings, from, to) -> rankings.byElements(array, from, to, order);
    }

    static <T extends @Nullable Object> Ranker byKey(T[] array, Function<? super T, ?> key) {
        return (rankings, from, to) -> {
            Object[] keys = new Object[to - from];
            return rankings.byKeys(
                    keys,
                    (start, end) -> {
                        for (int i = start; i < end; i++) {
                            keys[i] = key.apply(array[from + i]);
                        }
                    });
        };
    }

    static <T extends @Nullable Object> Ranker byInt(T[] array, ToIntFunction<? super T> key) {
        return ofInts(i -> key.applyAsInt(array[i]));
    }

    static <T extends @Nullable Object> Ranker byLong(T[] array, ToLongFunction<? super T> key) {
        return (rankings, from, to) -> {
            long[] keys = new long[to - from];
            return rankings.byLongs(
                    keys,
                    0,
                    keys.length,
                    (start, end) -> {
                        for (int i = start; i < end; i++) {
                            keys[i] = key.applyAsLong(array[from + i]);
                        }
                    });
        };
    }

    static <T extends @Nullable Object> Ranker byDouble(
            T[] array, ToDoubleFunction<? super T> key) {
        return (rankings, from, to) -> {
            double[] keys = new double[to - from];
            return rankings.byDoubles(
                    keys,
                    0,
                    keys.length,
                    (start, end) -> {
                        for (int i = start; i < end; i++) {
                            keys[i] = key.applyAsDouble(array[from + i]);
                        }
                    });
        };
    }

    /** By the int that stands for the element at an index. */
    private static Ranker ofInts(IntUnaryOperator key) {
        return (rankings, from, to) -> rankings.byInts(to - from, i -> key.applyAsInt(from + i));
    }

    /** An int that compares to others as the float does, in the order of {@link Float#compare}. */
    private static int sortable(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ (bits >> Integer.SIZE - 1 >>> 1);
    }
}
