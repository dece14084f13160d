package dev.magpie.sorting;

import java.util.Arrays;

/** The keys by which doubles are sorted, see {@link FloatKeys}. */
final class DoubleKeys {

    /** Of the digit that scatters: most numbers have one of few exponents, and share these bits. */
    static final int DIGIT_BITS = 10;

    /** The NaNs have the keys from here on. */
    private static final long LOWEST_NAN = key(Double.POSITIVE_INFINITY) + 1;

    private DoubleKeys() {}

    static long key(double value) {
        return FloatKeys.key(Double.doubleToRawLongBits(value));
    }

    static double value(long key) {
        return Double.longBitsToDouble(FloatKeys.bits(key));
    }

    /** Whether the JDK takes a number for equal to others that have another key. */
    static boolean mayTie(double number) {
        return Double.isNaN(number);
    }

    /** Sorts a range by the JDK's means, and in the order of keys what these do not tell apart. */
    static void sort(double[] array, int from, int to) {
        Arrays.sort(array, from, to);
        sortTies(array, from, to);
    }

    /** Puts the NaNs at the end of a range that the JDK sorted into the order of their keys. */
    static void sortTies(double[] array, int from, int to) {
        int first = to;
        boolean inOrder = true;
        while (first > from && Double.isNaN(array[first - 1])) {
            first--;
            inOrder &= first + 1 == to || key(array[first]) <= key(array[first + 1]);
        }
        if (!inOrder) {
            sortNaNs(array, first, to);
        }
    }

    /**
     * Turns NaNs into as many finite numbers of the same order and back, since these are sorted
     * where they are: a copy might be as long as the array.
     */
    private static void sortNaNs(double[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            array[i] = Double.longBitsToDouble(key(array[i]) - LOWEST_NAN);
        }
        try {
            Arrays.sort(array, from, to);
        } finally {
            for (int i = from; i < to; i++) {
                array[i] = value(Double.doubleToRawLongBits(array[i]) + LOWEST_NAN);
            }
        }
    }
}
