package dev.magpie.sorting;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Task;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sorts files that are larger than memory: parts of the file are sorted in memory on a scheduler's
 * workers and written to a temporary file as runs, which are then merged (Knuth, The Art of
 * Computer Programming 3, 5.4). Immutable, cheap, thread-safe.
 *
 * <pre>{@code
 * ExternalSort.on(scheduler).memory(256 << 20).sort(in, out, FileFormat.longs(LITTLE_ENDIAN));
 * }</pre>
 *
 * <p>The output is written beside its place and moved there at the end, atomically: whatever goes
 * wrong, there is the old file or the new one. It may be the input. A sort that fails, is stopped
 * or whose process ends leaves no temporary file behind; only a process that is killed without
 * notice may leave the one beside the output. Runs take as much space on disk as the input, during
 * a merge pass that is not the last one twice as much.
 *
 * <p>A sort takes no more memory than it is granted, apart from some kilobytes and what the virtual
 * machine adds. While runs are made, these are two runs, and what {@link Sorter} takes to sort one
 * of them: for numbers runs of a quarter of the memory; for records of a length of {@code n} bytes
 * runs of {@code memory / (2 n + 92)} records; for lines runs of a quarter of the memory or {@code
 * memory / 184} lines. While {@code k} runs are merged, these are {@code 2 k + 2} blocks of equal
 * size, from 64 KiB or the longest record up to 4 MiB, or of numbers five quarters of such a block
 * a run; {@code k} is as small as the least possible number of passes allows. In both cases 64 KiB
 * outside the heap are included.
 */
public final class ExternalSort {

    private final Scheduler scheduler;
    private final Settings settings;
    private final ChannelOpener opener;

