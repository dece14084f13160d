package dev.magpie.examples.crawl.warc;

import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.file.FileHold;
import dev.magpie.examples.crawl.file.UnwritableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.WarcDigest;
import org.netpreserve.jwarc.WarcRecord;

/**
 * A folder of WARC files that grows: {@code PREFIX-00000.warc.gz} and so on, each with a warcinfo
 * record at its start and whenever it is opened again. A body that is stored already, at whatever
 * URL, becomes a revisit record, as long as it is among the last 100,000. Bodies are stored as they
 * are after decompression; the headers that told of it are kept with the prefix {@code X-Crawler-}.
 *
 * <p>Safe for use by many threads: records are made and compressed by the callers at the same time,
 * and appended one after the other, under a lock.
 */
public final class WarcOutput implements Closeable {

    private static final String SUFFIX = ".warc.gz";
    private static final int DIGITS = 5;

    /**
     * Where something was written.
     *
     * @param file the name of the file in the folder
     * @param offset of the response or revisit record in the file
     * @param length of that record and of the request record behind it, in bytes
     * @param isRevisit whether the body was stored before
     */
    public record Location(String file, long offset, long length, boolean isRevisit) {}

    private final Path folder;

    /** Keeps other processes away from all files of the prefix; in none of them itself. */
    private final FileChannel hold;

    private final String prefix;
    private final long maxFileBytes;
    private final Map<String, String> info;
    private final PayloadIndex payloads = new PayloadIndex();
    private final ReentrantLock lock = new ReentrantLock();
    private int number;
    private @Nullable FileChannel channel;
    private long size;
    private boolean isClosed;

    private WarcOutput(
            Path folder,
            FileChannel hold,
            String prefix,
            long maxFileBytes,
            Map<String, String> info) {
        this.folder = folder;
        this.hold = hold;
        this.prefix = prefix;
        this.maxFileBytes = maxFileBytes;
        this.info = Map.copyOf(info);
    }

    /**
     * Opens a folder, and goes on with its newest file, whose torn end is cut off if it has one.
     *
     * @param folder where files are; it is made if it is not there
     * @param prefix of their names: letters, digits, hyphens and underscores
     * @param maxFileBytes when a file is followed by another; a single record may be larger
     * @param info what warcinfo records say, such as {@code operator} and {@code description}
     * @return the open output
     * @throws IOException if the folder cannot be read or written, or files of this prefix are open
     *     for writing elsewhere, in this process or another
     * @throws IllegalArgumentException if the prefix has other symbols, or the size is below 1
     */
    public static WarcOutput open(
            Path folder, String prefix, long maxFileBytes, Map<String, String> info)
            throws IOException {
        if (!prefix.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "prefix must be letters, digits, hyphens and underscores, was " + prefix);
        }
        if (maxFileBytes < 1) {
            throw new IllegalArgumentException(
                    "maxFileBytes must be at least 1, was " + maxFileBytes);
        }
        Files.createDirectories(folder);
        FileChannel hold = hold(folder, prefix);
        try {
            WarcOutput output = new WarcOutput(folder, hold, prefix, maxFileBytes, info);
            output.number = Math.max(0, output.newest());
            output.openFile();
            return output;
        } catch (IOException | RuntimeException ex) {
            hold.close();
            throw ex;
        }
    }

    private static FileChannel hold(Path folder, String prefix) throws IOException {
        FileChannel hold =
                FileChannel.open(
                        folder.resolve(prefix + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!FileHold.take(hold)) {
            hold.close();
            throw new IOException(folder + " is open for writing elsewhere");
        }
        return hold;
    }

    private int newest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(prefix + "-[0-9]{" + DIGITS + ",9}\\.warc\\.gz"))
                    .mapToInt(
                            name ->
                                    Integer.parseInt(
                                            name.substring(
                                                    prefix.length() + 1,
                                                    name.length() - SUFFIX.length())))
                    .max()
                    .orElse(-1);
        }
    }

    private String fileName() {
        return prefix + String.format(Locale.ROOT, "-%0" + DIGITS + "d", number) + SUFFIX;
    }

    private void openFile() throws IOException {
        Path file = folder.resolve(fileName());
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            size = GzipTail.soundLength(file);
            opened.truncate(size);
            channel = opened;
            append(WarcRecords.info(fileName(), info));
        } catch (IOException | RuntimeException ex) {
            channel = null;
            opened.close();
            throw ex;
        }
    }

    /**
     * Appends a response, or a revisit, and its request.
     *
     * @param request what was asked
     * @param response what came back
     * @param date when it was asked; told in milliseconds
     * @return where it is
     * @throws IOException if it cannot be written, as on a full disk; then nothing of it is left
     * @throws IllegalStateException if this was closed
     */
    public Location write(FetchRequest request, FetchResult.Response response, Instant date)
            throws IOException {
        Instant asked = date.truncatedTo(ChronoUnit.MILLIS);
        WarcDigest digest = WarcRecords.digest(response.body());
        boolean isComparable = response.body().length > 0 && !response.truncated();
        PayloadIndex.Stored stored = isComparable ? payloads.find(digest.toString()) : null;
        WarcRecord record = WarcRecords.response(response, digest, stored, asked);
        byte[] bytes = WarcRecords.pack(record, WarcRecords.request(request, record, asked));
        Location location = append(bytes, stored != null);
        if (isComparable && stored == null) {
            payloads.add(
                    digest.toString(), new PayloadIndex.Stored(record.id(), response.url(), asked));
        }
        return location;
    }

    private Location append(byte[] bytes, boolean isRevisit) throws IOException {
        lock.lock();
        try {
            if (isClosed) {
                throw new IllegalStateException("the output must be open, was closed");
            }
            if (channel == null) {
                openFile(); // the last attempt failed
            } else if (size + bytes.length > maxFileBytes && size > 0) {
                rotate(channel);
            }
            long offset = size;
            append(bytes);
            return new Location(fileName(), offset, bytes.length, isRevisit);
        } finally {
            lock.unlock();
        }
    }

    private void rotate(FileChannel full) throws IOException {
        full.force(true);
        full.close();
        channel = null;
        number++;
        openFile();
    }

    private void append(byte[] bytes) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("no file is open");
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                int written = open.write(buffer, size + buffer.position());
                if (written == 0) {
                    throw new IOException("nothing can be written to " + fileName());
                }
            }
            size += bytes.length;
        } catch (IOException ex) {
            open.truncate(size);
            throw UnwritableFile.named(folder.resolve(fileName()), ex);
        }
    }

    /**
     * Waits until the disk has all that was written.
     *
     * @throws IOException if it cannot be written
     */
    public void force() throws IOException {
        lock.lock();
        try {
            if (channel != null) {
                channel.force(true);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the newest file. Idempotent.
     *
     * @throws IOException if it cannot be written
     */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            isClosed = true;
            if (channel != null) {
                channel.force(true);
                channel.close();
                channel = null;
            }
        } finally {
            lock.unlock();
            hold.close();
        }
    }
}
