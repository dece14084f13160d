package dev.magpie.sorting;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what fits into a core's cache by its digits, the lowest first, and only by those in which
 * elements differ. What does not fit is cut by the highest digit first. Where digits would take
 * many passes, and the JDK sorts by vector instructions, the pieces of such a cut are left to
 * these. Used by one thread at a time.
 */
final class LongRadixKernel {

    /** The widest digit; its counters still fit into the nearest cache. */
    private static final int MOST_BITS = 12;

    /** Elements in a line of the cache. */
    private static final int LINE = 64 / Long.BYTES;

    /** Up to this length comparing is faster than counting. */
    private static final int SHORT = SortPlan.VECTORS ? 1 << 9 : 1 << 6;

    /** More passes than a cut and a vector sort take. */
    private static final boolean CUTS = SortPlan.VECTORS && Long.SIZE > 32;

    /** With its place in the other array about what a core's cache holds. */
    private static final int CACHED = 1 << 16;

    /** After a cut: what vector instructions sort best, or what the nearest cache holds. */
    private static final int CUT_LENGTH = CUTS ? 1 << 5 : 1 << 11;

    private static final int MOST_CUT_BITS = 10;

    /** Of each digit: first how many elements have it, then where the next of them goes. */
    private final int[] places = new int[1 << MOST_BITS];

    private int fetched;

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
        fetch(other, otherFrom, size);
        int[] ends = (CUTS || size > CACHED) && differing != 0 ? ends(size, differing) : null;
        if (ends != null) {
            cut(data, from, other, otherFrom, size, differing, ends);
            if (!intoOther) {
                System.arraycopy(other, otherFrom, data, from, size);
            }
        } else {
            sortByDigits(data, from, other, otherFrom, size, differing, intoOther);
        }
    }

    /**
     * A counter for each piece of a cut. Null without memory for them, since elements may be
     * nowhere but in arrays that nobody would put back.
     */
    private static int @Nullable [] ends(int size, long differing) {
        int wanted = Long.SIZE - Long.numberOfLeadingZeros(size / CUT_LENGTH);
        int width = Long.SIZE - Long.numberOfLeadingZeros(differing);
        try {
            return new int[1 << Math.min(width, Math.min(MOST_CUT_BITS, wanted))];
        } catch (OutOfMemoryError noCounters) {
            return null;
        }
    }

    /** Into the other array. */
    private void cut(
            long[] data,
            int from,
            long[] other,
            int otherFrom,
            int size,
            long differing,
            int[] ends) {
        int width = Long.SIZE - Long.numberOfLeadingZeros(differing);
        int mask = ends.length - 1;
        int bits = Long.bitCount(mask);
        int shift = width - bits;
        int negative = width == Long.SIZE ? 1 << bits - 1 : 0; // the highest bit is the sign
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

    /**
     * Reads what is about to be overwritten, line by line, which is as fast as memory: a write to a
     * place that is in no cache would hold up the writes behind it.
     */
    private void fetch(long[] other, int from, int size) {
        int sum = 0;
        for (int left = size; left > 0; left -= LINE) { // counts down: no overflow at 2^31
            sum += other[from + size - left];
        }
        fetched = sum; // lest the compiler leaves it out
    }

    private void sortByDigits(
            long[] data,
            int from,
            long[] other,
            int otherFrom,
            int size,
            long differing,
            boolean intoOther) {
        int bottom = Long.numberOfTrailingZeros(differing);
        int width = Long.SIZE - Long.numberOfLeadingZeros(differing) - bottom;
        int bits = digitBits(width, size);
        int mask = (1 << bits) - 1;
        long[] source = data;
        int sourceFrom = from;
        long[] target = other;
        int targetFrom = otherFrom;
        int shift = bottom;
        while (shift < bottom + width) {
            count(source, sourceFrom, size, shift, mask);
            sum(targetFrom, mask, shift + bits < Long.SIZE ? 0 : 1 << Long.SIZE - 1 - shift);
            scatter(source, sourceFrom, target, size, shift, mask);
            long[] array = source;
            source = target;
            target = array;
            int start = sourceFrom;
            sourceFrom = targetFrom;
            targetFrom = start;
            shift = nextDigit(differing, shift + bits, bits);
        }
        if ((source == other) != intoOther) {
            System.arraycopy(source, sourceFrom, target, targetFrom, size);
        }
    }

    /** The width of a digit with which the passes go through the fewest elements and counters. */
    private static int digitBits(int width, int size) {
        int best = 1;
        long least = Long.MAX_VALUE;
        for (int passes = (width - 1) / MOST_BITS + 1; passes <= width; passes++) {
            int bits = (width - 1) / passes + 1;
            long work = (long) passes * (size + (1 << bits));
            if (work >= least) {
                break;
            }
            least = work;
            best = bits;
        }
        return best;
    }

    /** Where the next digit begins in which elements differ, or where there is none any more. */
    private static int nextDigit(long differing, int from, int bits) {
        int shift = from;
        while (shift < Long.SIZE && digit(differing, shift, (1 << bits) - 1) == 0) {
            shift += bits;
        }
        return shift;
    }

    private static long differing(long[] data, int from, int size) {
        var any = LongKeys.key(data[from]);
        long differing = 0;
        for (int i = from; i < from + size; i++) {
            differing |= LongKeys.key(data[i]) ^ any;
        }
        return differing;
    }

    private void count(long[] data, int from, int size, int shift, int mask) {
        int[] counts = places;
        Arrays.fill(counts, 0, mask + 1, 0);
        for (int i = from; i < from + size; i++) {
            counts[digit(LongKeys.key(data[i]), shift, mask)]++;
        }
    }

    /** Turns counts into places. */
    private void sum(int from, int mask, int negative) {
        int[] counts = places;
        int place = from;
        for (int i = 0; i <= mask; i++) {
            int digit = i ^ negative;
            int count = counts[digit];
            counts[digit] = place;
            place += count;
        }
    }

    private void scatter(long[] source, int from, long[] target, int size, int shift, int mask) {
        int[] place = places;
        for (int i = from; i < from + size; i++) {
            var value = source[i];
            target[place[digit(LongKeys.key(value), shift, mask)]++] = value;
        }
    }
}
