package dev.magpie.examples.crawl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of the log that a crawl survives in.
 *
 * <p><b>Threads.</b> Any thread appends, under one lock that is held for the encoding of a record
 * and never for input or output. One thread of the journal's own writes: whatever has gathered
 * while it wrote is its next batch.
 *
 * <p><b>Invariants.</b> J1: the file holds a prefix of the records in the order of their appending;
 * a record counts as a whole or, its checksum failing, not at all. J2: a record's callback runs
 * after the system has taken the record, so killing the process can no longer undo it. J3: before a
 * batch is written, {@code beforeWrite} has handed to the system the output that belongs to its
 * records.
 *
 * <p>What the system has taken is forced to the device once a second, when a segment is full and at
 * the end; a power failure costs what came after.
 *
 * <p><b>Failure.</b> When a write fails, as on a full disk, the file is cut back to its last whole
 * batch, {@code onFailure} is told once, and nothing is written or called back any more.
 */
final class Journal implements AutoCloseable {

    /** Opens the file of a segment for writing; tests open files that fill up. */
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }

    private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JournalFiles files;
    private final int generation;
    private final RecordHeader header;
    private final Opener opener;
    private final long segmentBytes;
    private final Flush beforeWrite;
    private final Consumer<IOException> onFailure;
    private final Thread writer = new Thread(this::run, "magpie-crawl-journal");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private RecordBuffer filling = new RecordBuffer();
    private List<Runnable> fillingCallbacks = new ArrayList<>();
    private boolean isClosed;
    private boolean hasFailed;

    // the writer's own
    private RecordBuffer writing = new RecordBuffer();
    private List<Runnable> writingCallbacks = new ArrayList<>();
    private @Nullable FileChannel channel;
    private int segment;
    private long written;
    private long unforcedSince;
    private boolean isUnforced;

    /** Output, not the state, cannot be written. */
    private static final class OutputFailure extends Exception {

        private static final long serialVersionUID = 1L;

        private final IOException failure;

        OutputFailure(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /** Hands output to the system. */
    interface Flush {
        void flush() throws IOException;
    }

    /** Encodes one record between begin and end. */
    interface Encoder {
        void encode(RecordBuffer buffer);
    }

    /**
     * A journal that goes on behind the segments of a generation, in a new one.
     *
     * @param segment number of the first segment to write
     * @throws IOException if the segment cannot be created
     */
    Journal(
            JournalFiles files,
            int generation,
            int segment,
            RecordHeader header,
            Opener opener,
            long segmentBytes,
            Flush beforeWrite,
            Consumer<IOException> onFailure)
            throws IOException {
        this.files = files;
        this.generation = generation;
        this.segment = segment;
        this.header = header;
        this.opener = opener;
        this.segmentBytes = segmentBytes;
        this.beforeWrite = beforeWrite;
        this.onFailure = onFailure;
        openSegment();
        writer.setDaemon(true);
        writer.start();
    }

    /** What orders appending and the changes that are appended; held for moments only. */
    ReentrantLock lock() {
        return lock;
    }

    /**
     * Appends a record.
     *
     * @param durable runs once the record can no longer be lost by the end of the process; never if
     *     the journal fails or is closed before
     * @return whether it was taken: not after close or a failure
     */
    boolean append(RecordType type, Encoder encoder, @Nullable Runnable durable) {
        lock.lock();
        try {
            if (isClosed || hasFailed) {
                return false;
            }
            boolean wasEmpty = filling.isEmpty();
            filling.begin(type);
            try {
                encoder.encode(filling);
            } catch (RuntimeException | Error ex) {
                filling.abandon();
                throw ex;
            }
            filling.end();
            if (durable != null) {
                fillingCallbacks.add(durable);
            }
            if (wasEmpty) {
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts nothing more, writes and forces what was appended, and waits for that. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the writer

    private void run() {
        try {
            while (takeBatch()) {
                writeBatch();
                forceIfDue(FORCE_NANOS);
            }
            forceIfDue(0);
            closeChannel();
        } catch (OutputFailure ex) {
            fail(ex.failure);
        } catch (IOException | RuntimeException | Error ex) {
            fail(unwritable(ex));
        }
    }

    /** Waits for records, or for the time to force; false at the end. */
    private boolean takeBatch() throws IOException {
        lock.lock();
        try {
            while (filling.isEmpty()) {
                if (isClosed) {
                    return false;
                }
                if (!isUnforced) {
                    changed.awaitUninterruptibly();
                } else if (!awaitUntilForce()) {
                    return true; // nothing to write, but it is time to force
                }
            }
            RecordBuffer full = filling;
            filling = writing;
            writing = full;
            List<Runnable> callbacks = fillingCallbacks;
            fillingCallbacks = writingCallbacks;
            writingCallbacks = callbacks;
            return true;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private boolean awaitUntilForce() {
        try {
            return changed.awaitNanos(unforcedSince + FORCE_NANOS - System.nanoTime()) > 0;
        } catch (InterruptedException ex) {
            return true; // nobody's: the loop looks again
        }
    }

    private void writeBatch() throws IOException, OutputFailure {
        if (writing.isEmpty()) {
            return;
        }
        flushOutput();
        if (written + writing.length() > segmentBytes && written > 0) {
            force();
            closeChannel();
            segment++;
            openSegment();
        }
        write(writing.view());
        if (!isUnforced) {
            isUnforced = true;
            unforcedSince = System.nanoTime();
        }
        writing.clear();
        writingCallbacks.forEach(Runnable::run);
        writingCallbacks.clear();
    }

    private void flushOutput() throws OutputFailure {
        try {
            beforeWrite.flush();
        } catch (IOException ex) {
            throw new OutputFailure(ex);
        }
    }

    private void openSegment() throws IOException {
        written = 0;
        Path file = files.segment(generation, segment);
        channel = opener.open(file);
        RecordBuffer first = new RecordBuffer();
        header.encode(first, generation, segment);
        write(first.view());
        written = 0; // the header alone does not fill a segment
        files.forceNames();
    }

    private void write(ByteBuffer bytes) throws IOException {
        FileChannel open = opened();
        long before = open.position();
        try {
            while (bytes.hasRemaining()) {
                int unused = open.write(bytes);
            }
        } catch (IOException ex) {
            cutBack(open, before);
            throw ex;
        }
        written += bytes.limit();
    }

    /** Best effort: a torn end would be cut off when the state is read, too. */
    private static void cutBack(FileChannel open, long position) {
        try {
            open.truncate(position);
        } catch (IOException ex) {
            return;
        }
    }

    private void forceIfDue(long after) throws IOException {
        if (isUnforced && System.nanoTime() - unforcedSince >= after) {
            force();
        }
    }

    private void force() throws IOException {
        opened().force(false);
        isUnforced = false;
    }

    private FileChannel opened() {
        FileChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("the journal has no file");
        }
        return open;
    }

    private void closeChannel() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    private void fail(IOException ex) {
        lock.lock();
        try {
            hasFailed = true;
            filling.clear();
            fillingCallbacks.clear();
        } finally {
            lock.unlock();
        }
        try {
            closeChannel();
        } catch (IOException close) {
            ex.addSuppressed(close);
        }
        onFailure.accept(ex);
    }

    private StateException unwritable(Throwable ex) {
        return new StateException(
                "the state in "
                        + files.folder()
                        + " cannot be written ("
                        + reason(ex)
                        + "); what was written is intact",
                ex);
    }

    private static String reason(Throwable ex) {
        return ex.getMessage() == null ? ex.toString() : ex.getMessage();
    }
}
