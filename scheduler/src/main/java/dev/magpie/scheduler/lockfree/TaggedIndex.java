package dev.magpie.scheduler.lockfree;

/**
 * The word at the head of a list of indices: a tag in the high half, which counts the changes, and
 * an index in the low half.
 */
final class TaggedIndex {

    /** The low half when the list is empty. */
    static final int NONE = 0;

    static final int MAX_TAG_BITS = 32;

    private TaggedIndex() {}

    static int index(long word) {
        return (int) word;
    }

    static int tag(long word) {
        return (int) (word >>> 32);
    }

    /** Puts another index at the head, and makes the word a new one as long as tags last. */
    static long next(long word, int index, long tagMask) {
        return (((word >>> 32) + 1) & tagMask) << 32 | index;
    }

    /** All tags of so many bits. */
    static long mask(int bits) {
        if (bits < 0 || bits > MAX_TAG_BITS) {
            throw new IllegalArgumentException(
                    "tagBits must be between 0 and " + MAX_TAG_BITS + ", was " + bits);
        }
        return (1L << bits) - 1;
    }

    static String toString(long word) {
        return index(word) + "#" + Integer.toUnsignedString(tag(word));
    }
}
