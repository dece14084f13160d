package dev.magpie.sorting;

import java.util.Arrays;

/**
 * Integers in the order of floating-point numbers: that of {@link Double#compare}, and among NaNs
 * any. Each bit of a number comes back from its key.
 *
 * <p>With all but the sign flipped in negative numbers, the bits ascend as the numbers do, but for
 * NaNs with a sign bit, which are lower than negative infinity. Subtracting how many these are
 * turns them, by overflow, into the highest keys. Stateless.
 */
final class FloatKeys {

    /** Of the digit that scatters: most numbers have one of few exponents, and share these bits. */
    static final int DIGIT_BITS = 10;

    private static final int SIGNED_NANS = 0x7f_ffff;

    /** The NaNs have the keys from here on. */
    private static final int LOWEST_NAN = key(Float.POSITIVE_INFINITY) + 1;

    private static final long LONG_SIGNED_NANS = 0xf_ffff_ffff_ffffL;

    private FloatKeys() {}

    /** The key of a {@code float}, given by its bits. */
    static int key(int bits) {
        return flip(bits) - SIGNED_NANS;
    }

    static int key(float value) {
        return key(Float.floatToRawIntBits(value));
    }

    static float value(int key) {
        return Float.intBitsToFloat(bits(key));
    }

    /** Whether the JDK takes a number for equal to others that have another key. */
    static boolean mayTie(float number) {
        return Float.isNaN(number);
    }

    /** Sorts a range by the JDK's means, and in the order of keys what these do not tell apart. */
    static void sort(float[] array, int from, int to) {
        Arrays.sort(array, from, to);
        sortTies(array, from, to);
    }

    /** Puts the NaNs at the end of a range that the JDK sorted into the order of their keys. */
    static void sortTies(float[] array, int from, int to) {
        int first = to;
        boolean inOrder = true;
        while (first > from && Float.isNaN(array[first - 1])) {
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
    private static void sortNaNs(float[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            array[i] = Float.intBitsToFloat(key(array[i]) - LOWEST_NAN);
        }
        try {
            Arrays.sort(array, from, to);
        } finally {
            for (int i = from; i < to; i++) {
                array[i] = value(Float.floatToRawIntBits(array[i]) + LOWEST_NAN);
            }
        }
    }

    /** The bits of the {@code float} with a key. */
    static int bits(int key) {
        return flip(key + SIGNED_NANS);
    }

    private static int flip(int bits) {
        return bits ^ ((bits >> 31) >>> 1);
    }

    /** The key of a {@code double}, given by its bits. */
    static long key(long bits) {
        return flip(bits) - LONG_SIGNED_NANS;
    }

    /** The bits of the {@code double} with a key. */
    static long bits(long key) {
        return flip(key + LONG_SIGNED_NANS);
    }

    private static long flip(long bits) {
        return bits ^ ((bits >> 63) >>> 1);
    }
}
