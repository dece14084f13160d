package dev.magpie.scheduler.lockfree;

/**
 * A number that many threads add to. What sets the implementations apart is what an addition waits
 * for: {@link LockingCounter} for whoever holds the lock, {@link CasCounter} for nobody in
 * particular, {@link FetchAddCounter} and {@link StripedCounter} for nobody.
 *
 * <p><b>Threads.</b> All methods may be called by all threads. Overflow wraps around.
 */
public interface Counter {

    /**
     * Adds to the number.
     *
     * @param delta of any sign
     */
    void add(long delta);

    /** Adds one. */
    default void increment() {
        add(1);
    }

    /** Subtracts one. */
    default void decrement() {
        add(-1);
    }

    /**
     * The number, exactly: the sum of all additions up to one moment of the call.
     *
     * @return the sum
     */
    long get();

    /**
     * The number, perhaps some additions old, or, if it is spread over several places, of none of
     * the moments of the call: all additions that happened before the call are in it, of those in
     * progress any.
     *
     * @return about the sum; exactly if nobody adds
     */
    long getRelaxed();
}
