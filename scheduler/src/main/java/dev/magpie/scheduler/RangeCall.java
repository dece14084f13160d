package dev.magpie.scheduler;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the pieces of one parallel loop share: whether to go on, and the first failure.
 *
 * <p>Who calls decides where the loop starts. A worker of the scheduler runs it. Any other thread
 * runs it by itself for as long as handing it over would take, and hands over what is left then:
 * the decision costs at most twice the better one, and nobody has to say how long an element takes.
 * Few elements are handed over at once, since one of them may take long.
 *
 * <p><b>Threads.</b> {@link #run} is called once; all else by any thread that runs a piece.
 */
final class RangeCall {

    /**
     * What a hand-over to a parked worker costs who waits for it. A rest of which half takes less
     * is not shared. A thread that is no worker runs a loop for that long before it hands over.
     */
    static final long HAND_OVER_NANOS = 20_000;

    /**
     * Elements a worker up to which a loop is few: so few that the first one might be a good part
     * of the whole, and is not run before the others were offered.
     */
    private static final int FEW_PER_WORKER = 8;

    private static final int MAX_FEW = 256;

    /**
     * A chunk is at most this part of the loop: its length is a guess from those before it, and if
     * all the work is in it, the workers share none. Two workers have less to lose.
     */
    private static final int MAX_LEAST_CHUNKS = 8;

    private static final int LEAST_CHUNKS_PER_WORKER = 2;

    /** The first chunk is guessed from nothing: at most this part of the loop. */
    private static final int LEAST_FIRST_CHUNKS = 64;

    private static final int MAX_FIRST_CHUNK = 16;

    /**
     * Longest chunk in elements: of the cheapest elements, enough to hide the check between two.
     */
    private static final int MAX_CHUNK = 8192;

    private final Scheduler scheduler;
    final int workers;

    /** Whether the loop is split before anything is known about its elements. */
    final boolean isEager;

    /** Longest chunk of this loop. */
    final int maxChunk;

    /** Length of the first chunk. */
    final int firstChunk;

    private volatile boolean isStopped;
    private @Nullable Throwable failure;
    private @Nullable Thread failedIn;

    private RangeCall(Scheduler scheduler, long length, boolean isEager) {
        this.scheduler = scheduler;
        workers = scheduler.getParallelism();
        this.isEager = isEager;
        int leastChunks = Math.min(MAX_LEAST_CHUNKS, LEAST_CHUNKS_PER_WORKER * workers);
        maxChunk = part(length, leastChunks, MAX_CHUNK);
        firstChunk = isEager ? 1 : part(length, LEAST_FIRST_CHUNKS, MAX_FIRST_CHUNK);
    }

    private static int part(long length, int parts, int max) {
        return (int) Math.max(1, Math.min(max, Long.divideUnsigned(length, parts)));
    }

    /**
     * A loop over some elements.
     *
     * @param length their number, unsigned
     */
    static RangeCall of(Scheduler scheduler, long length) {
        int few = Math.min(FEW_PER_WORKER * scheduler.getParallelism(), MAX_FEW);
        return new RangeCall(scheduler, length, Long.compareUnsigned(length, few) < 0);
    }

    /** A loop whose elements are tasks of their own, to be offered at once. */
    static RangeCall ofTasks(Scheduler scheduler, int length) {
        return new RangeCall(scheduler, length, true);
    }

    /** Runs a loop; nothing of it runs any more when this returns or throws. */
    void run(RangeTask<?> root) {
        if (root.isFinished()) {
            return;
        }
        if (Task.getPool() == scheduler) {
            root.runInWorker();
        } else {
            runFromOutside(root);
        }
        rethrow();
    }

    private void runFromOutside(RangeTask<?> root) {
        if (scheduler.isShutdown()) {
            throw new RejectedExecutionException(
                    "scheduler must not be shut down, was " + scheduler);
        }
        if (isEager || !root.runAlone()) {
            Object unused = scheduler.invoke(root);
        }
    }

    /** Ends the loop soon: no chunk is started any more. */
    void stop() {
        isStopped = true;
    }

    boolean isStopped() {
        return isStopped;
    }

    /** Ends the loop with a failure; the first one counts. */
    synchronized void fail(Throwable ex) {
        if (failure == null) {
            failure = ex;
            failedIn = Thread.currentThread();
        }
        isStopped = true;
    }

    private void rethrow() {
        if (isStopped) { // else there is no failure: it is stored first
            rethrowFailure();
        }
    }

    private synchronized void rethrowFailure() {
        if (failure != null) {
            throw Throwables.<RuntimeException>rethrow(
                    failedIn == Thread.currentThread()
                            ? failure
                            : Throwables.withJoinerFrames(failure));
        }
    }
}
