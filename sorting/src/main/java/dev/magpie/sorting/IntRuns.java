package dev.magpie.sorting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The natural runs of a range: found chunk by chunk, in parallel, and given up as soon as there are
 * so many that merging them would cost more than sorting. Runs that descend are reversed.
 */
final class IntRuns implements SortSteps {

    /** Merging so many takes five passes, about what a sort costs that looks at the digits. */
    static final int MOST = 32;

    /** Few elements tell whether an array is of those that have no runs to speak of. */
    private static final int START = 1 << 12;

    private final int[] array;
    private final int from;
    private final int to;
    private final int chunk;
    private final int[][] starts;
    private final int limit; // of what the chunks may have together
    private final AtomicInteger found = new AtomicInteger();

    /** Where the first ascending run ends, if that was looked at; 0 before. */
    private int firstAscent;

    private boolean looked;
    private boolean joined;
    private int @Nullable [] bounds;

    IntRuns(int[] array, int from, int to, int workers, Grain grain) {
        this.array = array;
        this.from = from;
        this.to = to;
        this.chunk = grain.chunk();
        int chunks =
                to - from <= grain.lookAlone()
                        ? 1
                        : Math.max(1, Math.min(4 * workers, (to - from) / chunk));
        this.starts = new int[chunks][];
        this.limit = MOST + chunks;
    }

    /**
     * After the last step: where the ascending runs begin, counted from the first element of the
     * range; then its length. Null if there are too many.
     */
    int @Nullable [] bounds() {
        return bounds;
    }

    /**
     * Whether there are too many near the beginning already. In a loop of its own, so that those
     * over long runs are compiled for long runs.
     */
    boolean areManyAtStart() {
        int end = from + Math.min(START, to - from);
        int turns = 0;
        int before = 0;
        for (int i = from + 1; i < end && turns <= 2 * MOST; i++) {
            int now = direction(i);
            if (now != 0 && now != before) {
                turns++;
                before = now;
            }
        }
        return turns > 2 * MOST;
    }

    private int direction(int index) {
        var last = IntKeys.key(array[index - 1]);
        var key = IntKeys.key(array[index]);
        return last == key ? 0 : last < key ? 1 : -1;
    }

    /** Looks in this thread whether a short range is one run, and no further if it is not. */
    boolean isOneAtALook() {
        if (starts.length > 1) {
            return false;
        }
        firstAscent = endOfAscending(from, to);
        boolean ascends = firstAscent == to;
        if (ascends || endOfDescending(from, to) == to) {
            looked = true;
            starts[0] = new int[] {ascends ? from : ~from};
            found.set(1);
        }
        return looked;
    }

    /** Looks in this thread if the range is too short to be shared; whether it ascends wholly. */
    boolean ascendsAtALook() {
        if (starts.length > 1) {
            return false;
        }
        if (!looked) {
            looked = true;
            starts[0] = look(from, to);
        }
        return starts[0].length == 1 && starts[0][0] >= 0;
    }

    /** Whether a look showed few runs. */
    boolean areFew() {
        return looked && found.get() <= limit;
    }

    @Override
    public List<Runnable> next() {
        if (!looked) {
            looked = true;
            List<Runnable> looks = new ArrayList<>();
            for (int i = 0; i < starts.length; i++) {
                int part = i;
                looks.add(() -> starts[part] = look(bound(part), bound(part + 1)));
            }
            return looks;
        }
        if (joined || found.get() > limit) {
            return List.of();
        }
        joined = true; // once, since what follows changes the array
        return join();
    }

    @Override
    public int passes() {
        return 1;
    }

    @Override
    public void restore() {
        // elements only change places, each pair by one part
    }

    private int bound(int part) {
        return from + (int) ((long) (to - from) * part / starts.length);
    }

    /**
     * The starts of the maximal runs of a chunk, in order; of a descending one its complement. A
     * run of one element ascends.
     */
    private int[] look(int start, int end) {
        int[] runs = new int[4];
        int count = 0;
        int next = start;
        while (next < end && found.get() <= limit) {
            if (count == runs.length) {
                runs = Arrays.copyOf(runs, 2 * count);
            }
            int ascending =
                    next == from && firstAscent != 0 ? firstAscent : endOfAscending(next, end);
            int descending = ascending == end ? next : endOfDescending(next, end);
            runs[count++] = descending > ascending ? ~next : next;
            next = Math.max(ascending, descending);
            Object unused = found.incrementAndGet();
        }
        return Arrays.copyOf(runs, count);
    }

    /** Eight at a time: not every compiler unrolls a loop that may end at each element. */
    private int endOfAscending(int start, int end) {
        int next = start + 1;
        while (next <= end - 8
                && ascends(next)
                && ascends(next + 1)
                && ascends(next + 2)
                && ascends(next + 3)
                && ascends(next + 4)
                && ascends(next + 5)
                && ascends(next + 6)
                && ascends(next + 7)) {
            next += 8;
        }
        while (next < end && ascends(next)) {
            next++;
        }
        return next;
    }

    /** As {@link #endOfAscending}. */
    private int endOfDescending(int start, int end) {
        int next = start + 1;
        while (next <= end - 8
                && descends(next)
                && descends(next + 1)
                && descends(next + 2)
                && descends(next + 3)
                && descends(next + 4)
                && descends(next + 5)
                && descends(next + 6)
                && descends(next + 7)) {
            next += 8;
        }
        while (next < end && descends(next)) {
            next++;
        }
        return next;
    }

    private boolean ascends(int index) {
        return IntKeys.key(array[index - 1]) <= IntKeys.key(array[index]);
    }

    private boolean descends(int index) {
        return IntKeys.key(array[index - 1]) >= IntKeys.key(array[index]);
    }

    /** Joins runs that go on in the next chunk, and reverses those that descend. */
    private List<Runnable> join() {
        int[] joined = new int[found.get() + 1];
        int count = 0;
        for (int[] some : starts) {
            for (int run : some) {
                if (count == 0 || !goesOn(joined[count - 1], run)) {
                    joined[count++] = run;
                }
            }
        }
        if (count > MOST) {
            return List.of();
        }
        List<Runnable> reversals = new ArrayList<>();
        int[] result = new int[count + 1];
        for (int i = 0; i < count; i++) {
            int start = joined[i] < 0 ? ~joined[i] : joined[i];
            result[i] = start - from;
            if (joined[i] < 0) {
                int end = i + 1 == count ? to : joined[i + 1] < 0 ? ~joined[i + 1] : joined[i + 1];
                addReversals(reversals, start, end);
            }
        }
        result[count] = to - from;
        bounds = result;
        return reversals;
    }

    /** Whether a run continues the one before it; equal neighbours go either way. */
    private boolean goesOn(int before, int run) {
        int start = run < 0 ? ~run : run;
        var last = IntKeys.key(array[start - 1]);
        var first = IntKeys.key(array[start]);
        return (before < 0) == (run < 0) && (run < 0 ? last >= first : last <= first);
    }

    private void addReversals(List<Runnable> reversals, int start, int end) {
        int half = (end - start) / 2;
        for (int first = 0; first < half; first += chunk) {
            int low = start + first;
            int high = end - 1 - first;
            int pairs = Math.min(chunk, half - first);
            reversals.add(() -> IntReversed.reverse(array, low, low + pairs, low + high));
        }
    }
}
