package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A counting sort for ranges of few values, as a sample promises: they lie close together, or are
 * few enough for a table in which no two have the same place. Given up, with nothing changed, if
 * another value turns up.
 */
final class LongCountingSort implements SortSteps {

    /** Of values that lie close together; the counters of a part fit into a core's cache. */
    private static final int MOST_COUNTERS = 1 << 14;

    /** Each value has to occur so often, or summing up takes longer than counting. */
    private static final int OFTEN = 16;

    private static final int SLOT_BITS = 8;

    /** So many elements are counted before another value is noticed. */
    private static final int BLOCK = 1 << 12;

    private final long[] array;
    private final int from;
    private final int size;
    private final int partLength;
    private final Values values;

    private final int[][] counts;
    private volatile boolean strange;
    private int[] starts = {}; // by rank of a value, how many elements are less
    private Step step = Step.COUNT;

    private enum Step {
        COUNT,
        FILL,
        DONE
    }

    /** Which counter is a value's. */
    private interface Values {

        /** Counts a part; null if there is another value in it. */
        int @Nullable [] count(long[] array, int start, int end);

        /** How many values there are. */
        int size();

        /** The counter of the value of a rank. */
        int counter(int rank);

        long key(int rank);
    }

    private LongCountingSort(long[] array, int from, int size, int partLength, Values values) {
        this.array = array;
        this.from = from;
        this.size = size;
        this.partLength = partLength;
        this.values = values;
        this.counts = new int[(size - 1) / partLength + 1][];
    }

    /** The sort of a range; null if the sample has too many values. */
    static @Nullable LongCountingSort of(
            long[] array, int from, int size, int partLength, LongSample sample) {
        Values values = null;
        if (areClose(sample, size)) {
            values = Close.of(sample);
        } else if (sample.hasFewValues()) {
            values = Scattered.of(sample.keys());
        }
        return values == null ? null : new LongCountingSort(array, from, size, partLength, values);
    }

    /** Whether the values of a sample have few others between them. */
    static boolean areClose(LongSample sample, int size) {
        var width = sample.greatest() - sample.least();
        return width >= 0 && width < Math.min(MOST_COUNTERS, size / OFTEN);
    }

    /** From one value on, so many, a power of two. */
    private record Close(long least, int size) implements Values {

        /** None beyond the greatest number: what follows that one is the least. */
        static Close of(LongSample sample) {
            var width = sample.greatest() - sample.least();
            int size = 1 << Long.SIZE - Long.numberOfLeadingZeros(width);
            return new Close(Math.min(sample.least(), Long.MAX_VALUE - (size - 1)), size);
        }

        @Override
        public int @Nullable [] count(long[] array, int start, int end) {
            int[] counts = new int[size];
            int mask = size - 1;
            long floor = least;
            for (int block = start; block < end; block += Math.min(BLOCK, end - block)) {
                int last = block + Math.min(BLOCK, end - block);
                long others = 0;
                for (int i = block; i < last; i++) {
                    var offset = LongKeys.key(array[i]) - floor;
                    others |= offset;
                    counts[(int) offset & mask]++;
                }
                if ((others & ~mask) != 0) {
                    return null;
                }
            }
            return counts;
        }

        @Override
        public int counter(int rank) {
            return rank;
        }

        @Override
        public long key(int rank) {
            return least + rank;
        }
    }

    /** Anywhere; a multiplier sends each to a slot of its own. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Scattered(long[] sample, long[] table, long multiplier) implements Values {

        private static final int ATTEMPTS = 1000;

        static @Nullable Scattered of(long[] sample) {
            long multiplier = 1;
            for (int i = 0; i < ATTEMPTS; i++) {
                multiplier = multiplier * 0x5851F42D + 2; // stays odd
                long[] table = new long[1 << SLOT_BITS];
                boolean[] taken = new boolean[1 << SLOT_BITS];
                boolean apart = true;
                Arrays.fill(table, sample[0]);
                for (var key : sample) {
                    int slot = slot(key, multiplier);
                    apart &= !taken[slot];
                    taken[slot] = true;
                    table[slot] = key;
                }
                if (apart) {
                    return new Scattered(sample, table, multiplier);
                }
            }
            return null;
        }

        private static int slot(long key, long factor) {
            return (int) (key * factor >>> Long.SIZE - SLOT_BITS);
        }

        @Override
        public int @Nullable [] count(long[] array, int start, int end) {
            int[] counts = new int[1 << SLOT_BITS];
            long[] known = table.clone();
            long factor = multiplier;
            for (int block = start; block < end; block += Math.min(BLOCK, end - block)) {
                int last = block + Math.min(BLOCK, end - block);
                long others = 0;
                for (int i = block; i < last; i++) {
                    var key = LongKeys.key(array[i]);
                    int slot = slot(key, factor);
                    others |= known[slot] ^ key;
                    counts[slot]++;
                }
                if (others != 0) {
                    return null;
                }
            }
            return counts;
        }

        @Override
        public int size() {
            return sample.length;
        }

        @Override
        public int counter(int rank) {
            return slot(sample[rank], multiplier);
        }

        @Override
        public long key(int rank) {
            return sample[rank];
        }
    }

    /** Whether the last step was made, and no other value had turned up. */
    boolean isSorted() {
        return step == Step.DONE;
    }

    @Override
    public List<Runnable> next() {
        List<Runnable> parts = new ArrayList<>();
        if (step == Step.COUNT) {
            step = Step.FILL;
            for (int i = 0; i < counts.length; i++) {
                int part = i;
                parts.add(() -> count(part));
            }
        } else if (step == Step.FILL && !strange) {
            sum();
            for (int i = 0; i < counts.length; i++) {
                int part = i;
                parts.add(() -> fill(start(part), start(part + 1)));
            }
            step = Step.DONE; // not before there are sums, for which memory may not suffice
        }
        return parts;
    }

    @Override
    public int passes() {
        return 2;
    }

    @Override
    public void restore() {
        if (step == Step.DONE) {
            fill(0, size);
        }
    }

    private int start(int part) {
        return (int) Math.min(size, (long) part * partLength);
    }

    private void count(int part) {
        if (!strange) {
            int[] found = values.count(array, from + start(part), from + start(part + 1));
            if (found == null) {
                strange = true;
            } else {
                counts[part] = found;
            }
        }
    }

    private void sum() {
        starts = new int[values.size() + 1];
        for (int rank = 0; rank < values.size(); rank++) {
            int sum = starts[rank];
            for (int[] count : counts) {
                sum += count[values.counter(rank)];
            }
            starts[rank + 1] = sum;
        }
    }

    /** Writes a part of the result. */
    private void fill(int start, int end) {
        int found = Arrays.binarySearch(starts, start);
        int rank = found < 0 ? -found - 2 : found;
        int next = start;
        while (next < end) {
            int last = Math.min(end, starts[rank + 1]);
            if (last > next) {
                Arrays.fill(array, from + next, from + last, LongKeys.value(values.key(rank)));
                next = last;
            }
            rank++;
        }
    }
}
