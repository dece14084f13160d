package dev.magpie.benchmarks.queens;

import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.RecordedTask;
import org.jspecify.annotations.Nullable;

/** One placement: forks the placements of the next row, joins them newest first. */
final class RecordedQueens extends RecordedTask<Long> {

    private final Board board;

    /** The sibling that was forked before this one. */
    private final @Nullable RecordedQueens older;

    RecordedQueens(GraphRecorder recorder, Board board, @Nullable RecordedQueens older) {
        super(recorder);
        this.board = board;
        this.older = older;
    }

    @Override
    protected Long compute() {
        if (board.isComplete()) {
            return 1L;
        }
        RecordedQueens newest = null;
        for (int free = board.free(); free != 0; free &= free - 1) {
            Board next = board.place(Integer.lowestOneBit(free));
            newest = new RecordedQueens(recorder, next, newest);
            newest.fork();
        }
        long solutions = 0;
        for (RecordedQueens child = newest; child != null; child = child.older) {
            solutions += child.join();
        }
        return solutions;
    }
}
