package dev.magpie.scheduler.idle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who is parked, who searches, and whom to wake: knows workers by index alone.
 *
 * <p><b>Algorithm.</b> A Treiber stack (IBM RJ 5118, 1986) of worker indices with a version in one
 * word, beside the number of searchers. Leaving the stack is lazy: a worker that stops being idle
 * while others lie above it only marks its entry, and whoever pops a marked entry drops it.
 *
 * <p><b>Threads.</b> {@link #announce} and {@link #withdraw} are called by the worker itself;
 * {@link #wakeOne} by anyone.
 *
 * <p><b>Invariants.</b> I1: an index lies on the stack at most once. I2: an index that is not
 * {@code UNLISTED} lies on the stack, or was popped by someone who is about to exchange its state.
 * I3: the number of searchers counts the workers that announced a search, and those popped by a
 * waker that have not yet ended their search.
 *
 * <p><b>Edges.</b> All accesses of {@code word} and {@code states} are volatile or compare-and-set;
 * the edges W1 to W4 that go through them are in the package documentation. {@code below[i]} is
 * written before the push that makes it reachable and read before the compare-and-set that
 * validates it.
 *
 * <p><b>Progress.</b> Lock-free.
 */
public final class IdleWorkers {

    /** {@link #wakeOne} found nobody to wake, or a searcher that makes a wake-up needless. */
    public static final int NOBODY = -1;

    private static final int UNLISTED = 0;
    private static final int PARKED = 1;
    private static final int LEFT = 2;

    private static final VarHandle WORD;
    private static final VarHandle STATE = MethodHandles.arrayElementVarHandle(int[].class);

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(IdleWorkers.class, "word", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final int[] states;
    private final int[] below;
    private final long versionMask;
    private volatile long word;

    /**
     * Creates the register of a pool in which nobody is idle.
     *
     * @param workers number of workers, 1 to 32767
     * @throws IllegalArgumentException if {@code workers} is out of range
     */
    public IdleWorkers(int workers) {
        this(workers, 32);
    }

    /** With fewer version bits, for the test that shows why they are needed. */
    IdleWorkers(int workers, int versionBits) {
        if (workers < 1 || workers > IdleWord.MAX_WORKERS) {
            throw new IllegalArgumentException(
                    "workers must be between 1 and " + IdleWord.MAX_WORKERS + ", was " + workers);
        }
        states = new int[workers];
        below = new int[workers];
        versionMask = (1L << versionBits) - 1;
        // starts at the version's end: wrap-around is met by every test
        word = (versionMask << 32);
    }

    /** Counts the calling worker among the searchers. */
    public void startSearch() {
        long unused = (long) WORD.getAndAdd(this, IdleWord.ONE_SEARCHING);
    }

    /**
     * Counts one more searcher if there is none; for a waker that found nobody listed.
     *
     * @return whether it was counted
     */
    public boolean tryStartOnlySearch() {
        while (true) {
            long current = word;
            if (IdleWord.searching(current) > 0) {
                return false;
            }
            if (casWord(current, current + IdleWord.ONE_SEARCHING)) {
                return true;
            }
        }
    }

    /**
     * Takes the calling worker out of the searchers.
     *
     * @return whether it was the last one: it must then wake another if more work is in sight (W3)
     */
    public boolean endSearch() {
        long before = (long) WORD.getAndAdd(this, -IdleWord.ONE_SEARCHING);
        return IdleWord.searching(before) == 1;
    }

    /**
     * Puts a worker on the stack (W4). The caller must look for work once more before it parks:
     * this call is a full fence.
     *
     * @param worker the caller's index
     */
    public void announce(int worker) {
        if (casState(worker, LEFT, PARKED)) {
            return; // still on the stack
        }
        setState(worker, PARKED);
        while (true) {
            long current = word;
            below[worker] = IdleWord.top(current);
            if (casWord(current, IdleWord.withTop(current, worker, versionMask))) {
                return;
            }
        }
    }

    /**
     * Takes a worker's announcement back.
     *
     * @param worker the caller's index
     * @return true if the announcement stood; false if a waker took it first, so that the caller
     *     counts as searching
     */
    public boolean withdraw(int worker) {
        return casState(worker, PARKED, LEFT);
    }

    /**
     * Whether a waker has taken the worker's announcement: it counts as searching and must not
     * park.
     *
     * @param worker the caller's index
     * @return whether it was chosen
     */
    public boolean isWoken(int worker) {
        return state(worker) == UNLISTED;
    }

    /**
     * Chooses the worker that parked last, if somebody is parked and nobody searches, and counts it
     * among the searchers. The caller has fenced since it published the work, and unparks the
     * chosen worker.
     *
     * @return the index of the worker to unpark, or {@link #NOBODY}
     */
    public int wakeOne() {
        while (true) {
            long current = word;
            if (IdleWord.isEmpty(current) || IdleWord.searching(current) > 0) {
                return NOBODY;
            }
            int worker = IdleWord.top(current);
            long popped = IdleWord.withTop(current, below[worker], versionMask);
            if (!casWord(current, popped + IdleWord.ONE_SEARCHING)) {
                continue;
            }
            if ((int) STATE.getAndSet(states, worker, UNLISTED) == PARKED) {
                return worker;
            }
            // It had left: drop the entry and look again, for others kept still because of this
            // search.
            endSearch();
        }
    }

    /**
     * Whether {@link #wakeOne} would try: somebody is listed and nobody searches.
     *
     * @return whether it would, now
     */
    public boolean needsWaker() {
        long current = word;
        return !IdleWord.isEmpty(current) && IdleWord.searching(current) == 0;
    }

    /**
     * Number of searchers now.
     *
     * @return the number
     */
    public int searching() {
        return IdleWord.searching(word);
    }

    /**
     * Number of workers with a standing announcement; a snapshot.
     *
     * @return the number
     */
    public int parked() {
        int count = 0;
        for (int worker = 0; worker < states.length; worker++) {
            count += state(worker) == PARKED ? 1 : 0;
        }
        return count;
    }

    @Override
    public String toString() {
        return IdleWord.toString(word);
    }

    private boolean casWord(long expected, long next) {
        return WORD.compareAndSet(this, expected, next);
    }

    private int state(int worker) {
        return (int) STATE.getVolatile(states, worker);
    }

    private void setState(int worker, int value) {
        STATE.setVolatile(states, worker, value);
    }

    private boolean casState(int worker, int expected, int next) {
        return STATE.compareAndSet(states, worker, expected, next);
    }
}
