package dev.magpie.scheduler.coordination;

/**
 * The codec of a semaphore's word.
 *
 * <pre>
 *   63            32 31             0
 *  +----------------+----------------+
 *  |     queued     |   available    |
 *  +----------------+----------------+
 * </pre>
 *
 * <p>Both are never negative.
 */
final class PermitWord {

    private static final long ONE_QUEUED = 1L << 32;

    private PermitWord() {}

    static long of(int available) {
        return available;
    }

    static int available(long word) {
        return (int) word;
    }

    static int queued(long word) {
        return (int) (word >>> 32);
    }

    /** Whether somebody who comes now may take so many. */
    static boolean mayTake(long word, int permits) {
        return word < ONE_QUEUED && word >= permits;
    }

    static long withOneMoreQueued(long word) {
        return word + ONE_QUEUED;
    }

    static long withOneLessQueued(long word) {
        return word - ONE_QUEUED;
    }

    static String toString(long word) {
        return "available=" + available(word) + ", queued=" + queued(word);
    }
}
