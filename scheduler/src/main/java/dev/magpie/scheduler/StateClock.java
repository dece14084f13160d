package dev.magpie.scheduler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Splits a worker's time into running, searching and being parked.
 *
 * <p><b>Algorithm.</b> A total that stands still is not negative. The one that grows holds what was
 * counted before minus the time at which it began to grow, which is negative, so that one word says
 * both, and a reader adds the present time.
 *
 * <p><b>Threads.</b> The worker calls {@link #enter}; any thread reads, and sees each total whole,
 * but perhaps two of them on different sides of a change. A worker takes the time of a change some
 * moment before it can be seen, and who looks in between counts on: what was told is kept, so that
 * no total falls. Who sees where the worker is sees what it recorded before it went there.
 */
final class StateClock {

    static final int NONE = 0;
    static final int RUNNING = 1;
    static final int SEARCHING = 2;
    static final int PARKED = 3;

    /** Added to a state: in a join, so that a task of the loop goes on below. */
    static final int IN_JOIN = 4;

    private static final int STATES = 4;

    /** With the flag. */
    private static final int STATE_BITS = 3;

    private static final VarHandle TOTAL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PLACE;

    static {
        try {
            PLACE = MethodHandles.lookup().findVarHandle(StateClock.class, "place", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** So that the time is positive from the first reading on. */
    private final long origin = System.nanoTime() - 1;

    private final long[] totals = new long[STATES];

    /** The greatest of each total that anybody was told. */
    private final long[] told = new long[STATES];

    /** When the present state was entered, and which it is. */
    private long place;

    /**
     * Leaves one state for another. The worker only.
     *
     * @param state one of the constants, with or without the flag
     * @param now the time, as {@link System#nanoTime} counts
     */
    void enter(int state, long now) {
        long time = now - origin;
        int left = stateOf(place) & (STATES - 1); // owner only
        int entered = state & (STATES - 1);
        setTotal(left, total(left) + time);
        setTotal(entered, total(entered) - time);
        PLACE.setRelease(this, time << STATE_BITS | state); // T3: pairs with place()
    }

    /** How long the worker was in a state so far; never less than before. Any thread. */
    long nanos(int state) {
        long total = total(state);
        long nanos = total < 0 ? Math.max(0, total + System.nanoTime() - origin) : total;
        long before = (long) TOTAL.getVolatile(told, state);
        while (before < nanos && !TOTAL.compareAndSet(told, state, before, nanos)) {
            before = (long) TOTAL.getVolatile(told, state);
        }
        return Math.max(before, nanos);
    }

    /** A time before all that the worker did. */
    long origin() {
        return origin;
    }

    /**
     * State, with its flag, and time of entry, to be taken apart by {@link #stateOf} and {@link
     * #began}.
     */
    long place() {
        return (long) PLACE.getAcquire(this); // T3: pairs with enter()
    }

    static int stateOf(long place) {
        return (int) place & ((1 << STATE_BITS) - 1);
    }

    /** When the state was entered, as {@link System#nanoTime} counts. */
    long began(long place) {
        return (place >> STATE_BITS) + origin;
    }

    private long total(int state) {
        return (long) TOTAL.getOpaque(totals, state);
    }

    private void setTotal(int state, long total) {
        TOTAL.setOpaque(totals, state, total);
    }
}
