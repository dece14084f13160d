package dev.magpie.examples.site;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was requested of a site, and when: the witness of a crawl. Requests are logged when their
 * response ends. Safe for use by many threads, with a lock.
 */
public final class SiteLog implements AutoCloseable {

    /**
     * A request.
     *
     * @param host as the Host header says, without the port
     * @param path the path and query
     * @param startNanos when it had been read, by the clock of {@link System#nanoTime} of the
     *     site's process
     * @param endNanos when the last bytes of its response were about to be written, or its
     *     connection ended
     * @param status of the response, 0 if it had none
     * @param retryAfterNanos what Retry-After said, 0 if nothing
     * @param complete whether all of the response was sent
     */
    public record Entry(
            String host,
            String path,
            long startNanos,
            long endNanos,
            int status,
            long retryAfterNanos,
            boolean complete) {

        /**
         * The host and path, which tell entries of different URLs apart.
         *
         * @return such as {@code site1.test/p/3}
         */
        public String place() {
            return host + path;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable List<Entry> entries;
    private final @Nullable DataOutputStream file;
    private final LongAdder count = new LongAdder();

    private SiteLog(@Nullable List<Entry> entries, @Nullable DataOutputStream file) {
        this.entries = entries;
        this.file = file;
    }

    /**
     * A log that is kept in memory, about 150 bytes a request.
     *
     * @return an empty log
     */
    public static SiteLog inMemory() {
        return new SiteLog(new ArrayList<>(), null);
    }

    /**
     * A log that only counts, for measurements.
     *
     * @return an empty log
     */
    public static SiteLog counting() {
        return new SiteLog(null, null);
    }

    /**
     * A log that is written to a file, about 60 bytes a request.
     *
     * @param path the file, which is replaced
     * @return an empty log
     * @throws IOException if it cannot be written
     */
    public static SiteLog toFile(Path path) throws IOException {
        return new SiteLog(
                null,
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)));
    }

    /**
     * Reads a log's file.
     *
     * @param path the file
     * @return its entries, without a last one that was cut
     * @throws IOException if it cannot be read
     */
    public static List<Entry> read(Path path) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (var in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            while (true) {
                entries.add(
                        new Entry(
                                in.readUTF(),
                                in.readUTF(),
                                in.readLong(),
                                in.readLong(),
                                in.readInt(),
                                in.readLong(),
                                in.readBoolean()));
            }
        } catch (EOFException ex) {
            return entries;
        }
    }

    void add(Entry entry) {
        count.increment();
        if (entries == null && file == null) {
            return;
        }
        lock.lock();
        try {
            if (entries != null) {
                entries.add(entry);
            }
            if (file != null) {
                write(file, entry);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException("the log cannot be written", ex);
        } finally {
            lock.unlock();
        }
    }

    private static void write(DataOutputStream out, Entry entry) throws IOException {
        out.writeUTF(entry.host());
        out.writeUTF(entry.path());
        out.writeLong(entry.startNanos());
        out.writeLong(entry.endNanos());
        out.writeInt(entry.status());
        out.writeLong(entry.retryAfterNanos());
        out.writeBoolean(entry.complete());
    }

    /**
     * The requests so far whose responses have ended, in the order of their ends.
     *
     * @return a copy; empty unless the log is in memory
     */
    public List<Entry> entries() {
        lock.lock();
        try {
            return entries == null ? List.of() : List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many requests were logged.
     *
     * @return their number
     */
    public long count() {
        return count.sum();
    }

    /**
     * Brings what was logged to the file.
     *
     * @throws IOException if it cannot be written
     */
    public void flush() throws IOException {
        lock.lock();
        try {
            if (file != null) {
                file.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the file, if there is one.
     *
     * @throws IOException if it cannot be written
     */
    @Override
    public void close() throws IOException {
        if (file != null) {
            flush();
            file.close();
        }
    }
}
