package dev.magpie.sorting;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Puts the object of one rank in its place in a range, and what is less before it: parts the range
 * by two pivots from a sample that lie a little below and above the rank (Floyd and Rivest,
 * "Expected Time Bounds for Selection", DOI 10.1145/360680.360691), goes on with the part that
 * holds the rank, and sorts what is left when it is short. Deviates in that the sample has a
 * bounded length, the partition is parallel and needs a buffer, and equal elements end it.
 *
 * <p>Linear time is expected. After a bounded number of rounds, or without room for a buffer, the
 * rest is sorted; so no input and no comparator make it worse than a sort.
 */
final class ObjectSelect implements Job {

    /** Two or three are enough, but for orders that contradict themselves. */
    private static final int ROUNDS = 16;

    /** Its rank at the median has a standard deviation of 16, which leaves a 16th of the range. */
    private static final int LONGEST_SAMPLE = 1 << 10;

    /** At most one in so many is sampled, so that sorting the sample costs less than a pass. */
    private static final int SAMPLED = 16;

    private static final Object[] NONE = {};

    private final Execution execution;
    private final Object[] array;
    private final int first;
    private final int size;
    private final int rank;
    private final Comparator<Object> order;
    private final Shelf<Object[]> shelf;

    private Object[] buffer = NONE;
    private int from;
    private int to;
    private ObjectPartition.@Nullable Pivots pivots;
    private volatile @Nullable ObjectPartition partition;
    private volatile @Nullable StableSort rest;

    /** Of the object that a sort of the range would put at index {@code rank} of the array. */
    ObjectSelect(
            Execution execution,
            Object[] array,
            int from,
            int to,
            int rank,
            Comparator<Object> order,
            Shelf<Object[]> shelf) {
        this.execution = execution;
        this.array = array;
        this.first = from;
        this.size = to - from;
        this.rank = rank;
        this.order = order;
        this.shelf = shelf;
        this.from = from;
        this.to = to;
    }

    @Override
    public long moves() {
        return 3L * size;
    }

    @Override
    public void work() {
        if (!execution.isShort(size)) {
            narrow();
        }
        if (to - from > 1 && !execution.control.isStopped()) {
            StableSort sort = new StableSort(execution, elements(), from, to);
            rest = sort;
            sort.work();
        }
    }

    private Elements elements() {
        return new ObjectElements(array, from, to, order, execution.control, shelf);
    }

    private void narrow() {
        byte[] sides;
        try {
            buffer = shelf.take(size);
            sides = new byte[size];
        } catch (OutOfMemoryError noBuffer) {
            return;
        }
        int before = Integer.MAX_VALUE;
        for (int round = 0; round < ROUNDS && !execution.isShort(to - from); round++) {
            boolean shrinks = to - from <= before / 2;
            before = to - from;
            execution.run(() -> choosePivots(shrinks));
            ObjectPartition.Pivots chosen = pivots;
            if (chosen == null || execution.control.hasFailed()) {
                return;
            }
            ObjectPartition next =
                    new ObjectPartition(
                            execution, array, first, buffer, sides, from, to, chosen, order);
            partition = next;
            next.run();
            if (execution.control.isStopped()) {
                return;
            }
            take(next, chosen);
        }
    }

    /**
     * Two pivots around the rank; one alone if two did not help, so that what is equal to it is
     * settled.
     */
    private void choosePivots(boolean two) {
        int length = to - from;
        int count = Math.max(1, Math.min(LONGEST_SAMPLE, length / SAMPLED));
        SplittableRandom random = new SplittableRandom(length);
        Object[] sample = new Object[count];
        for (int i = 0; i < count; i++) {
            int start = from + Execution.cut(length, i, count);
            int end = from + Execution.cut(length, i + 1, count);
            sample[i] = array[random.nextInt(start, end)];
        }
        Comparator<Object> watched = new ObjectWatch(order, execution.control);
        Arrays.sort(sample, watched);
        int place = (int) ((long) (rank - from) * count / length);
        int gap = two ? (int) Math.sqrt(count) : 0;
        var lower = sample[Math.max(0, place - gap)];
        var upper = sample[Math.min(count - 1, place + gap)];
        pivots =
                new ObjectPartition.Pivots(
                        lower,
                        upper,
                        gap == 0 || watched.compare(lower, upper) == 0,
                        rank - from < length / 2);
    }

    /** The part that holds the rank is next; none if all of it are equal. */
    private void take(ObjectPartition parted, ObjectPartition.Pivots chosen) {
        int less = from + parted.less();
        int greater = less + parted.between();
        if (rank < less) {
            to = less;
        } else if (rank >= greater) {
            from = greater;
        } else if (chosen.equal()) {
            from = rank;
            to = rank;
        } else {
            from = less;
            to = greater;
        }
    }

    @Override
    public void putBack() {
        ObjectPartition last = partition;
        if (last != null) {
            last.putBack();
        }
        StableSort sort = rest;
        if (sort != null) {
            sort.putBack();
        }
    }

    @Override
    public void release() {
        StableSort sort = rest;
        if (sort != null) {
            sort.release();
        }
        if (buffer != NONE) {
            shelf.giveBack(buffer, size);
            buffer = NONE;
        }
    }
}
