package dev.magpie.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads decimal integers from text: between any white space, with or without a sign, in any number
 * a line. A UTF-8 byte order mark is skipped. Names file and line of what is no number.
 */
final class TextNumbers {

    private static final int END = -1;
    private static final int BUFFER_SIZE = 1 << 16;

    /** So much of a word that is no number is quoted, in bytes. */
    private static final int MAX_QUOTED = 32;

    /** Any value beyond the range of int; digits that follow do not change it. */
    private static final long BEYOND = 1L << 32;

    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private final InputStream in;
    private final String name;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private int current;
    private long line = 1;
    private long bytes;

    /** Reads from a stream, which it does not close; {@code name} is for messages. */
    TextNumbers(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /** Takes the numbers that are read. */
    @FunctionalInterface
    interface Sink {

        /** Takes the next one. */
        void accept(int number) throws IOException;
    }

    /**
     * Reads to the end.
     *
     * @throws BadInputException if there is anything but numbers in the range of int
     */
    int[] read() throws IOException {
        IntList numbers = new IntList();
        readTo(numbers::add);
        return numbers.toArray();
    }

    /**
     * Reads to the end, and keeps nothing.
     *
     * @throws BadInputException if there is anything but numbers in the range of int
     */
    void readTo(Sink sink) throws IOException {
        advance();
        skipByteOrderMark();
        while (current != END) {
            if (!isBlank(current)) {
                sink.accept(number());
            } else {
                if (current == '\n') {
                    line++;
                }
                advance();
            }
        }
    }

    /** How many bytes were read. */
    long bytes() {
        return bytes;
    }

    private void advance() throws IOException {
        if (position == limit) {
            limit = in.read(buffer);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                current = END;
                return;
            }
            bytes += limit;
        }
        current = buffer[position] & 0xFF;
        position++;
    }

    private void skipByteOrderMark() throws IOException {
        if (current != BYTE_ORDER_MARK[0]) {
            return;
        }
        for (int expected : BYTE_ORDER_MARK) {
            if (current != expected) {
                throw bad("is not a whole number", new ByteArrayOutputStream());
            }
            advance();
        }
    }

    private static boolean isBlank(int octet) {
        return octet == ' ' || (octet >= '\t' && octet <= '\r');
    }

    /** Reads the word that starts here. */
    private int number() throws IOException {
        ByteArrayOutputStream word = new ByteArrayOutputStream(MAX_QUOTED);
        boolean negative = current == '-';
        if (negative || current == '+') {
            word.write(current);
            advance();
        }
        long value = 0;
        int digits = 0;
        boolean valid = true;
        for (; current != END && !isBlank(current); advance()) {
            if (word.size() <= MAX_QUOTED) {
                word.write(current);
            }
            int digit = current - '0';
            valid &= digit >= 0 && digit <= 9;
            value = Math.min(BEYOND, value * 10 + digit);
            digits++;
        }
        if (!valid || digits == 0) {
            throw bad("is not a whole number", word);
        }
        long signed = negative ? -value : value;
        if (signed != (int) signed) {
            throw bad("is beyond the range of 32-bit integers", word);
        }
        return (int) signed;
    }

    private BadInputException bad(String problem, ByteArrayOutputStream word) {
        return new BadInputException(name + ":" + line + ": '" + printable(word) + "' " + problem);
    }

    /** Text for a terminal: nothing that moves its cursor, and not too long. */
    private static String printable(ByteArrayOutputStream word) {
        String text = word.toString(StandardCharsets.UTF_8).replaceAll("[\\p{C}]", "\uFFFD");
        return word.size() <= MAX_QUOTED ? text : text.substring(0, text.length() - 1) + "...";
    }
}
