package dev.magpie.scheduler.coordination;

/**
 * The codec of a wait group's word.
 *
 * <pre>
 *   63            32  31  30             0
 *  +----------------+---+-----------------+
 *  |   generation   | w |      count      |
 *  +----------------+---+-----------------+
 * </pre>
 *
 * <p>The bit w says that somebody waits. The generation wraps around; two are compared by the sign
 * of their difference.
 */
final class GroupWord {

    static final int MAX_COUNT = Integer.MAX_VALUE;

    static final long WAITING = 1L << 31;

    private static final long ONE_GENERATION = 1L << 32;
    private static final long GENERATION = ~0L << 32;

    private GroupWord() {}

    static int count(long word) {
        return (int) word & MAX_COUNT;
    }

    static int generation(long word) {
        return (int) (word >>> 32);
    }

    static boolean hasWaiters(long word) {
        return (word & WAITING) != 0;
    }

    /** The word of a generation that nobody has added to. */
    static long empty(int generation) {
        return (long) generation << 32;
    }

    /** The word whose generation is over: the next one, empty. */
    static long next(long word) {
        return (word & GENERATION) + ONE_GENERATION;
    }

    static String toString(long word) {
        return "count="
                + count(word)
                + ", generation="
                + Integer.toUnsignedString(generation(word))
                + (hasWaiters(word) ? ", awaited" : "");
    }
}
