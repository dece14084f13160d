package dev.magpie.benchmarks.suite;

/** Work of a chosen length: steps of a generator, each of which needs the one before. Stateless. */
final class Grain {

    private static final int TRIALS = 9;
    private static final long TRIAL_STEPS = 2_000_000;

    /** Of one step, when nothing disturbs; measured once a process. */
    private static final double STEP_NANOS = measure();

    private Grain() {}

    /** How many steps take so long. */
    static long steps(long nanos) {
        return Math.round(nanos / STEP_NANOS);
    }

    /** The low bits of what so many steps make of a seed. */
    static long work(long seed, long steps) {
        long state = seed;
        for (long i = 0; i < steps; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX
        }
        return state & 0xffff;
    }

    /** The fastest trial: the others were disturbed, or not compiled yet. */
    private static double measure() {
        double least = Double.MAX_VALUE;
        long sink = 0;
        for (int i = 0; i < TRIALS; i++) {
            long start = System.nanoTime();
            sink += work(i, TRIAL_STEPS);
            least = Math.min(least, (double) (System.nanoTime() - start) / TRIAL_STEPS);
        }
        if (sink < 0) {
            throw new AssertionError("low bits are not negative"); // keeps the loops alive
        }
        return Math.max(least, Double.MIN_NORMAL);
    }
}
