package dev.magpie.sorting;

/**
 * The elements of one sort: the caller's array, a buffer for its range, an order, and what one
 * piece of the sort does with them. Indices are those of the array; where it says so they mean the
 * place in the buffer that corresponds. Pieces that touch different ranges may run at the same
 * time. Whatever an order throws arrives at the caller.
 */
interface Elements {

    /**
     * Takes a buffer. Called before what needs one: leaves, merges and copies.
     *
     * @throws OutOfMemoryError if there is no room for it
     */
    void allocate();

    /** Gives the buffer back, if one was taken. Called when no piece runs any more. */
    void release();

    /** Whether the order contradicts neither direction, looking at each {@code step}th element. */
    boolean isMonotone(int from, int to, int step, boolean descending);

    /** Swaps each element of a range with the one whose index adds up with its own to a sum. */
    void mirror(int from, int to, int sum);

    /**
     * Sorts a range of the array sequentially. When the order throws, all its elements are in the
     * array.
     */
    void sortLeaf(int from, int to, boolean intoBuffer);

    /**
     * How many of the first {@code rank} elements of a merge come from its left run.
     *
     * @see IntMerges#coRank
     */
    int coRank(int rank, int low, int high, int leftFrom, int rightFrom, boolean inBuffer);

    /** Merges two runs from the array into the buffer, or the other way. */
    void merge(
            int leftFrom,
            int leftTo,
            int rightFrom,
            int rightTo,
            int targetFrom,
            boolean intoBuffer);

    /** Copies a range from the buffer to the array. */
    void copyBack(int from, int to);

    /** Sorts a range without a buffer. */
    void sortInPlace(int from, int to);

    /** Merges two neighbouring runs without a buffer, both not empty. */
    void mergeInPlace(int from, int middle, int to);

    /**
     * Splits a merge without a buffer into two.
     *
     * @see IntInPlace#exchange
     */
    int exchange(int from, int middle, int to);
}
