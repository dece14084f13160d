package dev.magpie.scheduler.coordination;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for many producers and consumers that can be sealed.
 *
 * <p><b>Algorithm.</b> D. Vyukov, "Bounded MPMC queue", 1024cores.net. Each slot has a turn: 2p
 * while it is free for position p, 2p + 1 while it holds it. With turns of two per position any
 * capacity from 1 works, where the original needs 2. Sealing sets the sign of the tail, so that it
 * is one compare-and-set that accepts an element or finds the ring sealed.
 *
 * <p><b>Edges.</b> C5: the turn is stored by release after the element, and loaded by acquire
 * before it. C6: the compare-and-set of an index has volatile effect, and the load of who waits
 * follows it in {@link ChannelCore}; who waits looks at the indices by the strict forms.
 *
 * <p><b>Progress.</b> Nobody waits in {@link #offer} and {@link #poll}, but they answer "full" or
 * "empty" while the thread whose turn it is has not finished; the strict forms wait for it.
 */
final class Ring<T> {

    private static final long SEALED = Long.MIN_VALUE;

    /** How often to look again before the processor is left to others. */
    private static final int SPINS = 64;

    /**
     * Longs apart, so that no two indices share a cache line, nor the next one, which is
     * prefetched.
     */
    private static final int APART = 16;

    private static final int HEAD = APART;
    private static final int TAIL = 2 * APART;

    private final AtomicLongArray ends = new AtomicLongArray(3 * APART);
    private final AtomicLongArray turns;
    private final @Nullable Object[] elements;
    private final int capacity;

    /** Capacity minus one if that is a power of two, else -1. */
    private final int mask;

    Ring(int capacity) {
        this.capacity = capacity;
        mask = Integer.bitCount(capacity) == 1 ? capacity - 1 : -1;
        elements = new @Nullable Object[capacity];
        turns = new AtomicLongArray(capacity);
        for (int i = 0; i < capacity; i++) {
            turns.setPlain(i, 2L * i); // published with this object
        }
    }

    int capacity() {
        return capacity;
    }

    private int slot(long position) {
        return mask >= 0 ? (int) position & mask : (int) (position % capacity);
    }

    /** Adds an element; false if there is no room, or none yet, or if the ring is sealed. */
    boolean offer(T element) {
        while (true) {
            long tail = ends.get(TAIL);
            if (tail < 0) {
                return false;
            }
            int slot = slot(tail);
            long early = 2 * tail - turns.getAcquire(slot); // C5
            if (early > 0) {
                return false;
            }
            if (early == 0 && ends.compareAndSet(TAIL, tail, tail + 1)) { // C6
                elements[slot] = element;
                turns.setRelease(slot, 2 * tail + 1); // C5
                return true;
            }
        }
    }

    /** Takes the oldest element; null if there is none, or not yet. */
    @Nullable T poll() {
        while (true) {
            long head = ends.get(HEAD);
            int slot = slot(head);
            long early = 2 * head + 1 - turns.getAcquire(slot); // C5
            if (early > 0) {
                return null;
            }
            if (early == 0 && ends.compareAndSet(HEAD, head, head + 1)) { // C6
                @SuppressWarnings("unchecked") // offer stored it
                T element = (T) elements[slot];
                elements[slot] = null;
                turns.setRelease(slot, 2 * (head + capacity)); // C5
                return element;
            }
        }
    }

    /** As {@link #offer}, but false only if there was no room at a moment of the call. */
    boolean offerStrictly(T element) {
        for (int round = 0; !offer(element); round++) {
            long tail = ends.get(TAIL);
            if (tail < 0 || tail - ends.get(HEAD) >= capacity) {
                return false;
            }
            pause(round); // a consumer is about to free the slot
        }
        return true;
    }

    /** As {@link #poll}, but null only if the ring was empty at a moment of the call. */
    @Nullable T pollStrictly() {
        T element = poll();
        for (int round = 0; element == null && !isEmpty(); round++) {
            pause(round); // a producer is about to fill the slot
            element = poll();
        }
        return element;
    }

    private static void pause(int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield(); // the other one was suspended
        }
    }

    /** Whether every element that was accepted is taken, or about to be. */
    boolean isEmpty() {
        long head = ends.get(HEAD);
        return (ends.get(TAIL) & ~SEALED) <= head;
    }

    int size() {
        long head = ends.get(HEAD);
        long size = (ends.get(TAIL) & ~SEALED) - head;
        return (int) Math.max(0, Math.min(size, capacity));
    }

    /** Accepts no more elements. */
    void seal() {
        long tail = ends.get(TAIL);
        while (!ends.compareAndSet(TAIL, tail, tail | SEALED)) {
            tail = ends.get(TAIL);
        }
    }
}
