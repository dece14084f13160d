package dev.magpie.sorting;

/**
 * How finely a sort is cut, as multiples of one length, so that a test can shrink them all.
 *
 * @param length in elements
 */
record Grain(int length) {

    static final Grain DEFAULT = new Grain(1 << 14);

    /** The greatest leaf of a merge sort that can be stopped. */
    private static final int STOPPABLE = 1 << 6;

    /** Up to this length even to prepare a sort takes too long. */
    int trifle() {
        return length / 8;
    }

    /** Up to this length the caller sorts alone: waking a worker would take longer. */
    int alone() {
        return length;
    }

    /** Up to this length the caller looks alone whether it has to be sorted at all. */
    int lookAlone() {
        return 16 * length;
    }

    /** Up to this length nothing that needs other threads beats vector instructions for sure. */
    int forVectors() {
        return 8 * length;
    }

    /** The least leaf of a merge sort: up to here one sequential sort is faster than splitting. */
    int leaf() {
        return length / 2;
    }

    /** The least piece of a merge: long enough to hide its task. */
    int piece() {
        return 2 * length;
    }

    /** The least part of a radix pass: long enough to hide its task and its counters. */
    int part() {
        return length;
    }

    /** The least chunk in which one worker looks for runs. */
    int chunk() {
        return 4 * length;
    }

    /** Up to this length a bucket is sorted by one core: cutting it by all would take longer. */
    int longestBucket() {
        return 32 * length;
    }

    /**
     * How many leaves a merge sort has: as many as workers, rounded up to a power of two, since a
     * further level costs a pass over the data; more if it must be possible to stop between them.
     */
    int leaves(int size, int workers, boolean stoppable) {
        int leaves = Integer.highestOneBit(2 * workers - 1);
        while (leaves > 1 && size / leaves < leaf()) {
            leaves /= 2;
        }
        while (stoppable && size / leaves > STOPPABLE * length) {
            leaves *= 2;
        }
        return leaves;
    }
}
