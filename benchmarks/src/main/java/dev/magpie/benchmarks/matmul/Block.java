package dev.magpie.benchmarks.matmul;

/**
 * A cube of multiplications: result[row.., column..] += left[row.., inner..] right[inner..,
 * column..].
 *
 * @param row first row of the result
 * @param inner first column of the left factor
 * @param column first column of the result
 * @param length of all sides
 */
record Block(int row, int inner, int column, int length) {

    /** Up to this length a block is computed by one task. */
    static final int LEAF = 64;

    boolean isLeaf() {
        return length <= LEAF;
    }

    /**
     * One of its four quarters of the result, by one of two halves of the inner side.
     *
     * @param quarter 0 to 3
     * @param half 0 or 1; the quarters of one half do not touch each other
     * @return the part
     */
    Block part(int quarter, int half) {
        int side = length / 2;
        return new Block(
                row + quarter / 2 * side, inner + half * side, column + quarter % 2 * side, side);
    }
}
