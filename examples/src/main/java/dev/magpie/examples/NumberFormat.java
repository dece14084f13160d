package dev.magpie.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** How 32-bit integers are written in a file. */
enum NumberFormat {
    /** Decimal, one or several a line, between blanks. */
    TEXT {
        @Override
        int[] read(InputStream in, String name) throws IOException {
            return new TextNumbers(in, name).read();
        }

        @Override
        byte[] encode(int[] numbers, int from, int to) {
            StringBuilder text = new StringBuilder();
            for (int i = from; i < to; i++) {
                text.append(numbers[i]).append('\n');
            }
            return text.toString().getBytes(StandardCharsets.US_ASCII);
        }
    },

    /** Four bytes each, the lowest first. */
    RAW {
        @Override
        int[] read(InputStream in, String name) throws IOException {
            IntList numbers = new IntList();
            byte[] bytes = new byte[CHUNK * Integer.BYTES];
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            long total = 0;
            int length;
            do {
                length = in.readNBytes(bytes, 0, bytes.length);
                total += length;
                for (int i = 0; i + Integer.BYTES <= length; i += Integer.BYTES) {
                    numbers.add(buffer.getInt(i));
                }
            } while (length == bytes.length);
            if (total % Integer.BYTES != 0) {
                throw new BadInputException(
                        name + ": length must be a multiple of 4 bytes, was " + total);
            }
            return numbers.toArray();
        }

        @Override
        byte[] encode(int[] numbers, int from, int to) {
            ByteBuffer buffer =
                    ByteBuffer.allocate((to - from) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            buffer.asIntBuffer().put(numbers, from, to - from);
            return buffer.array();
        }
    };

    /** So many numbers are read or written at a time. */
    private static final int CHUNK = 1 << 16;

    /** The format that a file's name tells. */
    static NumberFormat of(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".bin") || name.endsWith(".raw") || name.endsWith(".i32") ? RAW : TEXT;
    }

    /**
     * Reads to the end.
     *
     * @param in what to read; not closed
     * @param name what to call it in messages
     * @throws BadInputException if there is anything but numbers
     */
    abstract int[] read(InputStream in, String name) throws IOException;

    /** Writes all numbers. */
    void write(int[] numbers, OutputStream out) throws IOException {
        for (int from = 0; from < numbers.length; from += CHUNK) {
            out.write(encode(numbers, from, Math.min(numbers.length, from + CHUNK)));
        }
    }

    abstract byte[] encode(int[] numbers, int from, int to);
}
