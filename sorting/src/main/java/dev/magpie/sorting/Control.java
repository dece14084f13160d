package dev.magpie.sorting;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one sort share: whether to go on, how far they are, and who is still writing. A
 * call that is made of several sorts has one, too, which its sorts look at beside their own.
 * Thread-safe.
 *
 * <p>A sort that is stopped leaves a permutation. Only {@link Piece pieces} write elements; they
 * record what they throw here. The root ends the sort by {@link #close}: from then on no piece
 * starts, and when it returns none is running, so that the root may put the elements back alone.
 * That holds although the engine may have cancelled the tree and dropped some of its tasks.
 */
final class Control {

    private static final int CLOSED = Integer.MIN_VALUE;

    private static final int REPORTS = 100;

    private static final int SPINS = 1000;

    private static final long LOOK_EVERY_NANOS = 50_000;

    private final @Nullable BooleanSupplier cancelled;
    private final long timeout;
    private final long start;
    private final @Nullable SortProgress progress;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private long reported; // by the lock of this
    private int reports; // by the lock of this
    private volatile long total;
    private volatile @Nullable Throwable failure;

    /**
     * A sort that starts now.
     *
     * @param cancelled asked before each piece, or null
     * @param timeout nanoseconds from now, or 0 for none
     * @param progress told of each hundredth, or null
     */
    Control(@Nullable BooleanSupplier cancelled, long timeout, @Nullable SortProgress progress) {
        this.cancelled = cancelled;
        this.timeout = timeout;
        this.start = timeout == 0 ? 0 : System.nanoTime();
        this.progress = progress;
    }

    /** Called before each step, since the first ones tell which others there will be. */
    void expect(long moves) {
        total = Math.max(total, moves); // the root alone calls this
    }

    /** Whether to start nothing more; the first who hears of a cancellation records it. */
    boolean isStopped() {
        if (failure != null) {
            return true;
        }
        if (timeout != 0 && System.nanoTime() - start >= timeout) {
            fail(new CancellationException("sort timed out"));
        } else if (cancelled != null && cancelled.getAsBoolean()) {
            fail(new CancellationException("sort was cancelled"));
        }
        return failure != null;
    }

    /** Whether somebody may want to stop the sort, so that its parts ought to be short. */
    boolean isStoppable() {
        return cancelled != null || timeout != 0;
    }

    /**
     * Stops one of several sorts that together are this one: to be asked before each piece. Throws
     * what stopped this one, so that it arrives as itself; null if nothing may stop it.
     */
    @Nullable BooleanSupplier stop() {
        if (!isStoppable()) {
            return null;
        }
        return () -> {
            throwIfStopped();
            return false;
        };
    }

    /**
     * Progress of one of several sorts that together are this one; null if nobody is told.
     *
     * @param moves of this one that are its share
     */
    @Nullable SortProgress share(long moves) {
        return progress == null ? null : new Share(this, moves);
    }

    /** Turns the progress of a part into that of the whole. Told by one thread at a time. */
    private static final class Share implements SortProgress {

        private final Control whole;
        private final long moves;
        private long told;

        Share(Control whole, long moves) {
            this.whole = whole;
            this.moves = moves;
        }

        /** What was told stays, although the part's total may have grown. */
        @Override
        public void advanced(long done, long total) {
            long now = done == total ? moves : (long) ((double) moves * done / total);
            if (now > told) {
                long before = told;
                told = now;
                whole.advance(now - before);
            }
        }
    }

    /** Stops the sort. The first failure is thrown at its end, the others go with it. */
    synchronized void fail(Throwable thrown) {
        Throwable first = failure;
        if (first == null) {
            failure = thrown;
        } else if (first != thrown && !(thrown instanceof CancellationException)) {
            suppress(first, thrown);
        }
    }

    /** Fails never: what stops the sort must go on to put the elements back. */
    private static void suppress(Throwable first, Throwable thrown) {
        try {
            first.addSuppressed(thrown);
        } catch (OutOfMemoryError noRoom) {
            return; // the first one says enough
        }
    }

    /** Whether the caller may write elements; then it calls {@link #exit} when it has. */
    boolean enter() {
        if (running.getAndIncrement() < 0) {
            exit();
            return false;
        }
        return true;
    }

    void exit() {
        running.getAndDecrement();
    }

    /** Lets no piece start any more and waits for those that run. */
    void close() {
        running.getAndAdd(CLOSED);
        for (int looks = 0; running.get() != CLOSED; looks++) {
            if (looks < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(LOOK_EVERY_NANOS);
            }
        }
    }

    /** Counts moves that were made, or that need not be made. */
    void advance(long moves) {
        if (progress == null) {
            return;
        }
        long now = done.addAndGet(moves);
        synchronized (this) {
            if (now < total && reports < REPORTS && now - reported >= interval()) {
                reported = now;
                reports++;
                progress.advanced(now, total);
            }
        }
    }

    /** Shares what is left out among the reports that are left: the total may have grown. */
    private long interval() {
        return Math.max(1, (total - reported) / (REPORTS - reports));
    }

    /** The sort ended normally, maybe by a shorter way than it expected. */
    void finish() {
        if (progress != null) {
            progress.advanced(total, total);
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    void throwIfStopped() {
        if (isStopped()) {
            rethrow();
        }
    }

    /** Throws what stopped the sort, if anything did, as itself. */
    void rethrow() {
        Throwable first = failure;
        if (first != null) {
            Control.<RuntimeException>sneak(first);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
