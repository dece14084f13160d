package dev.magpie.sorting;

/** How a {@link Sorter} sorts numbers. Objects are always sorted by merging. */
public enum Algorithm {
    /**
     * What is fastest: natural runs are merged if there are few; else numbers are sorted by their
     * digits, or by {@link #MERGE} if a sample shows that most of them have the same few values.
     */
    AUTO,

    /**
     * Parallel merge sort: sorted leaves, then merge passes cut by co-ranking into equal pieces.
     */
    MERGE,

    /**
     * Parallel radix sort: scattered by the highest digit, then sorted by the lower ones in a
     * core's cache.
     */
    RADIX
}
