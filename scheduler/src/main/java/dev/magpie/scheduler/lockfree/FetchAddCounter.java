package dev.magpie.scheduler.lockfree;

/**
 * A counter by the processor's fetch-and-add. The same as {@code AtomicLong}, alone in its cache
 * line.
 *
 * <p><b>Progress.</b> Wait-free where the processor has the instruction (x86, ARMv8.1); where it is
 * made from load-linked and store-conditional, lock-free.
 */
public final class FetchAddCounter implements Counter {

    private final PaddedLong sum = new PaddedLong();

    /** Creates a counter at 0. */
    public FetchAddCounter() {}

    /** Wait-free. */
    @Override
    public void add(long delta) {
        long unused = sum.getAndAdd(delta);
    }

    /**
     * Adds to the number. Wait-free.
     *
     * @param delta of any sign
     * @return the number before: no other call returns the same as long as all deltas are positive
     */
    public long getAndAdd(long delta) {
        return sum.getAndAdd(delta);
    }

    /** Wait-free. */
    @Override
    public long get() {
        return sum.getVolatile(); // L12
    }

    /** Wait-free. */
    @Override
    public long getRelaxed() {
        return sum.getOpaque(); // L12
    }

    /** The number. */
    @Override
    public String toString() {
        return Long.toString(get());
    }
}
