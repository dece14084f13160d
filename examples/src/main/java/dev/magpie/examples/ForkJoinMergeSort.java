package dev.magpie.examples;

import dev.magpie.sorting.MergePiece;
import dev.magpie.sorting.MergeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * The merge sort of {@link dev.magpie.sorting.Sorter} on a {@link ForkJoinPool}, step by step the
 * same: it shows what the pool makes of it.
 */
final class ForkJoinMergeSort extends RecursiveAction {

    private static final long serialVersionUID = 1L;

    private final transient MergeRange range;

    private ForkJoinMergeSort(MergeRange range) {
        this.range = range;
    }

    /** Sorts an array on a pool; an array too short to split, in the calling thread. */
    static void sort(int[] array, ForkJoinPool pool) {
        if (array.length <= MergeRange.MIN_LEAF) {
            Arrays.sort(array);
        } else {
            MergeRange whole = MergeRange.of(array, 0, array.length, pool.getParallelism());
            Object unused = pool.invoke(new ForkJoinMergeSort(whole));
        }
    }

    @Override
    protected void compute() {
        if (range.isLeaf()) {
            range.sortLeaf();
        } else {
            ForkJoinTask.invokeAll(
                    new ForkJoinMergeSort(range.left()), new ForkJoinMergeSort(range.right()));
            mergePieces();
        }
    }

    private void mergePieces() {
        List<Merge> merges = new ArrayList<>();
        for (MergePiece piece : range.pieces()) {
            merges.add(new Merge(piece));
        }
        Object unused = ForkJoinTask.invokeAll(merges);
    }

    private static final class Merge extends RecursiveAction {

        private static final long serialVersionUID = 1L;

        private final transient MergePiece piece;

        Merge(MergePiece piece) {
            this.piece = piece;
        }

        @Override
        protected void compute() {
            piece.merge();
        }
    }
}
