package dev.magpie.scheduler.deque;

import org.jspecify.annotations.Nullable;

/**
 * An array and the index that its first slot stands for. Within one buffer a slot stands for one
 * index for ever, so nobody who still looks at an old index meets a newer element there.
 */
final class Buffer {

    final long base;
    final @Nullable Object[] slots;

    Buffer(long base, int capacity) {
        this.base = base;
        slots = new Object[capacity];
    }

    /** The slot of an index: not a slot of this buffer if the index lies outside of it. */
    int slotOf(long index) {
        long slot = index - base;
        return slot == (int) slot ? (int) slot : -1;
    }

    boolean has(int slot) {
        return slot >= 0 && slot < slots.length;
    }
}
