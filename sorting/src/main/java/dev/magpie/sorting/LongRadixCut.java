package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.List;

/**
 * One parallel pass that scatters a range into buckets by a digit. Which bits are the digit follows
 * from a sample, so that a narrow range of values fills all buckets, too; values below and above
 * the sample's go to buckets of their own.
 */
final class LongRadixCut {

    static final int BUCKETS = 1 << LongKeys.DIGIT_BITS;

    private final long[] source;
    private final int from;
    private final int size;
    private final int partLength;
    private final int[][] places; // of each part: first its counts, then where it writes next

    private final int[] starts = new int[BUCKETS + 1];

    private int bits; // below the digit
    private long lowest; // the digit of the first bucket
    private long highest;

    LongRadixCut(long[] source, int from, int size, int partLength) {
        this.source = source;
        this.from = from;
        this.size = size;
        this.partLength = partLength;
        this.places = new int[(size - 1) / partLength + 1][];
        chooseDigit();
    }

    /** Outliers that would make buckets at least four times as wide are left to the last ones. */
    private void chooseDigit() {
        LongSample sample = new LongSample(source, from, size);
        chooseDigit(sample.least(), sample.greatest());
        int wide = bits;
        chooseDigit(sample.nearLeast(), sample.nearGreatest());
        if (bits + 2 > wide) {
            chooseDigit(sample.least(), sample.greatest());
        }
    }

    private void chooseDigit(long least, long greatest) {
        bits = -1;
        do {
            bits++;
            lowest = least >> bits;
            highest = greatest >> bits;
            if (lowest != Long.MIN_VALUE >> bits) {
                lowest--;
            }
            if (highest != Long.MAX_VALUE >> bits) {
                highest++;
            }
        } while (Long.compareUnsigned(highest - lowest, BUCKETS) >= 0);
        if (bits >= Long.SIZE - LongKeys.DIGIT_BITS) { // there are buckets for all values
            lowest = Long.MIN_VALUE >> bits;
            highest = Long.MAX_VALUE >> bits;
        }
    }

    /** The first step: what each part has of each digit. */
    List<Runnable> counts() {
        List<Runnable> parts = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            int part = i;
            parts.add(() -> places[part] = count(partStart(part), partStart(part + 1)));
        }
        return parts;
    }

    /** The second step: each part's elements to where its counts say. */
    List<Runnable> scatters(long[] target, int targetFrom) {
        int next = targetFrom;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            starts[bucket] = next - targetFrom;
            for (int[] place : places) {
                int count = place[bucket];
                place[bucket] = next;
                next += count;
            }
        }
        starts[BUCKETS] = size;
        List<Runnable> parts = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            int part = i;
            parts.add(() -> scatter(partStart(part), partStart(part + 1), target, places[part]));
        }
        return parts;
    }

    /** After the second step: where a bucket begins, counted from the first element. */
    int start(int bucket) {
        return starts[bucket];
    }

    /** Whether all elements of a bucket are equal. */
    boolean isSettled(int bucket) {
        return bits == 0
                && (bucket > 0 || lowest == Long.MIN_VALUE)
                && (bucket < highest - lowest || highest == Long.MAX_VALUE);
    }

    private int partStart(int part) {
        return from + (int) Math.min(size, (long) part * partLength);
    }

    /** Whether no value lies outside of the digits, so that none has to be held in. */
    private boolean coversAll() {
        return lowest == Long.MIN_VALUE >> bits && highest == Long.MAX_VALUE >> bits;
    }

    private int[] count(int start, int end) {
        return coversAll() ? countAll(start, end) : countHeldIn(start, end);
    }

    private int[] countAll(int start, int end) {
        int[] counts = new int[BUCKETS];
        int shift = bits;
        var floor = lowest;
        for (int i = start; i < end; i++) {
            counts[digit(LongKeys.key(source[i]), shift, floor)]++;
        }
        return counts;
    }

    private int[] countHeldIn(int start, int end) {
        int[] counts = new int[BUCKETS];
        int shift = bits;
        var floor = lowest;
        var ceiling = highest;
        for (int i = start; i < end; i++) {
            counts[digit(LongKeys.key(source[i]), shift, floor, ceiling)]++;
        }
        return counts;
    }

    private void scatter(int start, int end, long[] target, int[] place) {
        if (coversAll()) {
            scatterAll(start, end, target, place);
        } else {
            scatterHeldIn(start, end, target, place);
        }
    }

    private void scatterAll(int start, int end, long[] target, int[] place) {
        int shift = bits;
        var floor = lowest;
        for (int i = start; i < end; i++) {
            var value = source[i];
            target[place[digit(LongKeys.key(value), shift, floor)]++] = value;
        }
    }

    private void scatterHeldIn(int start, int end, long[] target, int[] place) {
        int shift = bits;
        var floor = lowest;
        var ceiling = highest;
        for (int i = start; i < end; i++) {
            var value = source[i];
            target[place[digit(LongKeys.key(value), shift, floor, ceiling)]++] = value;
        }
    }

    /** Masked, which changes nothing, so that the compiler knows the bounds. */
    private static int digit(long key, int shift, long floor) {
        return bucket((key >> shift) - floor);
    }

    private static int digit(long key, int shift, long floor, long ceiling) {
        return bucket(Math.max(floor, Math.min(ceiling, key >> shift)) - floor);
    }

    private static int bucket(long key) {
        return (int) key & BUCKETS - 1;
    }
}
