package dev.magpie.examples.crawl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Records of a journal, encoded one behind the other: the length of the payload and its CRC-32C,
 * four bytes each and little-endian, then the payload, whose first byte is the type.
 *
 * <p>One thread at a time. Grows as needed, and gives large arrays back when it is cleared.
 */
final class RecordBuffer {

    /** Length and checksum. */
    static final int HEADER_BYTES = 8;

    /** A longer record is damage, not a record. */
    static final int MAX_PAYLOAD_BYTES = 64 << 20;

    private static final int KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[1 << 14];
    private int length;
    private int start;

    /** Begins a record. */
    void begin(RecordType type) {
        start = length;
        length += HEADER_BYTES;
        putByte(type.code());
    }

    /** Ends the record: from here on it counts. */
    void end() {
        int payload = length - start - HEADER_BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, start + HEADER_BYTES, payload);
        setInt(start, payload);
        setInt(start + 4, (int) checksum.getValue());
    }

    /** Forgets the record that was begun. */
    void abandon() {
        length = start;
    }

    void putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    /** Seven bits a byte, the lowest first; 1 to 10 bytes. */
    void putVar(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void putLong(long value) {
        ensure(8);
        for (int i = 0; i < 8; i++) {
            bytes[length++] = (byte) (value >>> (8 * i));
        }
    }

    void putString(String text) {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void putBytes(byte[] content) {
        putVar(content.length);
        ensure(content.length);
        System.arraycopy(content, 0, bytes, length, content.length);
        length += content.length;
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** All records, to be written before the next change. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    void clear() {
        length = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[1 << 14];
        }
    }

    private void setInt(int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
