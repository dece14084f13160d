package dev.magpie.benchmarks.queens;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.Recordable;
import dev.magpie.benchmarks.graph.RecordedTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.Task;
import java.util.concurrent.ForkJoinTask;

/** How many ways there are to place n queens; every valid placement is a task. */
public final class QueensProblem implements Problem, Recordable {

    /** For 0 to 18 queens. */
    private static final long[] SOLUTIONS = {
        1, 1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680, 14200, 73712, 365596, 2279184, 14772512,
        95815104, 666090624
    };

    private final int size;

    /**
     * The problem of one board size.
     *
     * @param size 1 to 18
     */
    public QueensProblem(int size) {
        if (size < 1 || size >= SOLUTIONS.length) {
            throw new IllegalArgumentException(
                    "queens must be between 1 and " + (SOLUTIONS.length - 1) + ", was " + size);
        }
        this.size = size;
    }

    @Override
    public Task<Long> magpie() {
        return new MagpieQueens(Board.empty(size), null);
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return new ForkJoinQueens(Board.empty(size), null);
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevQueens(Board.empty(size), null);
    }

    @Override
    public RecordedTask<Long> recorded(GraphRecorder recorder) {
        return new RecordedQueens(recorder, Board.empty(size), null);
    }

    @Override
    public long sequential() {
        return count(Board.empty(size));
    }

    private static long count(Board board) {
        if (board.isComplete()) {
            return 1;
        }
        long solutions = 0;
        for (int free = board.free(); free != 0; free &= free - 1) {
            solutions += count(board.place(Integer.lowestOneBit(free)));
        }
        return solutions;
    }

    @Override
    public long answer() {
        return SOLUTIONS[size];
    }
}
