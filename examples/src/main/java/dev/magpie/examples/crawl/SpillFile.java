package dev.magpie.examples.crawl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of bytes on disk, each written once, read once and then gone. They lie in files that are
 * deleted when nothing in them is left, and all of them at the end: what must outlive the process
 * is in the journal.
 *
 * <p><b>Threads.</b> Any. A lock orders the giving out of room; reading and writing go on outside.
 */
final class SpillFile implements AutoCloseable {

    /** Where a block lies. */
    record Block(int file, int position, int length) {}

    private static final int FILE_BYTES = 32 << 20;

    private final @Nullable Path wanted;
    private final Map<Integer, Part> parts = new HashMap<>(); // guarded by this, like all below
    private @Nullable Path folder;
    private int current;
    private boolean isClosed;

    /** One of the files. */
    private static final class Part {

        final Path path;
        final FileChannel channel;
        int used;
        int liveBlocks;

        Part(Path path) throws IOException {
            this.path = path;
            this.channel =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
        }

        void delete() throws IOException {
            channel.close();
            Files.deleteIfExists(path);
        }
    }

    /**
     * In a folder, or, if that is null, a temporary one. It is made when the first block is
     * written, and files that an earlier process left are deleted then.
     */
    SpillFile(@Nullable Path folder) {
        this.wanted = folder;
    }

    private Path folder() throws IOException {
        Path made = folder;
        if (made == null) {
            made =
                    wanted == null
                            ? Files.createTempDirectory("magpie-crawl")
                            : Files.createDirectories(wanted);
            try (var stale = Files.newDirectoryStream(made, "spill-*")) {
                for (Path file : stale) {
                    Files.delete(file);
                }
            }
            folder = made;
        }
        return made;
    }

    /** Writes a block, of at most {@link #FILE_BYTES}. */
    Block write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        Block block;
        FileChannel channel;
        synchronized (this) {
            Part part = roomFor(length);
            block = new Block(current, part.used, length);
            channel = part.channel;
            part.used += length;
            part.liveBlocks++;
        }
        long position = block.position();
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        return block;
    }

    /** Reads a block and forgets it. */
    ByteBuffer take(Block block) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(block.length());
        FileChannel channel = part(block).channel;
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, (long) block.position() + bytes.position()) < 0) {
                throw new IOException("a spilled block of the frontier is cut short");
            }
        }
        forget(block);
        return bytes.flip();
    }

    /** How many bytes the files take on disk. */
    synchronized long bytes() {
        return parts.values().stream().mapToLong(part -> part.used).sum();
    }

    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        for (Part part : parts.values()) {
            part.delete();
        }
        parts.clear();
        if (folder != null) {
            Files.deleteIfExists(folder);
        }
    }

    private Part roomFor(int length) throws IOException {
        if (isClosed) {
            throw new IOException("the frontier is closed");
        }
        Part part = parts.get(current);
        if (part != null && part.used + length <= FILE_BYTES) {
            return part;
        }
        if (part != null && part.liveBlocks == 0) {
            parts.remove(current);
            part.delete();
        }
        current++;
        Part next = new Part(folder().resolve("spill-" + current));
        parts.put(current, next);
        return next;
    }

    private synchronized Part part(Block block) throws IOException {
        Part part = parts.get(block.file());
        if (part == null) {
            throw new IOException("the frontier is closed");
        }
        return part;
    }

    private synchronized void forget(Block block) throws IOException {
        Part part = parts.get(block.file());
        if (part == null) {
            return;
        }
        part.liveBlocks--;
        if (part.liveBlocks == 0 && block.file() != current) {
            parts.remove(block.file());
            part.delete();
        }
    }
}
