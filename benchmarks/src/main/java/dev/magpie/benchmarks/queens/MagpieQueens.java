package dev.magpie.benchmarks.queens;

import dev.magpie.scheduler.RecursiveTask;
import org.jspecify.annotations.Nullable;

/** One placement: forks the placements of the next row, joins them newest first. */
final class MagpieQueens extends RecursiveTask<Long> {

    private final Board board;

    /** The sibling that was forked before this one. */
    private final @Nullable MagpieQueens older;

    MagpieQueens(Board board, @Nullable MagpieQueens older) {
        this.board = board;
        this.older = older;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns this task
    protected Long compute() {
        if (board.isComplete()) {
            return 1L;
        }
        MagpieQueens newest = null;
        for (int free = board.free(); free != 0; free &= free - 1) {
            newest = new MagpieQueens(board.place(Integer.lowestOneBit(free)), newest);
            newest.fork();
        }
        long solutions = 0;
        for (MagpieQueens child = newest; child != null; child = child.older) {
            solutions += child.join();
        }
        return solutions;
    }
}
