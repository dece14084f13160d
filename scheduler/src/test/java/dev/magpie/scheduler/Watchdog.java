package dev.magpie.scheduler;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches a pool for work that lies in sight while a permit is free and nobody searches: what a
 * lost wake-up leaves behind. It is normal for a moment, and a failure when it lasts.
 */
final class Watchdog implements AutoCloseable {

    /** Many scheduler ticks of a loaded machine; a lost wake-up lasts until the next submission. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long LOOK_MILLIS = 5;

    private final Pool pool;
    private final long limitNanos;
    private final Thread thread = new Thread(this::watch, "watchdog");
    private volatile boolean isOver;
    private volatile @Nullable String failure;
    private volatile long longestNanos;

    Watchdog(Scheduler scheduler) {
        this(scheduler, LONGEST_NANOS);
    }

    Watchdog(Scheduler scheduler, long limitNanos) {
        pool = scheduler.pool();
        this.limitNanos = limitNanos;
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        long since = 0;
        while (!isOver) {
            long now = System.nanoTime();
            if (!isIdleBesideWork()) {
                since = now;
            } else if (since == 0) {
                since = now;
            }
            longestNanos = Math.max(longestNanos, now - since);
            if (now - since > limitNanos && failure == null) {
                failure =
                        "work lay in sight for " + (now - since) / 1_000_000 + " ms: " + pool.idle;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException ex) {
                return;
            }
        }
    }

    private boolean isIdleBesideWork() {
        return pool.workInSight() && pool.permits.areFree() && pool.idle.searching() == 0;
    }

    /** How long work lay in sight at most without anybody who looked for it. */
    long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos);
    }

    /** Throws what was seen, if anything. */
    void check() {
        if (failure != null) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        isOver = true;
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(10));
        check();
    }
}
