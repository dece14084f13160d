package dev.magpie.sorting;

import java.util.List;

/**
 * Several runs that become one.
 *
 * @param thread that reads and writes
 * @param source the file with the runs
 * @param runs where they lie in it, in the order of the input
 * @param target the file that the merged run is appended to
 * @param blockBytes how much memory each block takes, of which there are two a run and two more
 * @param sorter of what is in memory, if the merge sorts
 */
record Merge(
        IoThread thread,
        ByteFile source,
        List<Segment> runs,
        ByteFile target,
        int blockBytes,
        Sorter sorter) {

    /** Length of all runs together in bytes. */
    long bytes() {
        return runs.stream().mapToLong(run -> run.to() - run.from()).sum();
    }
}
