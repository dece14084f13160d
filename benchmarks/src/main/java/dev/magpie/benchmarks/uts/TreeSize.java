package dev.magpie.benchmarks.uts;

/**
 * A subtree's number of nodes and its greatest depth, packed in a long: depth 24, nodes 40 bits.
 */
public final class TreeSize {

    private static final int DEPTH_SHIFT = 40;
    private static final long NODES_MASK = (1L << DEPTH_SHIFT) - 1;

    private TreeSize() {}

    static long of(long nodes, int depth) {
        return (long) depth << DEPTH_SHIFT | nodes;
    }

    static long plus(long size, long other) {
        return Math.max(size & ~NODES_MASK, other & ~NODES_MASK)
                | ((size & NODES_MASK) + (other & NODES_MASK));
    }

    /** The number of nodes. */
    public static long nodes(long size) {
        return size & NODES_MASK;
    }

    /** The greatest depth; the root's is 0. */
    public static int depth(long size) {
        return (int) (size >>> DEPTH_SHIFT);
    }

    static String toString(long size) {
        return nodes(size) + " nodes, depth " + depth(size);
    }
}
