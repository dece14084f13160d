package dev.magpie.sorting;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * What a file that {@link ExternalSort} sorts consists of, and in which order, which {@link
 * ExternalSort#reversed} turns round. Immutable.
 */
public abstract sealed class FileFormat permits Numbers, Records {

    /** The longest record in bytes: 64 MiB. */
    public static final int MAX_RECORD = 1 << 26;

    /** The longest array that virtual machines grant. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    FileFormat() {}

    /**
     * 32-bit integers without anything between them, ascending.
     *
     * @param order of their bytes
     * @return the format
     */
    public static FileFormat ints(ByteOrder order) {
        return new Numbers("ints", Integer.BYTES, order, false, false);
    }

    /**
     * 64-bit integers without anything between them, ascending.
     *
     * @param order of their bytes
     * @return the format
     */
    public static FileFormat longs(ByteOrder order) {
        return new Numbers("longs", Long.BYTES, order, false, false);
    }

    /**
     * 32-bit floating-point numbers in the order of {@link Float#compare}; all bits of each NaN are
     * kept.
     *
     * @param order of their bytes
     * @return the format
     */
    public static FileFormat floats(ByteOrder order) {
        return new Numbers("floats", Float.BYTES, order, true, false);
    }

    /**
     * 64-bit floating-point numbers in the order of {@link Double#compare}; all bits of each NaN
     * are kept.
     *
     * @param order of their bytes
     * @return the format
     */
    public static FileFormat doubles(ByteOrder order) {
        return new Numbers("doubles", Double.BYTES, order, true, false);
    }

    /**
     * Records of equal length in the order of a key, whose bytes are compared as unsigned numbers.
     * Records of equal keys keep their order.
     *
     * @param length of a record in bytes
     * @param keyFrom where the key starts in the record
     * @param keyLength how many bytes the key has
     * @return the format
     * @throws IllegalArgumentException if {@code length} is not from 1 to {@value #MAX_RECORD}, or
     *     the key has no byte or does not lie in the record
     */
    public static FileFormat records(int length, int keyFrom, int keyLength) {
        if (length < 1 || length > MAX_RECORD) {
            throw new IllegalArgumentException(
                    "length must be between 1 and " + MAX_RECORD + ", was " + length);
        }
        if (keyFrom < 0 || keyFrom >= length) {
            throw new IllegalArgumentException(
                    "keyFrom must be between 0 and " + (length - 1) + ", was " + keyFrom);
        }
        if (keyLength < 1 || keyLength > length - keyFrom) {
            throw new IllegalArgumentException(
                    "keyLength must be between 1 and " + (length - keyFrom) + ", was " + keyLength);
        }
        return new FixedRecords(length, keyFrom, keyLength, false);
    }

    /**
     * Lines that end with a line feed, in the order of their bytes as unsigned numbers, which is
     * that of code points in UTF-8. A last line without line feed gets one.
     *
     * @return the format
     */
    public static FileFormat lines() {
        return Lines.ASCENDING;
    }

    /** The same in the opposite order; records of equal keys keep theirs. */
    abstract FileFormat reversed();

    /** The length of a file is a multiple of this many bytes. */
    abstract int unit();

    /**
     * A buffer for one of two runs that are in memory at the same time.
     *
     * @param memory bytes that both take, with all that sorting one of them takes
     * @param size of the input in bytes, of which it need not hold more
     */
    abstract Run newRun(long memory, long size);

    /** Merges runs of this format. */
    abstract void merge(Merge merge) throws IOException;
}
