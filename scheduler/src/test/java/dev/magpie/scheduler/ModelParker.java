package dev.magpie.scheduler;

/**
 * A parker whose waits a model checker sees, and the time that passes in them. The checker lets a
 * real park return whenever it likes, so that it would never miss a wake-up.
 *
 * <p>No wait for a permit to run ends by its time: that look is for holders that block without the
 * engine's knowledge, and a lost wake-up would hide behind it. Every other timed wait is over at
 * once, and the clock shows the end of it.
 */
final class ModelParker extends Parker {

    /** As {@link CpuPermits} says: the wait between two looks at the holders. */
    private static final long PERMIT_LOOK_NANOS = 1_000_000;

    private static volatile long now;

    private boolean permit; // guarded by this

    ModelParker(Thread thread) {
        super(thread);
    }

    /** Called in place of {@link System#nanoTime}. */
    static long nanoTime() {
        return now;
    }

    /** Starts the clock anew, for a new pool. */
    static void resetClock() {
        now = 0;
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // may return early, and the caller loops
    synchronized void park() {
        try {
            if (!permit) {
                wait();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        permit = false;
    }

    @Override
    void parkNanos(long nanos) {
        if (nanos == PERMIT_LOOK_NANOS) {
            park();
            return;
        }
        synchronized (this) {
            if (!permit) {
                now += nanos;
            }
            permit = false;
        }
    }

    @Override
    synchronized void unpark() {
        permit = true;
        notifyAll();
    }
}
