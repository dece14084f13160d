package dev.magpie.scheduler.lockfree;

/**
 * A counter spread over cells, so that threads that add at the same time mostly add to different
 * cache lines. For what is added to often and read seldom.
 *
 * <p><b>Progress.</b> {@code add} is wait-free as {@link FetchAddCounter} is; {@code getRelaxed} is
 * wait-free and takes a read for each cell. {@code get} is obstruction-free: it reads until two
 * readings are the same, which may be never while others add.
 *
 * <p>Prefer {@code LongAdder}, which starts with one cell and adds cells only where threads meet;
 * this one has an exact read, and a size that is known.
 */
public final class StripedCounter implements Counter {

    private static final int MAX_CELLS = 1 << 10;

    private final PaddedLong[] cells;

    /** Creates a counter at 0 with a cell or two for each processor that the JVM may use. */
    public StripedCounter() {
        this(Math.min(MAX_CELLS, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * Creates a counter at 0.
     *
     * @param cells about how many threads add at the same time: rounded up to a power of two
     * @throws IllegalArgumentException if {@code cells} is below 1 or above 1024
     */
    public StripedCounter(int cells) {
        if (cells < 1 || cells > MAX_CELLS) {
            throw new IllegalArgumentException(
                    "cells must be between 1 and " + MAX_CELLS + ", was " + cells);
        }
        int count = cells == 1 ? 1 : Integer.highestOneBit(cells - 1) << 1;
        this.cells = new PaddedLong[count];
        for (int i = 0; i < count; i++) {
            this.cells[i] = new PaddedLong();
        }
    }

    /** Wait-free. */
    @Override
    public void add(long delta) {
        long unused = cells[cell()].getAndAdd(delta);
    }

    private int cell() {
        long hash = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32) & (cells.length - 1);
    }

    /**
     * Obstruction-free: exact if additions have one sign each; with both, an addition and a
     * subtraction that cancel out in one cell between two readings are not noticed.
     */
    @Override
    public long get() {
        long before = getRelaxed();
        while (true) {
            long after = getRelaxed();
            if (after == before) {
                return after;
            }
            before = after;
        }
    }

    /** Wait-free. */
    @Override
    public long getRelaxed() {
        long sum = 0;
        for (PaddedLong cell : cells) {
            sum += cell.getVolatile(); // L12
        }
        return sum;
    }

    /** The number, as {@link #getRelaxed} reads it. */
    @Override
    public String toString() {
        return Long.toString(getRelaxed());
    }
}
