package dev.magpie.sorting;

import java.util.Arrays;

/** The keys by which doubles are sorted, see {@link FloatKeys}. */
final class DoubleKeys {

    /** Of the digit that scatters: most numbers have one of few exponents, and share these bits. */
    static final int DIGIT_BITS = 10;

    private DoubleKeys() {}

    static long key(double value) {
        return FloatKeys.key(Double.doubleToRawLongBits(value));
    }

    static double value(long key) {
        return Double.longBitsToDouble(FloatKeys.bits(key));
    }

    /** Sorts a range by the JDK's means, and in the order of keys what these do not tell apart. */
    static void sort(double[] array, int from, int to) {
        Arrays.sort(array, from, to);
        int first = to;
        while (first > from && Double.isNaN(array[first - 1])) {
            first--;
        }
        long[] keys = new long[to - first];
        for (int i = first; i < to; i++) {
            keys[i - first] = key(array[i]);
        }
        Arrays.sort(keys);
        for (int i = first; i < to; i++) {
            array[i] = value(keys[i - first]);
        }
    }
}
