package dev.magpie.sorting;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Future;

/**
 * The first pass over a file that does not fit: sorts it part by part. Of two buffers one is sorted
 * on all workers, while the other one is written and then filled again.
 */
final class RunMaker {

    private final FileFormat format;
    private final long memory;
    private final IoThread thread;
    private final Sorter sorter;
    private final ByteFile input;
    private final RunFile runs;
    private int longest;

    /**
     * A pass.
     *
     * @param format of the input
     * @param memory granted to the whole sort
     * @param sorter of each run
     * @param thread that reads and writes
     * @param input to be sorted
     * @param runs where the runs go
     */
    RunMaker(
            FileFormat format,
            long memory,
            Sorter sorter,
            IoThread thread,
            ByteFile input,
            RunFile runs) {
        this.format = format;
        this.memory = memory;
        this.sorter = sorter;
        this.thread = thread;
        this.input = input;
        this.runs = runs;
    }

    /**
     * Makes all runs.
     *
     * @param first a run that was read from the front of the file
     * @param firstEnd where it ends
     * @param size of the file
     * @return the length of the longest record in bytes
     */
    int make(Run first, long firstEnd, long size) throws IOException {
        Run sorted = first;
        Run filled = format.newRun(memory - IoThread.CHUNK, size);
        long position = firstEnd;
        while (position < size) {
            Future<Long> filling = fill(filled, position, size);
            Future<?> unused = sortAndWrite(sorted);
            position = thread.await(filling);
            Run next = filled;
            filled = sorted;
            sorted = next;
        }
        Object unused = thread.await(sortAndWrite(sorted));
        return longest;
    }

    private Future<Long> fill(Run run, long from, long to) {
        return thread.submit(() -> run.fill(input, from, to));
    }

    /** Its failure shows in what is submitted next. */
    private Future<?> sortAndWrite(Run run) throws IOException {
        longest = Math.max(longest, run.longest());
        requireMergeable();
        runs.add(run.bytes());
        run.sort(sorter);
        return thread.write(run, runs.file());
    }

    private void requireMergeable() throws FileSystemException {
        long least = MemoryPlan.leastMemory(longest);
        if (least > memory) {
            throw new FileSystemException(
                    input.path().toString(),
                    null,
                    "memory must be at least "
                            + least
                            + " bytes for a line of "
                            + longest
                            + ", was "
                            + memory);
        }
    }
}
