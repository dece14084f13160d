package dev.magpie.benchmarks.cilksort;

/**
 * Two sorted runs to be merged.
 *
 * @param first where the first starts
 * @param firstEnd behind its last element
 * @param second where the second starts
 * @param secondEnd behind its last element
 * @param target where the result starts
 */
record Runs(int first, int firstEnd, int second, int secondEnd, int target) {

    /** Elements that one task merges. */
    private static final int SMALL = 4096;

    int size() {
        return firstEnd - first + secondEnd - second;
    }

    boolean isSmall() {
        return size() <= SMALL;
    }

    /** The same merge with the longer run named first. */
    Runs longerFirst() {
        return firstEnd - first >= secondEnd - second
                ? this
                : new Runs(second, secondEnd, first, firstEnd, target);
    }
}
