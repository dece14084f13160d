package dev.magpie.sorting;

/** What an {@link Execution} performs. Elements are moved in its pieces only. */
interface Job {

    /** How many element moves it makes at most. */
    long moves();

    /** Does it: in a worker, or in the calling thread if it is short. */
    void work();

    /**
     * Makes the caller's array a permutation again, after {@link #work} failed. No piece runs any
     * more; the memory effects of those that ran are visible.
     */
    void putBack();

    /** Gives buffers back, at the end in any case. */
    void release();
}
