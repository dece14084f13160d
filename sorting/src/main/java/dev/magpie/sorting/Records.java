package dev.magpie.sorting;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Records that are compared by some of their bytes, as unsigned numbers. A record is a range of an
 * array; its key is that range without some bytes at either end.
 */
abstract sealed class Records extends FileFormat permits FixedRecords, Lines {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int before;
    private final int after;
    private final boolean descending;

    /**
     * A format.
     *
     * @param before how many bytes of a record stand before its key
     * @param after how many stand after it
     * @param descending whether the greatest key comes first
     */
    Records(int before, int after, boolean descending) {
        this.before = before;
        this.after = after;
        this.descending = descending;
    }

    /** How many bytes {@link #terminate} may append. */
    abstract int terminator();

    /**
     * Completes the last record of a file, in an array with room for it; returns the new length.
     */
    abstract int terminate(byte[] bytes, int length);

    /** The end of the last record that is complete within {@code length}, or 0. */
    abstract int complete(byte[] bytes, int length);

    /** The end of the complete record that starts at {@code from}. */
    abstract int end(byte[] bytes, int from);

    @Override
    final void merge(Merge merge) throws IOException {
        new RecordMerge(this, merge).run();
    }

    final boolean isDescending() {
        return descending;
    }

    /** What a description of the format ends with. */
    final String suffix() {
        return descending ? ", descending" : "";
    }

    /** Compares the keys of two records, in the order of the format. */
    final int compare(
            byte[] bytes, int from, int to, byte[] otherBytes, int otherFrom, int otherTo) {
        int order =
                Arrays.compareUnsigned(
                        bytes,
                        from + before,
                        to - after,
                        otherBytes,
                        otherFrom + before,
                        otherTo - after);
        return descending ? -order : order;
    }

    /**
     * An integer that orders as the keys' first eight bytes do, which stand for longer ones: equal
     * ones say nothing.
     */
    final long prefix(byte[] bytes, int from, int to) {
        int start = from + before;
        int length = to - after - start;
        long prefix = 0;
        if (length >= Long.BYTES) {
            prefix = (long) EIGHT_BYTES.get(bytes, start);
        } else {
            for (int i = 0; i < length; i++) {
                prefix |= (bytes[start + i] & 0xffL) << (56 - 8 * i);
            }
        }
        return prefix ^ (descending ? Long.MAX_VALUE : Long.MIN_VALUE);
    }
}
