package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that shares its cache line, and the neighbouring one, with nothing else. */
final class PaddedLong {

    private static final int PAD = 16; // 128 bytes: some processors fetch lines in pairs

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells = new long[2 * PAD + 1];

    long getVolatile() {
        return (long) CELL.getVolatile(cells, PAD);
    }

    long getAcquire() {
        return (long) CELL.getAcquire(cells, PAD);
    }

    long getOpaque() {
        return (long) CELL.getOpaque(cells, PAD);
    }

    long getPlain() {
        return cells[PAD];
    }

    void setRelease(long value) {
        CELL.setRelease(cells, PAD, value);
    }

    boolean compareAndSet(long expected, long value) {
        return CELL.compareAndSet(cells, PAD, expected, value);
    }

    long getAndAdd(long delta) {
        return (long) CELL.getAndAdd(cells, PAD, delta);
    }
}
