package dev.magpie.scheduler;

import dev.magpie.scheduler.trace.ChromeTrace;
import dev.magpie.scheduler.trace.Track;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What each worker of a scheduler did from {@link Scheduler#trace()} until {@link #stop()}: the
 * tasks that it ran from its loop and while joins waited, its searches and sleeps, its steals and
 * publications. Forks and joins that meet no other worker are not recorded: they cost as much as
 * without.
 *
 * <p>Of each worker the newest events are kept, {@link #eventsPerWorker()} of them, at 24 bytes
 * each; older ones are dropped and counted. Thread-safe.
 *
 * <pre>{@code
 * Timeline timeline = scheduler.trace();
 * scheduler.invoke(task);
 * timeline.writeTo(Path.of("out.json")); // for ui.perfetto.dev
 * }</pre>
 */
public final class Timeline implements AutoCloseable {

    /** 1.5 MiB a worker. */
    static final int DEFAULT_EVENTS = 1 << 16;

    private static final int MAX_EVENTS = 1 << 24;

    /** As Linux has it. */
    private static final int MAX_LINKS = 40;

    private final Instruments instruments;
    private final String scheduler;
    private final int eventsPerWorker;
    private final long began;
    private @Nullable List<Track> tracks; // guarded by this

    private Timeline(Instruments instruments, String scheduler, int eventsPerWorker) {
        this.instruments = instruments;
        this.scheduler = scheduler;
        this.eventsPerWorker = eventsPerWorker;
        began = System.nanoTime();
    }

    static Timeline start(Instruments instruments, String scheduler, int eventsPerWorker) {
        if (eventsPerWorker < 1 || eventsPerWorker > MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "eventsPerWorker must be between 1 and "
                            + MAX_EVENTS
                            + ", was "
                            + eventsPerWorker);
        }
        Timeline timeline = new Timeline(instruments, scheduler, eventsPerWorker);
        instruments.start(timeline);
        return timeline;
    }

    /**
     * How many events of each worker are kept.
     *
     * @return the number, at least 1
     */
    public int eventsPerWorker() {
        return eventsPerWorker;
    }

    /** When it began, as {@link System#nanoTime} counts. */
    long began() {
        return began;
    }

    /**
     * Whether it is still being recorded.
     *
     * @return false once it was stopped
     */
    public synchronized boolean isRecording() {
        return tracks == null;
    }

    /**
     * Ends the recording, and gives the workers' buffers back. What goes on at that moment ends
     * with it. Does nothing if it was ended before.
     */
    public void stop() {
        List<Track> unused = stopped();
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    private synchronized List<Track> stopped() {
        if (tracks == null) {
            tracks = instruments.stop(this);
        }
        return tracks;
    }

    /**
     * How many events were dropped because a worker had more than are kept. Ends the recording.
     *
     * @return the number, over all workers
     */
    public long droppedEvents() {
        return stopped().stream().mapToLong(Track::dropped).sum();
    }

    /**
     * How many events there are. Ends the recording.
     *
     * @return the number, over all workers
     */
    public long events() {
        return stopped().stream().mapToLong(track -> track.events().size()).sum();
    }

    /**
     * Ends the recording and writes it to a file in the Trace Event Format, which <a
     * href="https://ui.perfetto.dev">Perfetto</a> opens. The file is replaced as a whole: it is
     * written beside it first. What is no regular file, such as a pipe, is written directly. A link
     * stays, and leads to the file, whether that was there before or not.
     *
     * @param path where to
     * @throws IOException if it cannot be written; a file that was there before is then unchanged
     */
    public void writeTo(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            try (Writer out = Files.newBufferedWriter(path)) {
                writeTo(out);
            }
            return;
        }
        Path target = followLinks(path); // a link stays
        Path temporary = target.resolveSibling(".magpie-" + UUID.randomUUID() + ".tmp");
        try {
            try (Writer out = Files.newBufferedWriter(temporary, StandardOpenOption.CREATE_NEW)) {
                writeTo(out);
            }
            Object unused =
                    Files.move(
                            temporary,
                            target,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
        } finally {
            boolean unused = Files.deleteIfExists(temporary);
        }
    }

    private static Path followLinks(Path path) throws IOException {
        Path target = path;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemException(path.toString(), null, "links in a circle");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /**
     * Ends the recording and writes it in the Trace Event Format: one JSON object and a line end.
     *
     * @param out where to; neither flushed nor closed
     * @throws IOException if {@code out} fails
     */
    public void writeTo(Writer out) throws IOException {
        new ChromeTrace(out, began).write(scheduler, stopped());
    }
}
