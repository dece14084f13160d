package dev.magpie.benchmarks.queens;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import org.jspecify.annotations.Nullable;

/** One placement: forks the placements of the next row, joins them newest first. */
final class ChaseLevQueens extends ChaseLevTask<Long> {

    private final Board board;

    /** The sibling that was forked before this one. */
    private final @Nullable ChaseLevQueens older;

    ChaseLevQueens(Board board, @Nullable ChaseLevQueens older) {
        this.board = board;
        this.older = older;
    }

    @Override
    protected Long compute() {
        if (board.isComplete()) {
            return 1L;
        }
        ChaseLevQueens newest = null;
        for (int free = board.free(); free != 0; free &= free - 1) {
            newest = new ChaseLevQueens(board.place(Integer.lowestOneBit(free)), newest);
            newest.fork();
        }
        long solutions = 0;
        for (ChaseLevQueens child = newest; child != null; child = child.older) {
            solutions += child.join();
        }
        return solutions;
    }
}
