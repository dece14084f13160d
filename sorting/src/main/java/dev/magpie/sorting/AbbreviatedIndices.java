package dev.magpie.sorting;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.BiConsumer;
import java.util.function.IntToLongFunction;

/**
 * A ranking by long keys: of each key the 32 bits below the highest one in which keys differ, its
 * abbreviation, are packed with the index into one long. These are sorted, and then the few whose
 * abbreviations tie are ranked by the bits that were left out.
 */
final class AbbreviatedIndices implements Ranking {

    /** So many that tie are ranked by insertion. */
    private static final int FEW = 16;

    /** More that tie than these are ranked by all workers. */
    private static final int MANY = 1 << 13;

    private final Execution execution;
    private final Execution.Pass compute;
    private final IntToLongFunction key;
    private final BiConsumer<Control, long[]> sort;
    private final long[] pairs;
    private final int[] indices;
    private final LongAccumulator least = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator greatest = new LongAccumulator(Math::max, Long.MIN_VALUE);
    private final Queue<Ties> manyTies = new ConcurrentLinkedQueue<>();
    private long base;
    private int omitted; // bits

    /** Neighbours in the order of abbreviations that have the same. */
    private record Ties(int from, int to) {}

    /**
     * The indices of a number of elements.
     *
     * @param execution where it runs
     * @param size how many
     * @param compute computes what {@code key} looks at, for a range of indices, each once
     * @param key the key of the element at an index
     * @param sort sorts longs in ascending order, and stops when the control says so
     */
    AbbreviatedIndices(
            Execution execution,
            int size,
            Execution.Pass compute,
            IntToLongFunction key,
            BiConsumer<Control, long[]> sort) {
        this.execution = execution;
        this.compute = compute;
        this.key = key;
        this.sort = sort;
        pairs = new long[size];
        indices = new int[size];
    }

    @Override
    public long moves() {
        return 3L * indices.length;
    }

    @Override
    public void work() {
        execution.sweep(0, pairs.length, this::look);
        base = least.get();
        omitted = Math.max(0, Integer.SIZE - Long.numberOfLeadingZeros(greatest.get() - base));
        execution.sweep(0, pairs.length, this::pack);
        if (execution.control.isStopped()) {
            return;
        }
        sort.accept(execution.control, pairs);
        execution.sweep(0, pairs.length, this::unpack);
        if (omitted > 0) {
            execution.sweep(0, pairs.length, this::rankTies);
            for (Ties ties : manyTies) {
                rankMany(ties);
            }
        }
    }

    private void look(int from, int to) throws Exception {
        compute.run(from, to);
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            long value = key.applyAsLong(i);
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        least.accumulate(low);
        greatest.accumulate(high);
        execution.control.advance(to - from);
    }

    private void pack(int from, int to) {
        for (int i = from; i < to; i++) {
            pairs[i] = pair((int) ((key.applyAsLong(i) - base) >>> omitted), i);
        }
        execution.control.advance(to - from);
    }

    /** In the order of pairs, the first halves are unsigned. */
    private static long pair(int first, int index) {
        return (long) (first ^ Integer.MIN_VALUE) << Integer.SIZE | index;
    }

    private void unpack(int from, int to) {
        for (int i = from; i < to; i++) {
            indices[i] = (int) pairs[i];
        }
        execution.control.advance(to - from);
    }

    /** Of ties that begin in a block, also where they end in another. */
    private void rankTies(int from, int to) {
        int place = from;
        while (place < to && place > 0 && tie(place - 1)) {
            place++;
        }
        while (place < to) {
            int first = place;
            while (place + 1 < pairs.length && tie(place)) {
                place++;
            }
            place++;
            if (place - first > 1) {
                rank(first, place);
            }
        }
    }

    /** Whether a pair and the next one have the same abbreviation. */
    private boolean tie(int place) {
        return (pairs[place] ^ pairs[place + 1]) >>> Integer.SIZE == 0;
    }

    /** Puts those that tie, which are in the order of indices, into that of keys. */
    private void rank(int from, int to) {
        if (to - from <= FEW) {
            insert(from, to);
        } else if (to - from > MANY) {
            manyTies.add(new Ties(from, to));
        } else if (differ(from, to)) {
            long[] rest = new long[to - from];
            packRest(rest, from, from, to);
            Arrays.sort(rest);
            unpackRest(rest, from, from, to);
        }
    }

    private void insert(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int index = indices[i];
            long value = key.applyAsLong(index);
            int place = i;
            while (place > from && key.applyAsLong(indices[place - 1]) > value) {
                indices[place] = indices[place - 1];
                place--;
            }
            indices[place] = index;
        }
    }

    private boolean differ(int from, int to) {
        long any = key.applyAsLong(indices[from]);
        for (int i = from + 1; i < to; i++) {
            if (key.applyAsLong(indices[i]) != any) {
                return true;
            }
        }
        return false;
    }

    private void rankMany(Ties ties) {
        long[] rest = new long[ties.to - ties.from];
        execution.sweep(ties.from, ties.to, (from, to) -> packRest(rest, ties.from, from, to));
        if (!execution.control.isStopped()) {
            sort.accept(execution.control, rest);
            execution.sweep(
                    ties.from, ties.to, (from, to) -> unpackRest(rest, ties.from, from, to));
        }
    }

    /** What keys that tie differ in lies below the 32 bits of the abbreviation, so in 32 more. */
    private void packRest(long[] rest, int first, int from, int to) {
        for (int i = from; i < to; i++) {
            rest[i - first] = pair((int) (key.applyAsLong(indices[i]) - base), indices[i]);
        }
    }

    private void unpackRest(long[] rest, int first, int from, int to) {
        for (int i = from; i < to; i++) {
            indices[i] = (int) rest[i - first];
        }
    }

    @Override
    public int[] indices() {
        return indices;
    }

    @Override
    public void release() {}
}
