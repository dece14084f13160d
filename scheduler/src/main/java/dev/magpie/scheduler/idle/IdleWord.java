package dev.magpie.scheduler.idle;

/**
 * The codec of the word that says who sleeps and who searches.
 *
 * <pre>
 *   63            32 31          16 15            0
 *  +----------------+--------------+---------------+
 *  |    version     |  searching   |  top of stack |
 *  +----------------+--------------+---------------+
 * </pre>
 *
 * <p>The top is a worker's index plus one, 0 for an empty stack. Every push and pop raises the
 * version, so that a compare-and-set by someone who read an older stack fails: indices are reused,
 * and without the version an old top with an old successor could be installed (ABA).
 */
final class IdleWord {

    /** The largest number of workers that the fields hold. */
    static final int MAX_WORKERS = 0x7fff;

    static final long ONE_SEARCHING = 1L << 16;

    private static final long FIELD = 0xffffL;
    private static final long ONE_VERSION = 1L << 32;
    private static final long VERSION = ~0L << 32;

    private IdleWord() {}

    static int top(long word) {
        return (int) (word & FIELD) - 1;
    }

    static boolean isEmpty(long word) {
        return (word & FIELD) == 0;
    }

    static int searching(long word) {
        return (int) (word >>> 16 & FIELD);
    }

    static int version(long word) {
        return (int) (word >>> 32);
    }

    /** The word with another top and the next version, within the given version bits. */
    static long withTop(long word, int worker, long versionMask) {
        long version = (word & VERSION) + ONE_VERSION & versionMask << 32;
        return version | word & FIELD << 16 | worker + 1;
    }

    static String toString(long word) {
        return "IdleWord[version="
                + Integer.toUnsignedString(version(word))
                + ", searching="
                + searching(word)
                + ", top="
                + (isEmpty(word) ? "none" : Integer.toString(top(word)))
                + "]";
    }
}
