package dev.magpie.benchmarks.queens;

import java.util.concurrent.RecursiveTask;
import org.jspecify.annotations.Nullable;

/** One placement: forks the placements of the next row, joins them newest first. */
final class ForkJoinQueens extends RecursiveTask<Long> {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Board board;

    /** The sibling that was forked before this one. */
    private final @Nullable ForkJoinQueens older;

    ForkJoinQueens(Board board, @Nullable ForkJoinQueens older) {
        this.board = board;
        this.older = older;
    }

    @Override
    protected Long compute() {
        if (board.isComplete()) {
            return 1L;
        }
        ForkJoinQueens newest = null;
        for (int free = board.free(); free != 0; free &= free - 1) {
            newest = new ForkJoinQueens(board.place(Integer.lowestOneBit(free)), newest);
            newest.fork();
        }
        long solutions = 0;
        for (ForkJoinQueens child = newest; child != null; child = child.older) {
            solutions += child.join();
        }
        return solutions;
    }
}
