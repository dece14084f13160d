package dev.magpie.sorting;

/**
 * Sorts what fits into a core's cache by integers of the same order, one for each number and NaN,
 * which are made and turned back there. Used by one thread at a time.
 */
final class DoubleRadixKernel {

    private final LongRadixKernel kernel = new LongRadixKernel();
    private long[] keys = {};
    private long[] buffer = {};

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
    void sort(double[] data, int from, double[] other, int otherFrom, int size, boolean intoOther) {
        if (keys.length < size) {
            int length =
                    (int)
                            Math.min(
                                    Integer.MAX_VALUE - 8,
                                    size + size / 4L); // the next may be longer
            keys = new long[length];
            buffer = new long[length];
        }
        for (int i = 0; i < size; i++) {
            keys[i] = FloatKeys.key(Double.doubleToRawLongBits(data[from + i]));
        }
        kernel.sort(keys, 0, buffer, 0, size, true);
        double[] wanted = intoOther ? other : data;
        int start = intoOther ? otherFrom : from;
        for (int i = 0; i < size; i++) {
            wanted[start + i] = Double.longBitsToDouble(FloatKeys.bits(buffer[i]));
        }
    }
}
