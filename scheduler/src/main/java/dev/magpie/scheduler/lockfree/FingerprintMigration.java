package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The copying of a full table into a larger one, a chunk for each call.
 *
 * <p><b>Invariants.</b> G1: a chunk counts as done when each of its slots is closed or its
 * fingerprint lies in the target or a later table. G2: {@code left} is the number of chunks that
 * are not done; when it is 0 the source is needed no more.
 *
 * <p><b>Progress.</b> Lock-free: chunks are handed out again as long as one is not done, so that a
 * caller that stands still holds up nobody. To copy a chunk twice changes nothing (F2).
 */
final class FingerprintMigration {

    /** Slots that one call copies: some microseconds. */
    private static final int CHUNK = 1024;

    private static final VarHandle TICKET;
    private static final VarHandle LEFT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TICKET = lookup.findVarHandle(FingerprintMigration.class, "ticket", int.class);
            LEFT = lookup.findVarHandle(FingerprintMigration.class, "left", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final FingerprintTable source;
    private final FingerprintTable target;
    private final AtomicIntegerArray done;

    @SuppressWarnings("unused") // through TICKET
    private volatile int ticket;

    private volatile int left;

    FingerprintMigration(FingerprintTable source, FingerprintTable target) {
        this.source = source;
        this.target = target;
        int chunks = (source.capacity() + CHUNK - 1) / CHUNK;
        done = new AtomicIntegerArray(chunks);
        left = chunks;
    }

    FingerprintTable target() {
        return target;
    }

    /** Copies a chunk, if any is left, and returns whether none is left now. */
    boolean help() {
        int chunks = done.length();
        for (int tries = 0; left > 0 && tries < chunks; tries++) {
            int chunk = Integer.remainderUnsigned((int) TICKET.getAndAdd(this, 1), chunks);
            if (done.get(chunk) == 0) {
                copy(chunk);
                if (done.compareAndSet(chunk, 0, 1)) { // L3
                    int unused = (int) LEFT.getAndAdd(this, -1);
                }
                break;
            }
        }
        return left == 0; // L3
    }

    private void copy(int chunk) {
        int end = Math.min(source.capacity(), (chunk + 1) * CHUNK);
        for (int i = chunk * CHUNK; i < end; i++) {
            long fingerprint = source.close(i);
            if (fingerprint != FingerprintTable.CLOSED) {
                FingerprintTable table = target;
                while (table.add(fingerprint) == FingerprintTable.Outcome.ELSEWHERE) {
                    table = table.grow().target();
                }
            }
        }
    }

    long bytes() {
        return 16 + 4L * done.length();
    }
}
