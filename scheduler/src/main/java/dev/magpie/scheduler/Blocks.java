package dev.magpie.scheduler;

/**
 * A range cut into blocks by its length alone: the same blocks whoever runs them.
 *
 * @param from the first index
 * @param to beyond the last index
 * @param size of all blocks but the last, which may be shorter
 * @param count how many blocks there are
 */
record Blocks(long from, long to, long size, int count) {

    /** Blocks enough for any number of workers that a range of this kind could use. */
    private static final int MANY = 1024;

    /** Blocks enough for a short range; while there are fewer elements, each is a block. */
    private static final int SOME = 128;

    /** In a range of middling length, so many elements are a block. */
    private static final int SHORT_BLOCK = 16;

    /** So many cheap elements hide what their block costs. */
    private static final int LONG_BLOCK = 4096;

    /** What a block leaves behind has to fit into memory, however long the range. */
    private static final int MOST = 1 << 16;

    /** Blocks for a reduction. */
    static Blocks ofReduction(long from, long to) {
        return of(from, to, 1);
    }

    /** Blocks for a scan, which gains nothing from those of a few elements. */
    static Blocks ofScan(int length) {
        return of(0, length, 4 * SHORT_BLOCK);
    }

    private static Blocks of(long from, long to, int shortest) {
        long length = Math.max(from, to) - from; // unsigned
        long some = Math.max(SOME, Math.min(MANY, Long.divideUnsigned(length, SHORT_BLOCK)));
        long wanted = Math.max(some, Long.divideUnsigned(length, LONG_BLOCK));
        long size = Math.max(shortest, ceilDiv(length, Math.min(MOST, wanted)));
        return new Blocks(from, to, size, (int) ceilDiv(length, size));
    }

    private static long ceilDiv(long length, long divisor) {
        long quotient = Long.divideUnsigned(length, divisor);
        return quotient * divisor == length ? quotient : quotient + 1;
    }

    long first(long block) {
        return from + block * size;
    }

    long end(long block) {
        return block == count - 1 ? to : from + (block + 1) * size;
    }
}
