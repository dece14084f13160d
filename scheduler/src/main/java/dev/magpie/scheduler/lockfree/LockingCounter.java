package dev.magpie.scheduler.lockfree;

/**
 * A counter behind a lock: what the others are measured against.
 *
 * <p><b>Progress.</b> All methods block: a thread that is suspended within one stops all others.
 */
public final class LockingCounter implements Counter {

    private final Object lock = new Object();
    private long sum; // guarded by lock

    /** Creates a counter at 0. */
    public LockingCounter() {}

    /** Blocking. */
    @Override
    public void add(long delta) {
        synchronized (lock) {
            sum += delta;
        }
    }

    /** Blocking. */
    @Override
    public long get() {
        synchronized (lock) {
            return sum;
        }
    }

    /** Blocking; the same as {@link #get}. */
    @Override
    public long getRelaxed() {
        return get();
    }

    /** The number. */
    @Override
    public String toString() {
        return Long.toString(get());
    }
}
