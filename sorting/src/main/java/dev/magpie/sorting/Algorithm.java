package dev.magpie.sorting;

/** How a {@link Sorter} sorts. */
public enum Algorithm {
    /**
     * Parallel merge sort: sorted leaves, then merge passes cut by co-ranking into equal pieces.
     */
    MERGE
}
