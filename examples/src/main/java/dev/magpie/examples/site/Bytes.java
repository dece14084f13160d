package dev.magpie.examples.site;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes to be sent, reused from one response to the next. Not thread-safe. */
final class Bytes {

    private byte[] data = new byte[64 << 10];
    private int start;
    private int size;

    void clear() {
        start = 0;
        size = 0;
    }

    int size() {
        return size;
    }

    /** Text of symbols below 256. */
    Bytes add(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            data[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    Bytes add(long number) {
        return add(Long.toString(number));
    }

    Bytes addUtf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add(bytes, 0, bytes.length);
    }

    Bytes add(byte[] bytes, int from, int count) {
        ensure(count);
        System.arraycopy(bytes, from, data, size, count);
        size += count;
        return this;
    }

    /** Leaves room, to be filled by {@link #fillBack}. */
    void skip(int count) {
        ensure(count);
        size += count;
    }

    private void ensure(int more) {
        if (data.length - size < more) {
            data = Arrays.copyOf(data, Math.max(2 * data.length, size + more));
        }
    }

    /** Puts text right before {@code end}, and drops all that is before the text. */
    void fillBack(String text, int end) {
        start = end - text.length();
        for (int i = 0; i < text.length(); i++) {
            data[start + i] = (byte) text.charAt(i);
        }
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(data, start, size - start);
    }

    /** Drops all behind. */
    void shrinkTo(int newSize) {
        size = newSize;
    }
}
