package dev.magpie.sorting;

import java.nio.ByteBuffer;

/** A run of numbers of 64 bits, or a part of a merge of numbers of either width. */
final class LongBlock extends NumberBlock {

    final long[] keys;

    LongBlock(Numbers format, int capacity) {
        super(format, capacity);
        keys = new long[capacity];
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
