package dev.magpie.sorting;

import java.nio.ByteBuffer;

/** A run of numbers of 32 bits. */
final class IntBlock extends NumberBlock {

    private final int[] keys;

    IntBlock(Numbers format, int capacity) {
        super(format, capacity);
        keys = new int[capacity];
    }

    @Override
    void get(ByteBuffer bytes, int from, int count) {
        format.get(bytes, keys, from, count);
    }

    @Override
    void put(int from, int count, ByteBuffer bytes) {
        format.put(keys, from, count, bytes);
    }

    @Override
    public void sort(Sorter sorter) {
        sorter.sort(keys, 0, size);
    }
}
