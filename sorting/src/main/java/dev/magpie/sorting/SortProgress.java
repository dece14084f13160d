package dev.magpie.sorting;

/**
 * Told how far a sort has come. Called by whichever thread has just finished a part, by one at a
 * time, at most a hundred times a call and once more at its end, also where the call is made of
 * several sorts; what it throws ends the sort.
 */
@FunctionalInterface
public interface SortProgress {

    /**
     * A part was finished.
     *
     * @param done how many elements were looked at or moved, growing from call to call; equal to
     *     {@code total} in the last call of a sort that ended normally
     * @param total how many it will be, the elements times the passes over them, as far as is
     *     known: the first passes tell which others are needed
     */
    void advanced(long done, long total);
}
