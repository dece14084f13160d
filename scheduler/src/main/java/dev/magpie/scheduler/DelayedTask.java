package dev.magpie.scheduler;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A callable that is handed to the workers when its time has come, once or again and again.
 *
 * <p>While it waits for its time nobody may run it, not even who waits for it. A periodic one
 * completes only by cancellation or failure; at most one run is under way at a time.
 */
final class DelayedTask<V extends @Nullable Object> extends CallableTask<V>
        implements RunnableScheduledFuture<V> {

    static final int IN_NO_HEAP = -1;

    /** Any two deadlines are this close, 146 years, so that their difference does not overflow. */
    private static final long MAX_DELAY = Long.MAX_VALUE >> 1;

    /** Breaks ties: first come, first served. */
    private static final AtomicLong SEQUENCE = new AtomicLong();

    /** Written and read by the heap that holds this task. */
    int heapIndex = IN_NO_HEAP;

    /** Null when it will not wait for its time any more: its future then holds no pool. */
    private volatile @Nullable DelayTimer timer;

    private final long sequence = SEQUENCE.getAndIncrement();

    /** In nanoseconds: 0 once, greater than 0 at a fixed rate, less than 0 with a fixed delay. */
    private final long period;

    private volatile long deadline;

    /** Keeps the scheduler reachable for as long as something is scheduled on it. */
    private @Nullable Scheduler keptOpen;

    DelayedTask(
            Callable<? extends V> callable,
            Scheduler scheduler,
            Pool pool,
            long delay,
            long period) {
        super(callable, pool.home(), period != 0);
        timer = pool.timer();
        this.period = period;
        deadline = System.nanoTime() + Math.min(Math.max(delay, 0), MAX_DELAY);
        keptOpen = scheduler;
    }

    /** It will not be given to the timer again. */
    void letGo() {
        timer = null;
        keptOpen = null;
    }

    long deadline() {
        return deadline;
    }

    boolean isDueBefore(DelayedTask<?> other) {
        long difference = deadline - other.deadline;
        return difference != 0 ? difference < 0 : sequence - other.sequence < 0;
    }

    /** The time has come: workers may run it. Returns false if it was cancelled. */
    boolean markDue() {
        if (period == 0) {
            letGo(); // from here on it is a submission like any other
        }
        return endDelay();
    }

    @Override
    void runTask() {
        if (period == 0) {
            super.runTask();
        } else if (claim()) {
            runPeriod();
        }
    }

    private void runPeriod() {
        try {
            Object unused = execSubmitted(); // each run under a token of its own
            waitAgain();
        } catch (Throwable ex) {
            fail(ex);
            dropCallable();
            letGo();
        }
    }

    private void waitAgain() {
        DelayTimer current = timer;
        if (current == null) {
            cancel(false); // shutdownNow has given it back
        } else {
            current.addAgain(this, nextDeadline());
        }
    }

    private long nextDeadline() {
        return period > 0
                ? deadline + Math.min(period, MAX_DELAY)
                : System.nanoTime() + Math.min(-period, MAX_DELAY);
    }

    /** While it is in no heap. Returns false if it was cancelled meanwhile. */
    boolean beginDelay(long next) {
        deadline = next;
        return beginDelay();
    }

    /**
     * It does not wait for its time any more: somebody runs it by hand, as who got it back from
     * {@code shutdownNow} may.
     */
    void endDelayEarly() {
        DelayTimer current = timer;
        if (current != null) {
            current.remove(this);
        }
        boolean unused = markDue();
    }

    @Override
    public void run() {
        endDelayEarly();
        runTask();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        DelayTimer current = timer;
        if (cancelled && current != null) {
            current.remove(this);
            letGo();
        }
        if (cancelled && isPeriodic()) {
            dropCallable();
        }
        return cancelled;
    }

    @Override
    public boolean isPeriodic() {
        return period != 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        if (other == this) {
            return 0;
        }
        if (other instanceof DelayedTask<?> task) {
            return isDueBefore(task) ? -1 : 1;
        }
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
