package dev.magpie.benchmarks.matmul;

import java.util.SplittableRandom;

/**
 * Two square matrices of small whole numbers, and the one where their product is summed up. All
 * sums are exact, so that any order of additions gives the same.
 */
final class Product {

    private static final long SEED = 7;
    private static final int MAX_VALUE = 8;

    final int size;
    final double[] left;
    final double[] right;
    final double[] result;

    Product(int size) {
        this.size = size;
        SplittableRandom random = new SplittableRandom(SEED);
        left = matrix(size, random);
        right = matrix(size, random);
        result = new double[size * size];
    }

    private static double[] matrix(int size, SplittableRandom random) {
        double[] matrix = new double[size * size];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = random.nextInt(MAX_VALUE);
        }
        return matrix;
    }

    /** Adds the product of two blocks to a block of the result. */
    void add(Block block) {
        int length = block.length();
        for (int i = block.row(); i < block.row() + length; i++) {
            for (int k = block.inner(); k < block.inner() + length; k++) {
                double factor = left[i * size + k];
                int from = k * size + block.column();
                int to = i * size + block.column();
                for (int j = 0; j < length; j++) {
                    result[to + j] += factor * right[from + j];
                }
            }
        }
    }

    /** Rows of the result, cleared and computed block by block. */
    void computeRows(int row) {
        clear(row, Block.LEAF);
        for (int inner = 0; inner < size; inner += Block.LEAF) {
            for (int column = 0; column < size; column += Block.LEAF) {
                add(new Block(row, inner, column, Block.LEAF));
            }
        }
    }

    void clear(int row, int rows) {
        java.util.Arrays.fill(result, row * size, (row + rows) * size, 0);
    }

    /** The result weighed by rows and columns. */
    long digest() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            long line = 0;
            for (int j = 0; j < size; j++) {
                line += weight(j) * (long) result[i * size + j];
            }
            sum += weight(i) * line;
        }
        return sum;
    }

    /** What the digest must be, from the factors alone: v (A B) w = (v A) (B w). */
    long expectedDigest() {
        long sum = 0;
        for (int k = 0; k < size; k++) {
            long column = 0;
            long line = 0;
            for (int i = 0; i < size; i++) {
                column += weight(i) * (long) left[i * size + k];
                line += weight(i) * (long) right[k * size + i];
            }
            sum += column * line;
        }
        return sum;
    }

    private static long weight(int index) {
        return index % 31 + 1;
    }
}
