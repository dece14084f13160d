package dev.magpie.examples.crawl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The payload of one record, read from front to back; the counterpart of {@link RecordBuffer}. One
 * thread. Reading past the end throws {@link java.nio.BufferUnderflowException}, which after a
 * right checksum means a format of another version.
 */
final class RecordReader {

    private final RecordType type;
    private final ByteBuffer payload;

    /** Reads {@code payload} behind its type. */
    RecordReader(RecordType type, ByteBuffer payload) {
        this.type = type;
        this.payload = payload.order(ByteOrder.LITTLE_ENDIAN);
    }

    RecordType type() {
        return type;
    }

    int getByte() {
        return payload.get() & 0xFF;
    }

    long getVar() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = payload.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a number of more than 64 bits in a record");
    }

    long getLong() {
        return payload.getLong();
    }

    byte[] getBytes() {
        byte[] content = new byte[checkedLength()];
        payload.get(content);
        return content;
    }

    String getString() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    boolean hasMore() {
        return payload.hasRemaining();
    }

    private int checkedLength() {
        long length = getVar();
        if (length < 0 || length > payload.remaining()) {
            throw new java.nio.BufferUnderflowException();
        }
        return (int) length;
    }
}
