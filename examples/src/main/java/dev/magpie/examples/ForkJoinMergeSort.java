package dev.magpie.examples;

import dev.magpie.sorting.MergeKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * The merge sort of {@link dev.magpie.sorting.Sorter} on a {@link
 * java.util.concurrent.ForkJoinPool}, step by step the same: it shows what the pool makes of it.
 *
 * <p>Sorts a range of an array by merging: both halves sorted in parallel, recursively, then merged
 * in equal pieces. The arrays change roles at each level, so that the last merge writes the
 * caller's.
 */
final class ForkJoinMergeSort extends RecursiveAction {

    private static final long serialVersionUID = 1L;

    /** Below this size one sequential sort is faster than splitting. */
    static final int MIN_LEAF = 1 << 13;

    /** A piece of a merge: long enough to hide its task, short enough to even out slow cores. */
    private static final int MIN_PIECE = 1 << 15;

    private final int[] array;
    private final int[] buffer;

    /** Index in {@code buffer} of the element at index 0 of {@code array}, mostly negative. */
    private final int shift;

    private final int from;
    private final int to;
    private final int leaf;
    private final int pieces;
    private final boolean intoBuffer;

    private ForkJoinMergeSort(ForkJoinMergeSort whole, int from, int to, boolean intoBuffer) {
        this(
                whole.array,
                whole.buffer,
                whole.shift,
                from,
                to,
                whole.leaf,
                whole.pieces,
                intoBuffer);
    }

    private ForkJoinMergeSort(
            int[] array,
            int[] buffer,
            int shift,
            int from,
            int to,
            int leaf,
            int pieces,
            boolean intoBuffer) {
        this.array = array;
        this.buffer = buffer;
        this.shift = shift;
        this.from = from;
        this.to = to;
        this.leaf = leaf;
        this.pieces = pieces;
        this.intoBuffer = intoBuffer;
    }

    /** Sorts an array on a pool. */
    static void sort(int[] array, ForkJoinPool pool) {
        if (array.length <= MIN_LEAF) {
            Arrays.sort(array);
        } else {
            Object unused = pool.invoke(of(array, 0, array.length, pool.getParallelism()));
        }
    }

    /** The sort of a range by the given number of workers; the range is longer than one leaf. */
    static ForkJoinMergeSort of(int[] array, int from, int to, int workers) {
        int size = to - from;
        int leaves = Integer.highestOneBit(Math.max(1, 2 * workers - 1));
        int leaf = Math.max(MIN_LEAF, (size + leaves - 1) / leaves);
        return new ForkJoinMergeSort(
                array, new int[size], -from, from, to, leaf, 4 * workers, false);
    }

    @Override
    protected void compute() {
        if (to - from <= leaf) {
            sortLeaf();
            return;
        }
        int middle = (from + to) >>> 1;
        ForkJoinTask.invokeAll(
                new ForkJoinMergeSort(this, from, middle, !intoBuffer),
                new ForkJoinMergeSort(this, middle, to, !intoBuffer));
        if (intoBuffer) {
            merge(array, from, middle, to, buffer, from + shift);
        } else {
            merge(buffer, from + shift, middle + shift, to + shift, array, from);
        }
    }

    private void sortLeaf() {
        if (intoBuffer) {
            System.arraycopy(array, from, buffer, from + shift, to - from);
            Arrays.sort(buffer, from + shift, to + shift);
        } else {
            Arrays.sort(array, from, to);
        }
    }

    private void merge(int[] source, int start, int middle, int end, int[] target, int targetFrom) {
        int total = end - start;
        int count = (int) Math.max(1, Math.min(pieces, (long) total / MIN_PIECE));
        List<MergePiece> tasks = new ArrayList<>(count);
        int rank = 0;
        int leftTaken = 0;
        for (int piece = 1; piece <= count; piece++) {
            int nextRank = (int) ((long) total * piece / count);
            int nextLeft =
                    MergeKernel.coRank(
                            nextRank, source, start, middle - start, middle, end - middle);
            tasks.add(
                    new MergePiece(
                            source,
                            start + leftTaken,
                            start + nextLeft,
                            middle + rank - leftTaken,
                            middle + nextRank - nextLeft,
                            target,
                            targetFrom + rank));
            rank = nextRank;
            leftTaken = nextLeft;
        }
        ForkJoinTask.invokeAll(tasks);
    }

    /** One piece of a merge's output. */
    private static final class MergePiece extends RecursiveAction {

        private static final long serialVersionUID = 1L;

        private final int[] source;
        private final int leftFrom;
        private final int leftTo;
        private final int rightFrom;
        private final int rightTo;
        private final int[] target;
        private final int targetFrom;

        MergePiece(
                int[] source,
                int leftFrom,
                int leftTo,
                int rightFrom,
                int rightTo,
                int[] target,
                int targetFrom) {
            this.source = source;
            this.leftFrom = leftFrom;
            this.leftTo = leftTo;
            this.rightFrom = rightFrom;
            this.rightTo = rightTo;
            this.target = target;
            this.targetFrom = targetFrom;
        }

        @Override
        protected void compute() {
            MergeKernel.merge(source, leftFrom, leftTo, rightFrom, rightTo, target, targetFrom);
        }
    }
}
