package dev.magpie.sorting;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A file that is read at any position and written at its end, in chunks that pass through the one
 * buffer of the {@link IoThread}, so that no other is allocated behind our back: a channel that is
 * given an array takes a second buffer outside the heap. Used by that thread only.
 */
final class ByteFile implements Closeable {

    private final Path path;
    private final FileChannel channel;
    private final IoThread thread;
    private long end;

    /** An open file, which is closed with this one. */
    ByteFile(Path path, FileChannel channel, IoThread thread) {
        this.path = path;
        this.channel = channel;
        this.thread = thread;
    }

    Path path() {
        return path;
    }

    /** Length in bytes, now. */
    long size() throws IOException {
        return channel.size();
    }

    /** How many bytes were appended. */
    long appended() {
        return end;
    }

    /**
     * Reads bytes into the shared chunk.
     *
     * @param position of the first byte
     * @param length at most {@link IoThread#CHUNK}
     * @return the chunk, with exactly these bytes
     * @throws IOException if there are fewer
     */
    ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer chunk = chunk().limit(length);
        try {
            while (chunk.hasRemaining()) {
                if (channel.read(chunk, position + chunk.position()) < 0) {
                    throw new IOException("became shorter while it was read");
                }
            }
        } catch (IOException ex) {
            throw named("cannot be read: ", ex);
        }
        return chunk.flip();
    }

    /** Reads bytes to the front of an array. */
    void read(long position, byte[] target, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(IoThread.CHUNK, length - done);
            ByteBuffer unused = read(position + done, part).get(target, done, part);
            done += part;
        }
    }

    /** The shared chunk, empty, for {@link #append()}. */
    ByteBuffer chunk() {
        thread.throwIfStopped();
        return thread.chunk().clear();
    }

    /** Appends what was put into the shared chunk, and empties it. */
    void append() throws IOException {
        ByteBuffer chunk = thread.chunk().flip();
        int length = chunk.remaining();
        try {
            while (chunk.hasRemaining()) {
                end += channel.write(chunk, end);
            }
        } catch (IOException ex) {
            throw named("cannot be written: ", ex);
        }
        thread.advance(length);
        ByteBuffer unused = chunk();
    }

    /** Puts bytes into the shared chunk, and appends it whenever it is full. */
    void put(byte[] source, int from, int to) throws IOException {
        int next = from;
        while (next < to) {
            ByteBuffer chunk = thread.chunk();
            int part = Math.min(chunk.remaining(), to - next);
            chunk.put(source, next, part);
            next += part;
            if (!chunk.hasRemaining()) {
                append();
            }
        }
    }

    /** Brings what was appended to the device. */
    void force() throws IOException {
        try {
            channel.force(true);
        } catch (IOException ex) {
            throw named("cannot be written: ", ex);
        }
    }

    private FileSystemException named(String what, IOException cause) {
        String message = cause.getMessage();
        FileSystemException named =
                new FileSystemException(
                        path.toString(), null, what + (message == null ? cause : message));
        named.initCause(cause);
        return named;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