    ExternalSort(Scheduler scheduler, Settings settings, ChannelOpener opener) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.opener = opener;
    }

    /** What a sort is told beside where to sort; a timeout of 0 is none. */
    record Settings(
            long memory,
            boolean descending,
            @Nullable Path folder,
            @Nullable BooleanSupplier cancelled,
            long timeout,
            @Nullable SortProgress progress) {}

    /**
     * A sort that uses a scheduler's workers.
     *
     * @param scheduler whose workers sort
     * @return a sort within half the memory that the virtual machine may use
     */
    public static ExternalSort on(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        long memory = Runtime.getRuntime().maxMemory() / 2;
        return new ExternalSort(
                scheduler, new Settings(memory, false, null, null, 0, null), FileChannel::open);
    }

    /** For tests: this sort, whose files are opened in another way. */
    ExternalSort opener(ChannelOpener other) {
        return new ExternalSort(scheduler, settings, other);
    }

    private ExternalSort with(Settings changed) {
        return new ExternalSort(scheduler, changed, opener);
    }

    /**
     * This sort within another amount of memory.
     *
     * @param bytes at most, for each sort; leave the collector some heap beside it
     * @return a sort; this one is unchanged
     * @throws IllegalArgumentException if {@code bytes} is too small for any format
     */
    public ExternalSort memory(long bytes) {
        requireMemory(bytes, 1);
        Settings old = settings;
        return with(
                new Settings(
                        bytes,
                        old.descending,
                        old.folder,
                        old.cancelled,
                        old.timeout,
                        old.progress));
    }

    /**
     * This sort with the opposite order: what it sorts descends, if it ascended before. Records of
     * equal keys keep their order all the same.
     *
     * @return a sort; this one is unchanged
     */
    public ExternalSort reversed() {
        Settings old = settings;
        return with(
                new Settings(
                        old.memory,
                        !old.descending,
                        old.folder,
                        old.cancelled,
                        old.timeout,
                        old.progress));
    }

    /**
     * This sort with its runs in another folder than the output's.
     *
     * @param folder a folder that exists
     * @return a sort; this one is unchanged
     */
    public ExternalSort temporaryFolder(Path folder) {
        Objects.requireNonNull(folder, "folder");
        Settings old = settings;
        return with(
                new Settings(
                        old.memory,
                        old.descending,
                        folder,
                        old.cancelled,
                        old.timeout,
                        old.progress));
    }

    /**
     * This sort, which can be stopped; then it throws {@link
     * java.util.concurrent.CancellationException}.
     *
     * @param cancelled whether to stop; asked again and again by several threads, so it is quick
     *     and thread-safe
     * @return a sort; this one is unchanged
     */
    public ExternalSort cancelWith(BooleanSupplier cancelled) {
        Objects.requireNonNull(cancelled, "cancelled");
        Settings old = settings;
        return with(
                new Settings(
                        old.memory,
                        old.descending,
                        old.folder,
                        cancelled,
                        old.timeout,
                        old.progress));
    }

    /**
     * This sort, which is stopped after some time, as by {@link #cancelWith}.
     *
     * @param timeout for each sort
     * @return a sort; this one is unchanged
     * @throws IllegalArgumentException if {@code timeout} is not positive
     */
    public ExternalSort timeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, was " + timeout);
        }
        Settings old = settings;
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        return with(
                new Settings(
                        old.memory,
                        old.descending,
                        old.folder,
                        old.cancelled,
                        nanos,
                        old.progress));
    }

    /**
     * This sort, which tells how far it is.
     *
     * @param progress told at most a hundred times a sort, of bytes written; the total is estimated
     *     until the first pass has ended
     * @return a sort; this one is unchanged
     */
    public ExternalSort progress(SortProgress progress) {
        Objects.requireNonNull(progress, "progress");
        Settings old = settings;
        return with(
                new Settings(
                        old.memory,
                        old.descending,
                        old.folder,
                        old.cancelled,
                        old.timeout,
                        progress));
    }

    /**
     * Sorts a file in ascending order, or in descending order if this is {@link #reversed}.
     *
     * @param input a regular file that nobody changes meanwhile
     * @param output a file that is created or replaced; may be the input. A symbolic link stays,
     *     and the file that it names is created or replaced
     * @param format of both
     * @return what was done
     * @throws IOException if reading or writing fails, the output cannot be placed atomically, the
     *     input's length is no multiple of a record's, a line is too long for the memory, or the
     *     caller is interrupted ({@link java.io.InterruptedIOException}); the output was not
     *     changed
     * @throws IllegalArgumentException if the memory is too small for the format
     * @throws java.util.concurrent.CancellationException if the sort was stopped; the output was
     *     not changed
     * @throws RejectedExecutionException if the scheduler is shut down and the caller is none of
     *     its workers; the output was not changed
     * @throws OutOfMemoryError if the heap does not hold the memory that was granted; the output
     *     was not changed
     */
    public ExternalSortResult sort(Path input, Path output, FileFormat format) throws IOException {
        Objects.requireNonNull(input, "input");
        requireMemory(settings.memory, format.unit());
        if (scheduler.isShutdown() && Task.getPool() != scheduler) { // not only if a run needs it
            throw new RejectedExecutionException("scheduler is shut down; rejected " + this);
        }
        long start = System.nanoTime();
        Control control = new Control(settings.cancelled, settings.timeout, settings.progress);
        try (OutputFile place = OutputFile.at(output)) {
            FileFormat directed = settings.descending ? format.reversed() : format;
            FileSort sort = sort(input, place, directed, control);
            control.finish();
            place.moveIntoPlace();
            return sort.result(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Sorts into the output's temporary file. */
    private FileSort sort(Path input, OutputFile place, FileFormat format, Control control)
            throws IOException {
        try (IoThread thread = new IoThread(control, opener)) {
            FileSort sort = new FileSort(format, settings.memory, control, thread);
            try {
                FileSort.requireRegular(input);
                ByteFile source = thread.open(input, input, StandardOpenOption.READ);
                ByteFile target = place.create(thread);
                Path folder = settings.folder == null ? place.folder() : settings.folder;
                sort.run(source, target, folder, sorter(control));
            } catch (Throwable thrown) {
                control.fail(thrown); // before the thread is waited for, which ends it early
                control.rethrow();
            }
            return sort;
        }
    }

    private Sorter sorter(Control control) {
        return Sorter.on(scheduler).cancelWith(control::isStopped);
    }

    private static void requireMemory(long memory, int record) {
        long least = MemoryPlan.leastMemory(record);
        if (memory < least) {
            throw new IllegalArgumentException(
                    "memory must be at least " + least + " bytes, was " + memory);
        }
    }

    @Override
    public String toString() {
        return "ExternalSort[" + settings.memory + " bytes on " + scheduler + "]";
    }
}
