package dev.magpie.sorting;

import java.util.Arrays;

/**
 * Sorts what fits into a core's cache by integers of the same order, one for each number and NaN,
 * which are made and turned back there; without room for these, in place. Used by one thread at a
 * time.
 */
final class FloatRadixKernel {

    /** What is longer is rare, and its keys might take more than the array. */
    private static final int LONGEST = Grain.DEFAULT.longestBucket();

    private final IntRadixKernel kernel = new IntRadixKernel();
    private int[] keys = {};
    private int[] buffer = {};
    private int longest = LONGEST;

    /**
     * Sorts a bucket.
     *
     * @param data holds it
     * @param from where it begins
     * @param other as long, to be overwritten
     * @param otherFrom where its place is there
     * @param size its length, at least 1
     * @param intoOther where it is wanted
     */
    void sort(float[] data, int from, float[] other, int otherFrom, int size, boolean intoOther) {
        float[] wanted = intoOther ? other : data;
        int start = intoOther ? otherFrom : from;
        if (keys.length < size && (areEqual(data, from, size) || !hasRoom(size))) {
            if (intoOther) {
                System.arraycopy(data, from, other, otherFrom, size);
            }
            Arrays.sort(wanted, start, start + size);
            return;
        }
        for (int i = 0; i < size; i++) {
            keys[i] = FloatKeys.key(Float.floatToRawIntBits(data[from + i]));
        }
        kernel.sort(keys, 0, buffer, 0, size, true);
        for (int i = 0; i < size; i++) {
            wanted[start + i] = Float.intBitsToFloat(FloatKeys.bits(buffer[i]));
        }
    }

    /** Looked at before keys are allocated: many zeros or NaNs are common. */
    private static boolean areEqual(float[] data, int from, int size) {
        int next = from + 1;
        while (next < from + size
                && Float.floatToRawIntBits(data[next]) == Float.floatToRawIntBits(data[from])) {
            next++;
        }
        return next == from + size;
    }

    private boolean hasRoom(int size) {
        if (size > longest) {
            return false;
        }
        int length = Math.min(longest, size + size / 4); // the next may be longer
        try {
            keys = new int[0]; // the old ones may go before
            buffer = new int[length];
            keys = new int[length];
            return true;
        } catch (OutOfMemoryError noKeys) {
            longest = size - 1; // lest each bucket waits for the collector
            return false;
        }
    }
}
