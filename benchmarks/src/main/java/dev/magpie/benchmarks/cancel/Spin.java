package dev.magpie.benchmarks.cancel;

/** The work of one node. */
final class Spin {

    /** About a microsecond: a fine task, that makes a tree of a million last. */
    private static final int STEPS = 1_000;

    private Spin() {}

    /** Some steps of a generator, each dependent on the one before. */
    static long run(long seed) {
        long state = seed | 1;
        for (int i = 0; i < STEPS; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
        }
        return state;
    }
}
