package dev.magpie.sorting;

import java.util.Arrays;

/**
 * The keys of a sample of a range, in order: one element of each of so many equal parts, at a place
 * in it that depends on its number alone. The same range gives the same sample.
 */
final class FloatSample {

    private static final int SIZE = 1 << 8;

    /** A share of the sample that is left out at either end, lest outliers widen it. */
    private static final int FEW = SIZE / 50;

    private static final int MOST_VALUES = 32;

    private final int[] sample = new int[SIZE];

    FloatSample(float[] array, int from, int size) {
        for (int i = 0; i < SIZE; i++) {
            long start = (long) size * i / SIZE;
            long length = (long) size * (i + 1) / SIZE - start;
            long random = i * 0x9E3779B97F4A7C15L >>> 33;
            sample[i] =
                    FloatKeys.key(
                            array[from + (int) (start + (length == 0 ? 0 : random % length))]);
        }
        Arrays.sort(sample);
    }

    /** Whether a quarter of the sample has one value. */
    boolean isDominated() {
        for (int i = 0; i + SIZE / 4 <= SIZE; i++) {
            if (sample[i] == sample[i + SIZE / 4 - 1]) {
                return true;
            }
        }
        return false;
    }

    /** Whether so few that a table of them has room. */
    boolean hasFewValues() {
        int count = 1;
        for (int i = 1; i < SIZE; i++) {
            count += sample[i - 1] == sample[i] ? 0 : 1;
        }
        return count <= MOST_VALUES;
    }

    /** Each key once, in order. */
    int[] keys() {
        return Arrays.stream(sample).distinct().toArray();
    }

    int least() {
        return sample[0];
    }

    int greatest() {
        return sample[SIZE - 1];
    }

    int median() {
        return sample[SIZE / 2];
    }

    /** As least, without a few outliers. */
    int nearLeast() {
        return sample[FEW];
    }

    /** As greatest, without a few outliers. */
    int nearGreatest() {
        return sample[SIZE - 1 - FEW];
    }
}
