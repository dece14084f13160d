package dev.magpie.sorting;

/**
 * How many runs are merged at a time, and in blocks of which size: as few passes as the memory
 * allows, with as many runs a merge as these take, and with the largest blocks that then fit.
 *
 * @param passes over all data, 0 for a single run
 * @param fanIn runs in a merge
 * @param blockBytes of each of the two blocks of a run, and of the output
 */
record MemoryPlan(int passes, int fanIn, int blockBytes) {

    /** Below this, a device spends its time on going from run to run. */
    private static final int MIN_BLOCK = 1 << 16;

    /** Beyond this, nothing is gained. */
    private static final int MAX_BLOCK = 1 << 22;

    private static final int ARRAY_HEADER = 16;

    /**
     * A plan.
     *
     * @param memory at least {@link #leastMemory}
     * @param longest record in bytes
     * @param runs how many there are
     */
    static MemoryPlan of(long memory, int longest, long runs) {
        long pairs = (memory - IoThread.CHUNK) / 2;
        long mostRuns = pairs / block(longest) - 1;
        int passes = 0;
        for (long merged = 1; merged < runs; merged = Math.multiplyExact(merged, mostRuns)) {
            passes++;
        }
        int fanIn = 1;
        while (power(fanIn, passes) < runs) {
            fanIn++;
        }
        return new MemoryPlan(
                passes, fanIn, Math.max(block(longest), fitting(pairs / (fanIn + 1))));
    }

    /**
     * A power of two with the header: collectors that hold large arrays in regions of such a size
     * would waste up to as much again on others.
     */
    private static int fitting(long bytes) {
        return (int) Long.highestOneBit(Math.min(MAX_BLOCK, bytes)) - ARRAY_HEADER;
    }

    /** What merging two runs takes. */
    static long leastMemory(int longest) {
        return IoThread.CHUNK + 6L * block(longest);
    }

    /** Holds any record, and the line feed that the last one of a file may lack. */
    private static int block(int longest) {
        return Math.max(MIN_BLOCK, longest + 1);
    }

    private static long power(long base, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power = Math.multiplyExact(power, base);
        }
        return power;
    }
}
