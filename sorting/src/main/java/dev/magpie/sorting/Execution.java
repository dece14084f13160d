package dev.magpie.sorting;

import dev.magpie.scheduler.RecursiveAction;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Task;
import dev.magpie.scheduler.TaskScope;
import java.util.ArrayList;
import java.util.List;

/** One call of a sort: where its pieces run, how long they are, and how it ends. Thread-safe. */
final class Execution {

    /** So many pieces a worker even out workers that come late to a pass. */
    private static final int PIECES_PER_WORKER = 4;

    /** Elements between two questions whether to stop, in a pass that compares nothing. */
    private static final int BLOCK = 1 << 10;

    final Control control;
    private final Scheduler scheduler;
    private final int workers;
    private final Grains grains;

    Execution(Scheduler scheduler, Control control, Grains grains) {
        this.scheduler = scheduler;
        this.control = control;
        this.grains = grains;
        workers = scheduler.config().workers();
    }

    /** A part of a piece. */
    interface Move {
        void run() throws Exception;
    }

    /** A part of a pass, over the indices of a range. */
    interface Pass {

        /** Leaves all as it is. */
        Pass NOTHING = (from, to) -> {};

        void run(int from, int to) throws Exception;
    }

    /**
     * Does a job to its end, whatever happens to it.
     *
     * @param size the length of what is sorted
     * @param job what to do
     */
    void perform(int size, Job job) {
        control.expect(job.moves());
        try {
            if (isShort(size)) {
                job.work();
            } else {
                Object unused = scheduler.invoke(root(job));
            }
        } catch (Throwable thrown) {
            control.fail(thrown);
        }
        if (control.hasFailed()) {
            control.close();
            job.putBack();
        }
        job.release();
        control.rethrow();
        control.finish();
    }

    private static RecursiveAction root(Job job) {
        return new RecursiveAction() {
            @Override
            protected void compute() {
                job.work();
            }
        };
    }

    /** Whether a range is done in one piece, by the thread that calls. */
    boolean isShort(int size) {
        return size <= grains.leaf();
    }

    /** Leaves are as many as workers, rounded up to a power of two: a further level is a pass. */
    int leafLength(int size) {
        int leaves = Integer.highestOneBit(2 * workers - 1);
        return (int) Math.max(grains.leaf(), ((long) size + leaves - 1) / leaves);
    }

    /** How many pieces a pass over so many elements is cut into. */
    int pieces(int size) {
        int most = isShort(size) ? 1 : PIECES_PER_WORKER * workers;
        return Math.max(1, Math.min(most, size / grains.piece()));
    }

    /** Where a piece of a pass ends. */
    static int cut(int size, int piece, int pieces) {
        return (int) ((long) size * piece / pieces);
    }

    Piece piece(Move move) {
        return new Piece(control) {
            @Override
            void move() throws Exception {
                move.run();
            }
        };
    }

    /** Runs a piece here and now. */
    void run(Move move) {
        piece(move).compute();
    }

    /** Runs pieces in parallel. */
    void run(List<Piece> pieces) {
        if (pieces.size() == 1) {
            pieces.get(0).compute();
        } else {
            Task.invokeAll(pieces);
        }
    }

    /** Runs a pass over a range, in parallel pieces and these in blocks. */
    void sweep(int from, int to, Pass pass) {
        int count = pieces(to - from);
        List<Piece> pieces = new ArrayList<>(count);
        for (int piece = 0; piece < count; piece++) {
            int start = from + cut(to - from, piece, count);
            int end = from + cut(to - from, piece + 1, count);
            pieces.add(piece(() -> sweepBlocks(start, end, pass)));
        }
        run(pieces);
    }

    private void sweepBlocks(int from, int to, Pass pass) throws Exception {
        int start = from;
        while (start < to && !control.isStopped()) {
            TaskScope.throwIfCancelled();
            int end = start + Math.min(BLOCK, to - start);
            pass.run(start, end);
            start = end;
        }
    }
}
