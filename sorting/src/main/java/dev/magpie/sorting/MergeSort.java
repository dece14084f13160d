package dev.magpie.sorting;

import dev.magpie.scheduler.RecursiveAction;
import dev.magpie.scheduler.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts a range by merging: both halves sorted in parallel, recursively, then merged in parallel
 * pieces of equal length, so that every worker is busy in every pass.
 */
final class MergeSort extends RecursiveAction {

    private final MergeRange range;

    MergeSort(MergeRange range) {
        this.range = range;
    }

    @Override
    protected void compute() {
        if (range.isLeaf()) {
            range.sortLeaf();
        } else {
            Task.invokeAll(new MergeSort(range.left()), new MergeSort(range.right()));
            mergePieces();
        }
    }

    private void mergePieces() {
        List<Merge> merges = new ArrayList<>();
        for (MergePiece piece : range.pieces()) {
            merges.add(new Merge(piece));
        }
        Task.invokeAll(merges);
    }

    private static final class Merge extends RecursiveAction {

        private final MergePiece piece;

        Merge(MergePiece piece) {
            this.piece = piece;
        }

        @Override
        protected void compute() {
            piece.merge();
        }
    }
}
