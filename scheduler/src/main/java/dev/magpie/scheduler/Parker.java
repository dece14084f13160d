package dev.magpie.scheduler;

import java.util.concurrent.locks.LockSupport;

/**
 * Puts one thread to sleep and wakes it; the permit is sticky, as with {@link LockSupport}. A seam:
 * model checkers replace it by one whose waits they see.
 */
class Parker {

    private final Thread thread;

    Parker(Thread thread) {
        this.thread = thread;
    }

    /** Sleeps until a permit is there; may return early. Called by the thread itself. */
    void park() {
        LockSupport.park(this);
    }

    /**
     * Sleeps until a permit is there or the time is over; may return early. Called by the thread
     * itself.
     */
    void parkNanos(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    /** Gives the permit. Called by anyone. */
    void unpark() {
        LockSupport.unpark(thread);
    }
}
