package dev.magpie.scheduler.lockfree;

/**
 * A counter by compare-and-set, as it must be where no instruction adds: the pattern for all
 * updates that are not additions.
 *
 * <p><b>Progress.</b> {@code add} is lock-free: one of those who try always succeeds, but one of
 * them may fail time and again. Reads are wait-free.
 */
public final class CasCounter implements Counter {

    private final PaddedLong sum = new PaddedLong();

    /** Creates a counter at 0. */
    public CasCounter() {}

    /** Lock-free. */
    @Override
    public void add(long delta) {
        while (true) {
            long current = sum.getVolatile(); // L12
            if (sum.compareAndSet(current, current + delta)) {
                return;
            }
            Thread.onSpinWait();
        }
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
