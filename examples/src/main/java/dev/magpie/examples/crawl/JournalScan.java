package dev.magpie.examples.crawl;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one generation in the order in which they were written, up to its end or to
 * the first torn record. A torn record is what a killed process leaves at the end of the last
 * segment; anywhere else it is damage. One thread.
 */
final class JournalScan {

    /** What is done with each record. */
    interface Visitor {
        void visit(RecordReader reader) throws IOException;
    }

    private final List<Path> segments;
    private long droppedBytes;

    JournalScan(List<Path> segments) {
        this.segments = segments;
    }

    /**
     * Reads everything.
     *
     * @throws StateException if a segment that is not the last one is damaged, or the format is
     *     another
     * @throws IOException if a file cannot be read
     */
    void run(Visitor visitor) throws IOException {
        droppedBytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            Path segment = segments.get(i);
            long intact = scan(segment, visitor);
            long rest = Files.size(segment) - intact;
            if (rest > 0 && i < segments.size() - 1) {
                throw new StateException(segment + " is damaged at byte " + intact);
            }
            droppedBytes += Math.max(rest, 0);
        }
    }

    /** How many bytes behind the last whole record the last run left out. */
    long droppedBytes() {
        return droppedBytes;
    }

    private static long scan(Path segment, Visitor visitor) throws IOException {
        long position = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(segment), 1 << 16)) {
            for (ByteBuffer payload = next(in); payload != null; payload = next(in)) {
                int length = payload.remaining();
                RecordType type = RecordType.of(payload.get());
                if (type == null) {
                    throw new StateException(
                            segment + " has a record of an unknown type at byte " + position);
                }
                visitor.visit(new RecordReader(type, payload));
                position += RecordBuffer.HEADER_BYTES + length;
            }
        }
        return position;
    }

    private static @Nullable ByteBuffer next(InputStream in) throws IOException {
        ByteBuffer header = read(in, RecordBuffer.HEADER_BYTES);
        if (header == null) {
            return null;
        }
        int length = header.getInt();
        int checksum = header.getInt();
        if (length < 1 || length > RecordBuffer.MAX_PAYLOAD_BYTES) {
            return null;
        }
        ByteBuffer payload = read(in, length);
        if (payload == null) {
            return null;
        }
        CRC32C actual = new CRC32C();
        actual.update(payload.duplicate());
        return (int) actual.getValue() == checksum ? payload : null;
    }

    private static @Nullable ByteBuffer read(InputStream in, int length) throws IOException {
        try {
            byte[] bytes = in.readNBytes(length);
            return bytes.length < length
                    ? null
                    : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (EOFException ex) {
            return null;
        }
    }
}
