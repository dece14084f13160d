package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One table of fingerprints, probed linearly, and the larger one that replaces it when it is full.
 *
 * <p><b>Algorithm.</b> Open addressing with migration by everybody, after Click's non-blocking hash
 * map (2007), made simple by the lack of removal: a slot is written once.
 *
 * <p><b>Invariants.</b> F1: a slot goes from {@code EMPTY} to a fingerprint or to {@code CLOSED}
 * and never changes again. F2: of the slots that a fingerprint probes, in order, the first one that
 * is not taken by another fingerprint decides for all callers alike: it holds this one (here), or
 * is closed (in the next table); if there is none, the next table decides. F3: a fingerprint that
 * lies here is never added to a later table, other than as its copy.
 *
 * <p><b>Edges.</b> Slots and {@code migration} are volatile or compare-and-set; L1 and L2 of the
 * package documentation.
 *
 * <p><b>Progress.</b> Lock-free.
 */
final class FingerprintTable {

    /** What became of a fingerprint in this table. */
    enum Outcome {
        ADDED,
        PRESENT,
        /** The next table decides; there may be none yet. */
        ELSEWHERE
    }

    static final long EMPTY = 0;
    static final long CLOSED = Long.MIN_VALUE;

    static final int MAX_CAPACITY = 1 << 30;

    /**
     * Slots of a block: a longer array would be one of the humongous objects of G1, each of which
     * takes whole regions of the heap.
     */
    private static final int BLOCK_BITS = 15;

    private static final int BLOCK = 1 << BLOCK_BITS;

    /** Taken slots at which a table grows, in tenths: about 13 probes for what is not there. */
    private static final int FULL_TENTHS = 8;

    private static final int ARRAY_HEADER_BYTES = 16;
    private static final int REFERENCE_BYTES = 4;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle MIGRATION;
    private static final VarHandle GROWING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MIGRATION =
                    lookup.findVarHandle(
                            FingerprintTable.class, "migration", FingerprintMigration.class);
            GROWING = lookup.findVarHandle(FingerprintTable.class, "growing", boolean.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final long[][] blocks;
    private final int capacity;
    private final long seed;
    private final long limit;
    private volatile @Nullable FingerprintMigration migration;
    private volatile boolean growing;

    FingerprintTable(int capacity, long seed) {
        this.capacity = capacity;
        this.seed = seed;
        blocks = new long[(capacity - 1) / BLOCK + 1][];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new long[Math.min(BLOCK, capacity - i * BLOCK)];
        }
        limit = (long) capacity * FULL_TENTHS / 10;
    }

    /**
     * Spreads fingerprints over a set; no two sets alike, so that none is filled in probe order.
     */
    static long spread(long fingerprint, long seed) {
        long hash = fingerprint ^ seed;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** Smallest capacity that takes so many without growing. */
    static int capacityFor(long elements) {
        return (int) Math.max(2, Math.min(MAX_CAPACITY, elements * 10 / FULL_TENTHS + 1));
    }

    /** Adds, unless it lies here or belongs to the next table. */
    Outcome add(long fingerprint) {
        int index = firstIndex(fingerprint);
        int probes = 0;
        while (probes < capacity) {
            long seen = slotVolatile(index); // L1
            if (seen == fingerprint) {
                return Outcome.PRESENT;
            }
            if (seen == CLOSED) {
                return Outcome.ELSEWHERE;
            }
            if (seen != EMPTY) {
                index = index + 1 == capacity ? 0 : index + 1;
                probes++;
            } else if (migration != null) { // L2: what is not here yet goes to the next table
                close(index);
            } else if (casSlot(index, fingerprint)) {
                return Outcome.ADDED;
            }
        }
        return Outcome.ELSEWHERE;
    }

    /** Looks for a fingerprint: {@code ADDED} is never returned, {@code null} means in no table. */
    @Nullable Outcome find(long fingerprint) {
        int index = firstIndex(fingerprint);
        for (int probes = 0; probes < capacity; probes++) {
            long seen = slotVolatile(index); // L1
            if (seen == fingerprint) {
                return Outcome.PRESENT;
            }
            if (seen == EMPTY) {
                return null;
            }
            if (seen == CLOSED) {
                return Outcome.ELSEWHERE;
            }
            index = index + 1 == capacity ? 0 : index + 1;
        }
        return migration == null ? null : Outcome.ELSEWHERE;
    }

    /** Closes a slot if it is empty and returns what it then holds, for ever. */
    long close(int index) {
        if (slotVolatile(index) == EMPTY && casSlot(index, CLOSED)) {
            return CLOSED;
        }
        return slotVolatile(index);
    }

    void forEach(LongConsumer action) {
        for (int i = 0; i < capacity; i++) {
            long seen = slotVolatile(i); // L1
            if (seen != EMPTY && seen != CLOSED) {
                action.accept(seen);
            }
        }
    }

    @Nullable FingerprintMigration migration() {
        return migration;
    }

    /** Starts the migration if so many elements are too many and nobody else is at it. */
    void growIfFull(long elements) {
        if (elements < limit || capacity >= MAX_CAPACITY || growing) {
            return;
        }
        if (GROWING.compareAndSet(this, false, true)) { // one array, not one for each caller
            try {
                grow();
            } finally {
                growing = migration != null; // out of memory: the next caller tries
            }
        }
    }

    /** Returns the migration, started if need be: no slot is empty, or one is closed. */
    FingerprintMigration grow() {
        FingerprintMigration current = migration;
        if (current != null) {
            return current;
        }
        if (capacity >= MAX_CAPACITY) {
            throw new IllegalStateException(
                    "a segment holds at most " + MAX_CAPACITY + " fingerprints");
        }
        int larger = (int) Math.min(MAX_CAPACITY, capacity * 3L / 2 + 1);
        FingerprintMigration mine =
                new FingerprintMigration(this, new FingerprintTable(larger, seed));
        FingerprintMigration winner =
                (FingerprintMigration) MIGRATION.compareAndExchange(this, null, mine); // L2
        return winner == null ? mine : winner;
    }

    int capacity() {
        return capacity;
    }

    long bytes() {
        long arrays =
                ARRAY_HEADER_BYTES + (ARRAY_HEADER_BYTES + REFERENCE_BYTES) * (long) blocks.length;
        return arrays + (long) Long.BYTES * capacity;
    }

    private int firstIndex(long fingerprint) {
        // the low half of the hash; the segment took the high bits
        return (int) (((spread(fingerprint, seed) & 0xFFFFFFFFL) * capacity) >>> 32);
    }

    private long slotVolatile(int index) {
        return (long) SLOT.getVolatile(blocks[index >>> BLOCK_BITS], index & BLOCK - 1);
    }

    private boolean casSlot(int index, long value) {
        return SLOT.compareAndSet(blocks[index >>> BLOCK_BITS], index & BLOCK - 1, EMPTY, value);
    }
}
