package dev.magpie.scheduler;

/** Draws victims at random: a random start, then around. One per worker; not thread-safe. */
final class VictimSelector {

    private long seed;

    VictimSelector(int worker) {
        seed = (worker + 1) * 0x9E3779B97F4A7C15L;
    }

    /** A number from 0 to bound - 1, by xorshift64 (Marsaglia, 2003). */
    int next(int bound) {
        seed ^= seed << 13;
        seed ^= seed >>> 7;
        seed ^= seed << 17;
        return (int) ((seed >>> 33) % bound);
    }
}
