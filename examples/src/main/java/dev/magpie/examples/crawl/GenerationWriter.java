package dev.magpie.examples.crawl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes segment 0 of a new generation of the journal: all that is still needed of the one before.
 * It has a temporary name until {@link #complete}, so a process that ends in between leaves the old
 * generation as it is. One thread.
 */
final class GenerationWriter implements AutoCloseable {

    private static final int BATCH_BYTES = 1 << 20;

    private final JournalFiles files;
    private final int generation;
    private final Path temporary;
    private final FileChannel channel;
    private final RecordBuffer buffer = new RecordBuffer();

    GenerationWriter(JournalFiles files, int generation, RecordHeader header, Journal.Opener opener)
            throws IOException {
        this.files = files;
        this.generation = generation;
        this.temporary = files.temporary(generation);
        this.channel = opener.open(temporary);
        header.encode(buffer, generation, 0);
    }

    void write(RecordType type, Journal.Encoder encoder) throws IOException {
        buffer.begin(type);
        encoder.encode(buffer);
        buffer.end();
        if (buffer.length() > BATCH_BYTES) {
            flush();
        }
    }

    /** Puts the new generation in the place of all others. */
    void complete() throws IOException {
        write(RecordType.COMPLETE, unused -> {});
        flush();
        channel.force(true);
        channel.close();
        Path unused =
                Files.move(temporary, files.segment(generation, 0), StandardCopyOption.ATOMIC_MOVE);
        files.forceNames();
        files.keepOnly(generation);
    }

    /** Deletes what was not completed. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
    }

    private void flush() throws IOException {
        ByteBuffer bytes = buffer.view();
        try {
            while (bytes.hasRemaining()) {
                int unused = channel.write(bytes);
            }
        } catch (IOException ex) {
            throw new StateException(
                    "the state in "
                            + files.folder()
                            + " cannot be written ("
                            + ex.getMessage()
                            + "); what was there is intact",
                    ex);
        }
        buffer.clear();
    }
}
