package dev.magpie.sorting;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A file of runs, one behind the other. It is deleted on close, which on Unix means that it has no
 * name from the moment it is open: whatever ends the process, nothing is left behind.
 *
 * @param file where they are
 * @param runs in the order of the input
 */
record RunFile(ByteFile file, List<Segment> runs) {

    /** A new file without a run. */
    static RunFile create(Path folder, IoThread thread) throws IOException {
        Path path = folder.resolve(".magpie-" + UUID.randomUUID() + ".runs");
        ByteFile file =
                thread.open(
                        path,
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        return new RunFile(file, new ArrayList<>());
    }

    /** Tells that the next bytes that are appended are a run. */
    void add(long bytes) {
        long from = runs.isEmpty() ? 0 : runs.get(runs.size() - 1).to();
        runs.add(new Segment(from, from + bytes));
    }
}
