package dev.magpie.benchmarks.uts;

import dev.magpie.benchmarks.uts.GeometricTree.Mean;

/** The sample trees of the benchmark's authors, with their known sizes. */
@SuppressWarnings("ImmutableEnumChecker") // shapes are immutable; the annotation is not at hand
public enum Tree {
    /** As T1, but five levels deep: for tests. */
    T1S(new GeometricTree(19, 4, 5, Mean.FIXED), 3_987, 5),
    /** Geometric, the same mean at every depth. */
    T1(new GeometricTree(19, 4, 10, Mean.FIXED), 4_130_071, 10),
    /** Geometric, cyclic mean. */
    T2(new GeometricTree(502, 6, 16, Mean.CYCLIC), 4_117_769, 81),
    /** Binomial, deep. */
    T3(new BinomialTree(42, 2000, 0.124875, 8), 4_112_897, 1572),
    /** Geometric, falling mean. */
    T5(new GeometricTree(34, 4, 20, Mean.LINEAR), 4_147_582, 20),
    /** Binomial, 27 times as large as T3 and 11 times as deep: the test of the stack. */
    T3L(new BinomialTree(7, 2000, 0.200014, 5), 111_345_631, 17_844);

    private final TreeShape shape;
    private final long nodes;
    private final int depth;

    Tree(TreeShape shape, long nodes, int depth) {
        this.shape = shape;
        this.nodes = nodes;
        this.depth = depth;
    }

    TreeShape shape() {
        return shape;
    }

    /** The known number of nodes. */
    public long nodes() {
        return nodes;
    }

    /** The known depth. */
    public int depth() {
        return depth;
    }
}
