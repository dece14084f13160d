package dev.magpie.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a parallel loop: a range of indices, split no sooner than somebody wants a part of it.
 *
 * <p><b>Algorithm.</b> Lazy binary splitting (Tzannes, Caragea, Barua and Vishkin, PPoPP 2010, doi
 * 10.1145/1693453.1693479). The piece runs in chunks; before each one it looks whether something
 * lies in the deque, and if not it forks the upper half of what is left. A stolen half does the
 * same. Its own halves it joins newest first, which is the order of the deque, and of the indices.
 *
 * <p>What deviates: a chunk is no fixed number of elements, it is as many as took {@link
 * #CHUNK_NANOS} lately. While one element fills a chunk, each worker finds a half of its own rather
 * than one for all: the next look may be far away. A worker that was preempted measures such an
 * element, too, and its halves believe it; so nobody forks while anything lies in the deque, seen
 * by thieves or not, or they would be split to their last elements. And a loop of many elements is
 * not split before it has run that long, so that a short loop wakes nobody (after "Heartbeat
 * scheduling", Acar, Charguéraud, Guatto, Rainey and Sieczkowski, PLDI 2018, doi
 * 10.1145/3192366.3192391).
 *
 * <p><b>Threads.</b> One thread runs a piece; its fields are handed over by fork, join and submit.
 *
 * @param <S> the class itself
 */
abstract class RangeTask<S extends RangeTask<S>> extends Task<@Nullable Void> {

    /** About what waking a worker costs who wakes it, and many times what a chunk's clock costs. */
    private static final long CHUNK_NANOS = 4_000;

    /** The most by which chunks grow at a time: a few elements say little about the rest. */
    private static final int GROWTH = 16;

    /** Until it was measured, an element is taken to fill a chunk, and more. */
    private static final double UNKNOWN = Double.MAX_VALUE;

    final RangeCall call;
    private long next;
    private long end;
    private int chunk;

    /** Nanoseconds an element in the last chunk. */
    private double pace = UNKNOWN;

    private boolean maySplit;

    /** When this piece was started, and when its last chunk ended. */
    private long began;

    private long clock;

    /** The half that was forked last, and in it the one before. */
    private @Nullable S newest;

    private @Nullable S older;

    /** A whole loop. */
    RangeTask(RangeCall call, long from, long to) {
        this.call = call;
        next = from;
        end = Math.max(from, to);
        chunk = call.firstChunk;
        maySplit = call.isEager;
    }

    /** Runs the elements of a chunk. */
    abstract void run(long from, long to);

    /** A new piece for the upper part of this one's range. */
    abstract S piece(long from, long to);

    /** Takes over the result of the piece that follows this one; both are done. */
    abstract void append(S right);

    final boolean isFinished() {
        return next == end;
    }

    @Override
    @SuppressWarnings("NullAway") // the result type says nullable; only JSpecify mode would see it
    final @Nullable Void exec() {
        runInWorker();
        return null;
    }

    /**
     * Runs all of it, in a worker. Few calls lie between here and what a user wrote: the compiler
     * inlines fifteen, those of the caller included, and one that it leaves out costs each element.
     */
    final void runInWorker() {
        try {
            Worker worker = WorkerThread.current().worker();
            startClock();
            while (next != end && !call.isStopped()) {
                worker.tokens.check();
                if (maySplit && (isAllOffered() || worker.offersNothing())) {
                    split();
                }
                runChunk();
                maySplit |= clock - began > CHUNK_NANOS;
            }
        } catch (Throwable ex) {
            call.fail(ex);
        }
        joinHalves();
    }

    /**
     * Runs in a thread that is no worker, until handing over the rest is cheap beside it.
     *
     * @return whether the loop is over
     */
    final boolean runAlone() {
        startClock();
        while (next != end && !call.isStopped()) {
            if (clock - began > RangeCall.HAND_OVER_NANOS && isWorthSharing()) {
                maySplit = true;
                return false;
            }
            runChunk();
        }
        return true;
    }

    private void startClock() {
        began = System.nanoTime();
        clock = began;
    }

    private void runChunk() {
        long left = end - next;
        int elements = Long.compareUnsigned(chunk, left) < 0 ? chunk : (int) left;
        long to = next + elements;
        run(next, to);
        next = to;
        if (to != end) { // the clock costs more than some loops
            measure(elements);
        }
    }

    private void measure(int elements) {
        long now = System.nanoTime();
        pace = Math.max(1.0, now - clock) / elements;
        clock = now;
        double bound = Math.min((double) chunk * GROWTH, call.maxChunk);
        chunk = (int) Math.max(1.0, Math.min(bound, CHUNK_NANOS / pace));
    }

    /** Whether half of the rest, at the pace of the last chunk, takes longer than a hand-over. */
    private boolean isWorthSharing() {
        long left = end - next;
        double nanos = (left < 0 ? UNKNOWN : left) * pace; // negative: unsigned, and endless
        return nanos > 2 * RangeCall.HAND_OVER_NANOS;
    }

    /** Whether elements that may be long are few: then nothing is kept back. */
    private boolean isAllOffered() {
        return call.isEager && chunk == 1;
    }

    /**
     * Forks what thieves should find: one half, or one for each worker if it is long until the next
     * look.
     */
    private void split() {
        int halves = chunk > 1 ? 1 : isAllOffered() ? Integer.MAX_VALUE : call.workers;
        while (halves-- > 0 && end - next != 1 && isWorthSharing()) {
            forkHalf();
        }
    }

    private void forkHalf() {
        long middle = next + (end - next >>> 1);
        S half = piece(middle, end);
        RangeTask<S> piece = half;
        piece.chunk = chunk;
        piece.pace = pace;
        piece.maySplit = true;
        piece.older = newest;
        Object unused = half.fork();
        newest = half;
        end = middle;
    }

    /** After a failure or a stop the halves end by themselves, soon. */
    private void joinHalves() {
        S half = newest;
        newest = null;
        while (half != null) {
            try {
                Object unused = half.join();
                if (!call.isStopped()) {
                    append(half);
                }
            } catch (Throwable ex) {
                call.fail(ex);
                half.quietlyJoin();
            }
            RangeTask<S> piece = half;
            half = piece.older;
        }
    }
}
