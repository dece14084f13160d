package dev.magpie.sorting;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sort of one file: makes runs, merges them to fewer, and at last to one. Used once. */
final class FileSort {

    private final FileFormat format;
    private final long memory;
    private final Control control;
    private final IoThread thread;
    private long size;
    private int runCount;
    private int mergePasses;
    private int longest;

    /**
     * A sort.
     *
     * @param format of the file
     * @param memory granted, in bytes
     * @param control says when to stop, and is told how many bytes will be written
     * @param thread that reads and writes
     */
    FileSort(FileFormat format, long memory, Control control, IoThread thread) {
        this.format = format;
        this.memory = memory;
        this.control = control;
        this.thread = thread;
    }

    /**
     * Sorts.
     *
     * @param source what to sort, a regular file
     * @param target where to append the result
     * @param folder for runs
     * @param sorter of runs
     */
    void run(ByteFile source, ByteFile target, Path folder, Sorter sorter) throws IOException {
        size = requireWhole(source);
        if (size > 0) {
            RunFile runs = makeRuns(source, target, folder, sorter);
            if (runs != null) {
                mergeAll(runs, target, folder, sorter.workspace(new Workspace()));
            }
        }
        Object unused =
                thread.await(
                        thread.submit(
                                () -> {
                                    target.force();
                                    return true;
                                }));
    }

    /** Before it is opened, which for a pipe takes until somebody writes to it. */
    static void requireRegular(Path source) throws FileSystemException {
        if (Files.exists(source) && !Files.isRegularFile(source)) {
            throw refused(source, "must be a regular file");
        }
    }

    private long requireWhole(ByteFile source) throws IOException {
        long length = thread.await(thread.submit(source::size));
        if (length % format.unit() != 0) {
            throw refused(
                    source.path(),
                    "length must be a multiple of " + format.unit() + " bytes, was " + length);
        }
        return length;
    }

    private static FileSystemException refused(Path source, String rule) {
        return new FileSystemException(source.toString(), null, rule);
    }

    /**
     * Returns the runs; null if all fitted into one, which was written to the target. Runs and
     * buffers are unreachable afterwards, since merging takes the memory for itself.
     */
    private @Nullable RunFile makeRuns(ByteFile source, ByteFile target, Path folder, Sorter sorter)
            throws IOException {
        Run first = format.newRun(memory - IoThread.CHUNK, size);
        long end = thread.await(thread.submit(() -> first.fill(source, 0, size)));
        if (end == size) {
            runCount = 1;
            control.expect(first.bytes());
            first.sort(sorter);
            thread.await(thread.write(first, target));
            return null;
        }
        control.expect(size * (1 + plan((size + end - 1) / end).passes()));
        RunFile runs = RunFile.create(folder, thread);
        Sorter own = sorter.workspace(new Workspace());
        longest = new RunMaker(format, memory, own, thread, source, runs).make(first, end, size);
        return runs;
    }

    private MemoryPlan plan(long runs) {
        return MemoryPlan.of(memory, Math.max(longest, format.unit()), runs);
    }

    private void mergeAll(RunFile runs, ByteFile target, Path folder, Sorter sorter)
            throws IOException {
        runCount = runs.runs().size();
        MemoryPlan plan = plan(runCount);
        mergePasses = plan.passes();
        control.expect(runs.file().appended() * (1 + mergePasses));
        RunFile level = runs;
        for (int pass = 1; pass < mergePasses; pass++) {
            RunFile next = RunFile.create(folder, thread);
            for (int from = 0; from < level.runs().size(); from += plan.fanIn()) {
                int to = Math.min(level.runs().size(), from + plan.fanIn());
                next.add(merge(level, from, to, next.file(), plan, sorter));
            }
            level.file().close();
            level = next;
        }
        long unused = merge(level, 0, level.runs().size(), target, plan, sorter);
    }

    /** Returns how many bytes it merged. */
    private long merge(
            RunFile level, int from, int to, ByteFile target, MemoryPlan plan, Sorter sorter)
            throws IOException {
        List<Segment> runs = level.runs().subList(from, to);
        Merge merge = new Merge(thread, level.file(), runs, target, plan.blockBytes(), sorter);
        format.merge(merge);
        return merge.bytes();
    }

    /** What was done, after the end. */
    ExternalSortResult result(Duration elapsed) {
        return new ExternalSortResult(size, runCount, mergePasses, elapsed);
    }
}
