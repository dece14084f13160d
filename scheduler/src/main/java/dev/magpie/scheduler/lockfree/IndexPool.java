package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that are used again and again: an element and a link each, known by an index from 1 up.
 *
 * <p>Free nodes wait in several lists, so that those who give and take meet less often. Nodes are
 * made when there is no free one, and never unmade.
 *
 * <p><b>Invariants.</b> P1: an index is free, or owned by the caller that took it, or in the
 * structure that its owner linked it into. P2: the element and the link of an owned node are
 * written by its owner alone; a thread that looks at a link of which it is not the owner must see
 * in the word that it read before that nothing has changed.
 *
 * <p><b>Edges.</b> L5 of the package documentation.
 *
 * <p><b>Progress.</b> Lock-free.
 */
final class IndexPool<E> {

    /** Lists of free nodes; 16 words apart, so that no two share a cache line. */
    private static final int LISTS = 4;

    private static final int STRIDE = 16;
    private static final int FIRST_CHUNK = 32;
    private static final int CHUNKS = 26;

    private static final VarHandle MADE;

    static {
        try {
            MADE = MethodHandles.lookup().findVarHandle(IndexPool.class, "made", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private static final class Chunk {
        private final @Nullable Object[] elements;
        private final int[] links;

        Chunk(int size) {
            elements = new Object[size];
            links = new int[size];
        }
    }

    private final AtomicReferenceArray<Chunk> chunks = new AtomicReferenceArray<>(CHUNKS);
    private final AtomicLongArray free = new AtomicLongArray((LISTS + 1) * STRIDE);
    private final long tagMask;
    private volatile int made;

    IndexPool(long tagMask) {
        this.tagMask = tagMask;
    }

    /**
     * Takes a free node, or makes one.
     *
     * @param hint where to look first
     * @throws IllegalStateException if there are 2^31 nodes
     */
    int take(int hint) {
        for (int i = LISTS - 1; i >= 0; i--) {
            int index = takeFrom(list(hint + i));
            if (index != TaggedIndex.NONE) {
                return index;
            }
        }
        int index = (int) MADE.getAndAdd(this, 1) + 1;
        if (index <= 0) {
            int unused = (int) MADE.getAndAdd(this, -1);
            throw new IllegalStateException("all 2^31 nodes are in use");
        }
        int slot = index - 1 + FIRST_CHUNK;
        int number = Integer.numberOfTrailingZeros(Integer.highestOneBit(slot) / FIRST_CHUNK);
        if (chunks.get(number) == null) {
            chunks.compareAndSet(number, null, new Chunk(FIRST_CHUNK << number)); // L5
        }
        return index;
    }

    private int takeFrom(int list) {
        while (true) {
            long word = free.get(list); // L5
            int index = TaggedIndex.index(word);
            if (index == TaggedIndex.NONE) {
                return TaggedIndex.NONE;
            }
            int next = link(index);
            if (free.compareAndSet(list, word, TaggedIndex.next(word, next, tagMask))) {
                return index;
            }
        }
    }

    /** Gives a node back: the caller owns it, and has cleared its element. */
    void give(int index) {
        int list = list(index);
        while (true) {
            long word = free.get(list);
            setLink(index, TaggedIndex.index(word));
            if (free.compareAndSet(list, word, TaggedIndex.next(word, index, tagMask))) { // L5
                return;
            }
        }
    }

    private static int list(int number) {
        return ((number & (LISTS - 1)) + 1) * STRIDE;
    }

    @SuppressWarnings("unchecked") // setElement has put an E there
    @Nullable E element(int index) {
        int slot = index - 1 + FIRST_CHUNK;
        int size = Integer.highestOneBit(slot);
        return (E) chunk(size).elements[slot - size];
    }

    void setElement(int index, @Nullable E element) {
        int slot = index - 1 + FIRST_CHUNK;
        int size = Integer.highestOneBit(slot);
        chunk(size).elements[slot - size] = element;
    }

    int link(int index) {
        int slot = index - 1 + FIRST_CHUNK;
        int size = Integer.highestOneBit(slot);
        return chunk(size).links[slot - size];
    }

    void setLink(int index, int link) {
        int slot = index - 1 + FIRST_CHUNK;
        int size = Integer.highestOneBit(slot);
        chunk(size).links[slot - size] = link;
    }

    /** Nodes that were ever made. */
    int made() {
        return made;
    }

    private Chunk chunk(int size) {
        return chunks.get(Integer.numberOfTrailingZeros(size / FIRST_CHUNK));
    }
}
