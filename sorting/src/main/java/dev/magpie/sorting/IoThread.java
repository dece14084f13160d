package dev.magpie.sorting;

import dev.magpie.scheduler.Scheduler;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The thread that reads and writes for one sort, in the order of submission, while the caller and
 * the workers sort. One thread of its own, because a worker that blocks needs a spare thread
 * anyway, a single device serves one stream at a time best, and an interrupt of a thread that uses
 * a channel closes it.
 *
 * <p>Once the sort is stopped, what is submitted fails with what stopped it.
 */
final class IoThread implements Closeable {

    /** Bytes that are read or written at a time. */
    static final int CHUNK = 1 << 16;

    private final Control control;
    private final ChannelOpener opener;
    private final List<ByteFile> files = new ArrayList<>();
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread thread = new Thread(work, "magpie-external-sort-io");
                        thread.setDaemon(true);
                        return thread;
                    });

    IoThread(Control control, ChannelOpener opener) {
        this.control = control;
        this.opener = opener;
    }

    /**
     * Opens a file, which is closed with this, or before.
     *
     * @param path where it is
     * @param named what messages call it
     * @param options how to open it
     */
    ByteFile open(Path path, Path named, OpenOption... options) throws IOException {
        ByteFile file = new ByteFile(named, opener.open(path, options), this);
        files.add(file);
        return file;
    }

    /** The buffer that all files share, for this thread only. */
    ByteBuffer chunk() {
        return chunk;
    }

    /** Counts bytes that were written. */
    void advance(long bytes) {
        control.advance(bytes);
    }

    /** Throws what stopped the sort, if anything did. */
    void throwIfStopped() {
        if (control.isStopped()) {
            control.rethrow();
        }
    }

    /** Runs something after all that was submitted before. Its failure stops the sort. */
    <T> Future<T> submit(Callable<T> work) {
        return executor.submit(
                () -> {
                    try {
                        throwIfStopped();
                        return work.call();
                    } catch (Throwable thrown) {
                        control.fail(thrown);
                        throw thrown;
                    }
                });
    }

    /** Submits the writing of a block, which finds the chunk empty. */
    Future<?> write(Block block, ByteFile file) {
        return submit(
                () -> {
                    ByteBuffer unused = chunk.clear();
                    block.write(file);
                    return true;
                });
    }

    /**
     * Waits for what was submitted. A worker that waits gives its core to another one.
     *
     * @return the result
     * @throws InterruptedIOException if the caller is interrupted, and stays so
     */
    <T> T await(Future<T> result) throws IOException {
        try {
            return result.isDone() ? result.get() : Scheduler.blocking(result::get);
        } catch (ExecutionException ex) {
            control.rethrow();
            throw new AssertionError("a failure stops the sort", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("sort was interrupted");
        } catch (Exception ex) {
            throw new AssertionError("a future throws nothing else", ex);
        }
    }

    /**
     * Ends when all that was submitted has, soon if the sort was stopped; then closes the files.
     */
    @Override
    public void close() throws IOException {
        awaitEnd();
        for (ByteFile file : files) {
            file.close();
        }
    }

    private void awaitEnd() {
        executor.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended =
                        Scheduler.blocking(
                                () -> executor.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS));
            } catch (InterruptedException ex) {
                interrupted = true;
            } catch (Exception ex) {
                throw new AssertionError("waiting throws nothing else", ex);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
