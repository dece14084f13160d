package dev.magpie.benchmarks.uts;

/** How many children a node has. */
interface TreeShape {

    /** The root of the tree. */
    Node root();

    /** Number of children, a function of the node alone. */
    int children(Node node);
}
