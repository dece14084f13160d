package dev.magpie.sorting;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;

/**
 * Inputs that sorts are known to like or to hate, for tests and benchmarks. The same for the same
 * size and seed.
 */
public enum Patterns {
    RANDOM,
    RANDOM_WITH_NAN,
    ASCENDING,
    DESCENDING,
    EQUAL,
    FEW_DISTINCT,
    MOSTLY_EQUAL,
    SAW,
    ORGAN_PIPE,
    ALMOST_SORTED,
    LONG_RUNS,
    ZIPF,
    APPENDED_TAIL,
    STAGGERED,
    TWO_VALUES_FAR_APART,
    NARROW,
    OUTLIERS,
    EXTREMES;

    public long[] longs(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        IntToLongFunction values =
                switch (this) {
                    case RANDOM, RANDOM_WITH_NAN -> i -> random.nextLong();
                    case ASCENDING -> i -> i * 200L - 500_000;
                    case DESCENDING -> i -> -i * 77L;
                    case EQUAL -> i -> 42;
                    case FEW_DISTINCT -> i -> random.nextInt(8) * 0x1234567890ABL;
                    case MOSTLY_EQUAL -> i -> random.nextInt(20) == 0 ? random.nextLong() : 5;
                    case SAW -> i -> i % 1021;
                    case ORGAN_PIPE -> i -> Math.min(i, size - i);
                    case ALMOST_SORTED -> i -> i + (random.nextInt(50) == 0 ? size / 2 : 0);
                    case LONG_RUNS -> i -> (i % (size / 5 + 1)) * (i / (size / 5 + 1) % 2 * 2L - 1);
                    case ZIPF -> i -> (long) (1 / (1e-6 + random.nextDouble()));
                    case APPENDED_TAIL -> i -> i < size - size / 20 ? i : random.nextInt(size);
                    case STAGGERED -> i -> (i * 7919L) % (size + 1);
                    case TWO_VALUES_FAR_APART ->
                            i -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
                    case NARROW -> i -> 1_000_000 + random.nextInt(300);
                    case OUTLIERS ->
                            i -> random.nextInt(1000) == 0 ? random.nextLong() : random.nextInt(99);
                    case EXTREMES ->
                            i ->
                                    (i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
                                            - random.nextInt(3) * (i % 2 * 2 - 1) * -1L;
                };
        long[] array = new long[size];
        Arrays.setAll(array, values);
        return array;
    }

    /** The lower halves, but of values at the ends of the range the upper ones. */
    public int[] ints(int size, long seed) {
        boolean upper =
                this == RANDOM
                        || this == RANDOM_WITH_NAN
                        || this == EXTREMES
                        || this == TWO_VALUES_FAR_APART;
        return Arrays.stream(longs(size, seed))
                .mapToInt(value -> (int) (upper ? value >> 32 : value))
                .toArray();
    }

    /**
     * Those that are random lie between 0 and 1; with NaN, they have random bits, and every kind of
     * NaN, zero and infinity is among them.
     */
    public double[] doubles(int size, long seed) {
        double[] array = new double[size];
        long[] longs = longs(size, seed);
        for (int i = 0; i < size; i++) {
            array[i] =
                    switch (this) {
                        case RANDOM -> (longs[i] >>> 11) * 0x1.0p-53;
                        case RANDOM_WITH_NAN, NARROW ->
                                special(longs[i], Double.longBitsToDouble(longs[i]));
                        case EXTREMES -> Double.longBitsToDouble(longs[i]);
                        default -> longs[i] / 8.0;
                    };
        }
        return array;
    }

    private static double special(long bits, double value) {
        return switch ((int) (bits & 31)) {
            case 0 -> Double.NaN;
            case 1 -> Double.longBitsToDouble(0xFFF8000000000000L | bits >>> 13);
            case 2 -> Double.longBitsToDouble(0x7FF8000000000000L | bits >>> 13);
            case 3 -> -0.0;
            case 4 -> 0.0;
            case 5 -> Double.NEGATIVE_INFINITY;
            case 6 -> Double.POSITIVE_INFINITY;
            case 7 -> Double.MIN_VALUE;
            default -> value;
        };
    }

    public float[] floats(int size, long seed) {
        float[] array = new float[size];
        double[] doubles = doubles(size, seed);
        int[] ints = ints(size, seed);
        for (int i = 0; i < size; i++) {
            array[i] = this == EXTREMES ? Float.intBitsToFloat(ints[i]) : (float) doubles[i];
        }
        return array;
    }

    public short[] shorts(int size, long seed) {
        short[] array = new short[size];
        int[] ints = ints(size, seed);
        for (int i = 0; i < size; i++) {
            array[i] =
                    (short) (this == RANDOM || this == RANDOM_WITH_NAN ? ints[i] >> 16 : ints[i]);
        }
        return array;
    }

    public char[] chars(int size, long seed) {
        char[] array = new char[size];
        short[] shorts = shorts(size, seed);
        for (int i = 0; i < size; i++) {
            array[i] = (char) shorts[i];
        }
        return array;
    }

    public byte[] bytes(int size, long seed) {
        byte[] array = new byte[size];
        short[] shorts = shorts(size, seed);
        for (int i = 0; i < size; i++) {
            array[i] = (byte) shorts[i];
        }
        return array;
    }
}
