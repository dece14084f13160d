package dev.magpie.benchmarks.uts;

/**
 * The root has many children; every other node has a few with a fixed probability, and else none.
 *
 * @param seed of the root
 * @param rootChildren children of the root
 * @param probability that another node has children
 * @param children how many it has then
 */
record BinomialTree(int seed, int rootChildren, double probability, int children)
        implements TreeShape {

    @Override
    public Node root() {
        return Node.root(seed);
    }

    @Override
    public int children(Node node) {
        if (node.depth() == 0) {
            return rootChildren;
        }
        return node.random() < probability ? children : 0;
    }
}
