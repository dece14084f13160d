package dev.magpie.sorting;

import java.util.Arrays;

/**
 * Sorts what fits into a core's cache by its digits, the lowest first, and only by those in which
 * elements differ. What does not fit is cut by the highest digit first. Where digits would take
 * many passes, and the JDK sorts by vector instructions, the pieces of such a cut are left to
 * these. Used by one thread at a time.
 */
final class LongRadixKernel {

    private static final int DIGIT_BITS = 8;

    private static final int DIGITS = 1 << DIGIT_BITS;

    private static final int HIGHEST = Long.SIZE - DIGIT_BITS;

    /** Up to this length comparing is faster than counting. */
    private static final int SHORT = SortPlan.VECTORS ? 1 << 9 : 1 << 6;

    /** More passes than a cut and a vector sort take. */
    private static final boolean CUTS = SortPlan.VECTORS && Long.SIZE / DIGIT_BITS > 4;

    /** With its place in the other array about what a core's cache holds. */
    private static final int CACHED = 1 << 16;

    /** After a cut: what vector instructions sort best, or what the nearest cache holds. */
    private static final int CUT_LENGTH = CUTS ? 1 << 5 : 1 << 11;

    private static final int MOST_CUT_BITS = 10;

    private int[] places = new int[DIGITS];

    /** Counted while the elements go by their places for the digit before. */
    private int[] next = new int[DIGITS];

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
    void sort(long[] data, int from, long[] other, int otherFrom, int size, boolean intoOther) {
        if (size <= SHORT) {
            long[] wanted = intoOther ? other : data;
            int start = intoOther ? otherFrom : from;
            if (intoOther) {
                System.arraycopy(data, from, other, otherFrom, size);
            }
            Arrays.sort(wanted, start, start + size);
            return;
        }
        var differing = differing(data, from, size);
        if ((CUTS || size > CACHED) && differing != 0) {
            cut(data, from, other, otherFrom, size, differing);
            if (!intoOther) {
                System.arraycopy(other, otherFrom, data, from, size);
            }
        } else {
            sortByDigits(data, from, other, otherFrom, size, differing, intoOther);
        }
    }

    /** Into the other array. */
    private void cut(long[] data, int from, long[] other, int otherFrom, int size, long differing) {
        int wanted = Long.SIZE - Long.numberOfLeadingZeros(size / CUT_LENGTH);
        int width = Long.SIZE - Long.numberOfLeadingZeros(differing);
        int bits = Math.min(width, Math.min(MOST_CUT_BITS, wanted));
        int shift = width - bits;
        int mask = (1 << bits) - 1;
        int negative = width == Long.SIZE ? 1 << bits - 1 : 0; // the highest bit is the sign
        int[] ends = new int[1 << bits];
        for (int i = from; i < from + size; i++) {
            ends[digit(LongKeys.key(data[i]), shift, mask) ^ negative]++;
        }
        int next = otherFrom;
        for (int i = 0; i <= mask; i++) {
            int count = ends[i];
            ends[i] = next;
            next += count;
        }
        for (int i = from; i < from + size; i++) {
            var value = data[i];
            other[ends[digit(LongKeys.key(value), shift, mask) ^ negative]++] = value;
        }
        int start = otherFrom;
        for (int end : ends) {
            if (CUTS) {
                Arrays.sort(other, start, end);
            } else if (end > start) {
                sort(other, start, data, from + start - otherFrom, end - start, false);
            }
            start = end;
        }
    }

    private static int digit(long key, int shift, int mask) {
        return (int) (key >>> shift) & mask;
    }

    private void sortByDigits(
            long[] data,
            int from,
            long[] other,
            int otherFrom,
            int size,
            long differing,
            boolean intoOther) {
        long[] source = data;
        int sourceFrom = from;
        long[] target = other;
        int targetFrom = otherFrom;
        int bits = firstDigit(differing, 0);
        count(source, sourceFrom, size, bits);
        while (bits < Long.SIZE) {
            int following = firstDigit(differing, bits + DIGIT_BITS);
            sum(targetFrom, bits == HIGHEST);
            scatter(source, sourceFrom, target, size, bits, following);
            long[] array = source;
            source = target;
            target = array;
            int start = sourceFrom;
            sourceFrom = targetFrom;
            targetFrom = start;
            bits = following;
        }
        if ((source == other) != intoOther) {
            System.arraycopy(source, sourceFrom, target, targetFrom, size);
        }
    }

    /** The lowest digit from some bit on in which there is a bit; the size if there is none. */
    private static int firstDigit(long differing, int from) {
        int bits = from;
        while (bits < Long.SIZE && digit(differing, bits) == 0) {
            bits += DIGIT_BITS;
        }
        return bits;
    }

    private static long differing(long[] data, int from, int size) {
        var any = LongKeys.key(data[from]);
        long differing = 0;
        for (int i = from; i < from + size; i++) {
            differing |= LongKeys.key(data[i]) ^ any;
        }
        return differing;
    }

    private void count(long[] data, int from, int size, int bits) {
        int[] counts = places;
        Arrays.fill(counts, 0);
        for (int i = from; i < from + size; i++) {
            counts[digit(LongKeys.key(data[i]), bits)]++;
        }
    }

    /** Turns counts into places. */
    private void sum(int from, boolean signed) {
        int negative = signed ? DIGITS / 2 : 0;
        int place = from;
        for (int i = 0; i < DIGITS; i++) {
            int digit = i + negative & DIGITS - 1;
            int count = places[digit];
            places[digit] = place;
            place += count;
        }
    }

    private void scatter(
            long[] source, int from, long[] target, int size, int bits, int following) {
        int[] place = places;
        int[] counts = next;
        Arrays.fill(counts, 0);
        for (int i = from; i < from + size; i++) {
            var value = source[i];
            var key = LongKeys.key(value);
            counts[digit(key, following)]++;
            target[place[digit(key, bits)]++] = value;
        }
        places = counts;
        next = place;
    }

    private static int digit(long key, int bits) {
        return (int) (key >>> bits) & (DIGITS - 1);
    }
}
