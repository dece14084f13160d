package dev.magpie.benchmarks.queens;

/**
 * Queens placed row by row, as bit sets of the columns they hold or attack in the next row.
 *
 * @param size rows and columns, 1 to 30
 * @param columns held
 * @param left attacked along the diagonals that run to the left
 * @param right attacked along the diagonals that run to the right
 */
record Board(int size, int columns, int left, int right) {

    static Board empty(int size) {
        return new Board(size, 0, 0, 0);
    }

    boolean isComplete() {
        return columns == (1 << size) - 1;
    }

    /** The columns where the next queen may stand. */
    int free() {
        return ~(columns | left | right) & ((1 << size) - 1);
    }

    /** This board with a queen more. */
    Board place(int column) {
        return new Board(size, columns | column, (left | column) << 1, (right | column) >>> 1);
    }
}
