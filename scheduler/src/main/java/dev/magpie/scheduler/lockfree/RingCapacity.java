package dev.magpie.scheduler.lockfree;

/** The capacities of rings: powers of two, so that an index becomes a slot by a mask. */
final class RingCapacity {

    static final int MAX = 1 << 30;

    private RingCapacity() {}

    static int of(int wanted) {
        if (wanted < 1 || wanted > MAX) {
            throw new IllegalArgumentException(
                    "capacity must be between 1 and " + MAX + ", was " + wanted);
        }
        // not 1: a slot's next turn must differ from its being full
        return wanted <= 2 ? 2 : Integer.highestOneBit(wanted - 1) << 1;
    }
}
