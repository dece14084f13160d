package dev.magpie.sorting;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Objects;

/**
 * Numbers without anything between them. In memory a number is a key: an integer in the order of
 * the numbers, or in the opposite one, from which each bit of the number comes back.
 */
final class Numbers extends FileFormat {

    /**
     * Two runs, the sorter's buffer, and another one that the JDK's sequential sort takes where it
     * finds ascending runs to merge.
     */
    private static final int COPIES = 4;

    private final String name;
    private final int width;
    private final ByteOrder order;
    private final boolean floating;
    private final boolean descending;

    /**
     * A format.
     *
     * @param name of the numbers
     * @param width of a number in bytes, 4 or 8
     * @param order of its bytes
     * @param floating whether they are floating-point numbers of that width
     * @param descending whether the greatest comes first
     */
    Numbers(String name, int width, ByteOrder order, boolean floating, boolean descending) {
        this.name = name;
        this.width = width;
        this.order = Objects.requireNonNull(order, "order");
        this.floating = floating;
        this.descending = descending;
    }

    @Override
    FileFormat reversed() {
        return new Numbers(name, width, order, floating, !descending);
    }

    @Override
    int unit() {
        return width;
    }

    @Override
    Run newRun(long memory, long size) {
        int capacity = (int) Math.min(MAX_ARRAY, Math.min(size, memory / COPIES) / width);
        return width == Integer.BYTES
                ? new IntBlock(this, capacity)
                : new LongBlock(this, capacity);
    }

    @Override
    void merge(Merge merge) throws IOException {
        new NumberMerge(this, merge).run();
    }

    /** The width of a number in bytes. */
    int width() {
        return width;
    }

    /** Whether a number is its own key. */
    private boolean isKey() {
        return !floating && !descending;
    }

    private int key(int bits) {
        int key = floating ? FloatKeys.key(bits) : bits;
        return descending ? ~key : key;
    }

    private long key(long bits) {
        long key = floating ? FloatKeys.key(bits) : bits;
        return descending ? ~key : key;
    }

    private int bits(int key) {
        int ascending = descending ? ~key : key;
        return floating ? FloatKeys.bits(ascending) : ascending;
    }

    private long bits(long key) {
        long ascending = descending ? ~key : key;
        return floating ? FloatKeys.bits(ascending) : ascending;
    }

    /** Takes keys out of bytes. */
    void get(ByteBuffer bytes, int[] keys, int from, int count) {
        IntBuffer unused = bytes.order(order).asIntBuffer().get(keys, from, count);
        for (int i = from; i < from + count && !isKey(); i++) {
            keys[i] = key(keys[i]);
        }
    }

    /** Puts keys into bytes; what they are afterwards is not said. */
    void put(int[] keys, int from, int count, ByteBuffer bytes) {
        for (int i = from; i < from + count && !isKey(); i++) {
            keys[i] = bits(keys[i]);
        }
        IntBuffer unused = bytes.order(order).asIntBuffer().put(keys, from, count);
    }

    /** Takes keys out of bytes; those of narrow numbers are widened. */
    void get(ByteBuffer bytes, long[] keys, int from, int count) {
        if (width == Integer.BYTES) {
            IntBuffer narrow = bytes.order(order).asIntBuffer();
            for (int i = from; i < from + count; i++) {
                keys[i] = key(narrow.get());
            }
            return;
        }
        Object unused = bytes.order(order).asLongBuffer().get(keys, from, count);
        for (int i = from; i < from + count && !isKey(); i++) {
            keys[i] = key(keys[i]);
        }
    }

    /** Puts keys into bytes; what they are afterwards is not said. */
    void put(long[] keys, int from, int count, ByteBuffer bytes) {
        if (width == Integer.BYTES) {
            IntBuffer narrow = bytes.order(order).asIntBuffer();
            for (int i = from; i < from + count; i++) {
                narrow.put(bits((int) keys[i]));
            }
            return;
        }
        for (int i = from; i < from + count && !isKey(); i++) {
            keys[i] = bits(keys[i]);
        }
        Object unused = bytes.order(order).asLongBuffer().put(keys, from, count);
    }

    @Override
    public String toString() {
        return name + ", " + order + (descending ? ", descending" : "");
    }
}
