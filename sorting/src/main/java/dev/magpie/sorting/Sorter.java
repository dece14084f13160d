package dev.magpie.sorting;

import dev.magpie.scheduler.Scheduler;
import java.util.Arrays;
import java.util.Objects;

/**
 * Sorts arrays on a scheduler's workers; arrays too short to split, in the calling thread.
 * Immutable, cheap, thread-safe. Inside a task the calling worker sorts, too.
 *
 * <p>A sorter keeps the buffer of its last sort, softly reachable, for its next one, as do the
 * sorters that are derived from it: a program that sorts more than once keeps its sorter.
 */
public final class Sorter {

    private final Scheduler scheduler;
    private final Algorithm algorithm;
    private final BufferCache buffers;

    private Sorter(Scheduler scheduler, Algorithm algorithm, BufferCache buffers) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.algorithm = Objects.requireNonNull(algorithm, "algorithm");
        this.buffers = buffers;
    }

    /**
     * A sorter that uses a scheduler's workers.
     *
     * @param scheduler whose workers sort
     * @return a sorter with {@link Algorithm#MERGE}
     */
    public static Sorter on(Scheduler scheduler) {
        return new Sorter(scheduler, Algorithm.MERGE, new BufferCache());
    }

    /**
     * This sorter with another algorithm.
     *
     * @param other how to sort
     * @return a sorter; this one is unchanged
     */
    public Sorter algorithm(Algorithm other) {
        return new Sorter(scheduler, other, buffers);
    }

    /**
     * Sorts an array in ascending order.
     *
     * @param array what to sort; nobody else may touch it meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     array is long enough to split; nothing was changed
     * @throws OutOfMemoryError if no buffer of the same length can be allocated; nothing was
     *     changed
     */
    public void sort(int[] array) {
        sort(array, 0, array.length);
    }

    /**
     * Sorts a range of an array in ascending order; the rest is not touched.
     *
     * @param array what to sort; nobody else may touch the range meanwhile
     * @param from the first index, inclusive
     * @param to the last index, exclusive
     * @throws IllegalArgumentException if {@code from > to}
     * @throws ArrayIndexOutOfBoundsException if {@code from < 0} or {@code to > array.length}
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down and the
     *     range is long enough to split; nothing was changed
     * @throws OutOfMemoryError if no buffer of the range's length can be allocated; nothing was
     *     changed
     */
    public void sort(int[] array, int from, int to) {
        checkRange(array.length, from, to);
        if (to - from <= MergeRange.MIN_LEAF) {
            Arrays.sort(array, from, to);
        } else {
            int workers = scheduler.config().workers();
            int[] buffer = buffers.take(MergeRange.bufferLength(to - from, workers));
            MergeRange range = MergeRange.of(array, from, to, workers, buffer);
            Object unused = scheduler.invoke(new MergeSort(range));
            buffers.giveBack(buffer);
        }
    }

    private static void checkRange(int length, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("fromIndex(" + from + ") > toIndex(" + to + ")");
        }
        if (from < 0) {
            throw new ArrayIndexOutOfBoundsException(from);
        }
        if (to > length) {
            throw new ArrayIndexOutOfBoundsException(to);
        }
    }

    @Override
    public String toString() {
        return "Sorter[" + algorithm + " on " + scheduler + "]";
    }
}
