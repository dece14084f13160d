package dev.magpie.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for a task: an entry of the stack that hangs on the task until it is done.
 *
 * <p><b>Threads.</b> {@code parker} is cleared by the waiting thread when it gives up; {@code next}
 * is written before the entry is published by the compare-and-set in {@link Task#register}, and
 * later to skip entries whose threads gave up.
 */
final class Waiter {

    /**
     * How long a wait lasts whose end nobody may announce: the task's forker may run it without
     * looking here.
     */
    static final long LOOK_AGAIN_NANOS = 500_000L;

    private volatile @Nullable Parker parker;

    /** Set in an entry of a submission's stack where nobody waits: whose it is. */
    private final @Nullable Pool home;

    @Nullable Waiter next;

    Waiter(Parker parker) {
        this.parker = parker;
        home = null;
    }

    private Waiter(@Nullable Pool home) {
        this.home = home;
    }

    /** The entry that every submission to a pool starts with. */
    static Waiter home(Pool pool) {
        return new Waiter(pool);
    }

    /** A further entry that says the same: an entry lies in one stack at a time. */
    Waiter copyOfHome() {
        return new Waiter(home);
    }

    /** The pool that a task was submitted to last, by its stack; null if it says none. */
    static @Nullable Pool homeOf(@Nullable Object waiters) {
        Waiter waiter = waiters instanceof Waiter first ? first : null;
        while (waiter != null && waiter.home == null) {
            waiter = waiter.next;
        }
        return waiter == null ? null : waiter.home;
    }

    /**
     * Parks the calling thread until a task is done.
     *
     * @param interruptible whether an interrupt ends the wait; otherwise it is kept for the caller
     * @param nanos the longest wait, 0 for no limit
     * @return whether the task is done
     */
    static boolean await(Task<?> task, boolean interruptible, long nanos)
            throws InterruptedException {
        Waiter waiter = new Waiter(new Parker(Thread.currentThread()));
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        boolean registered = task.register(waiter);
        try {
            while (!task.isDone()) {
                if (Thread.interrupted()) {
                    interrupted = true;
                    if (interruptible) {
                        interrupted = false;
                        throw new InterruptedException();
                    }
                }
                long left = deadline - System.nanoTime();
                if (nanos > 0 && left <= 0) {
                    return false;
                }
                waiter.parkOnce(task, registered, nanos > 0 ? left : Long.MAX_VALUE);
            }
            return true;
        } finally {
            waiter.parker = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void parkOnce(Task<?> task, boolean registered, long nanos) {
        Parker mine = parker;
        if (!registered || mine == null) {
            Thread.onSpinWait(); // the task is completing
        } else if (!task.wakesWaiters()) {
            mine.parkNanos(Math.min(nanos, LOOK_AGAIN_NANOS));
        } else if (nanos == Long.MAX_VALUE) {
            mine.park();
        } else {
            mine.parkNanos(nanos);
        }
    }

    /** Wakes all who hang on a completed task. */
    static void wakeAll(@Nullable Object waiters) {
        for (Waiter waiter = waiters instanceof Waiter first ? first : null;
                waiter != null;
                waiter = waiter.next) {
            Parker sleeper = waiter.parker;
            if (sleeper != null) {
                sleeper.unpark();
            }
        }
    }

    /**
     * Skips the entries of threads that gave up, so that repeated timed waits leave nothing behind.
     * Two threads that do so at a time may leave one in; nobody skips one that waits, since an
     * entry that gave up is passed over to one that stands behind it, and stays there.
     */
    static @Nullable Waiter withoutRetired(@Nullable Waiter waiter) {
        Waiter first = firstLive(waiter);
        for (Waiter live = first; live != null; live = live.next) {
            Waiter following = firstLive(live.next);
            if (following != live.next) {
                live.next = following; // plain: published with the entries themselves, before
            }
        }
        return first;
    }

    private static @Nullable Waiter firstLive(@Nullable Waiter waiter) {
        Waiter live = waiter;
        while (live != null && live.parker == null && live.home == null) {
            live = live.next;
        }
        return live;
    }

    /** The wait of this entry is over. */
    void retire() {
        parker = null;
    }
}
