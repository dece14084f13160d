package dev.magpie.sorting;

/** A block that is sorted in memory. */
interface Run extends Block {

    /** Sorts what was read. */
    void sort(Sorter sorter);

    /** The length of what was read, when it is written, in bytes. */
    long bytes();

    /** The length of the longest record that was read, in bytes. */
    int longest();
}
