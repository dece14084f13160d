package dev.magpie.benchmarks.uts;

/** Geometrically distributed numbers of children, whose mean depends on the depth. */
final class GeometricTree implements TreeShape {

    /** How the mean changes with the depth. */
    enum Mean {
        /** Falls to 0 at the limit. */
        LINEAR,
        /** Rises and falls; 0 beyond five times the limit. */
        CYCLIC,
        /** The same above the limit, 0 from there. */
        FIXED
    }

    private static final int MAX_CHILDREN = 100;

    private final int seed;

    /** The logarithm of the probability of one more child, by depth; none beyond the end. */
    private final double[] logarithms;

    GeometricTree(int seed, double mean, int limit, Mean shape) {
        this.seed = seed;
        int depths = shape == Mean.CYCLIC ? 5 * limit + 1 : limit;
        logarithms = new double[depths];
        for (int depth = 0; depth < depths; depth++) {
            double expected = depth == 0 ? mean : expected(mean, depth, limit, shape);
            logarithms[depth] = Math.log(1 - 1 / (1 + expected));
        }
    }

    private static double expected(double mean, int depth, int limit, Mean shape) {
        return switch (shape) {
            case LINEAR -> mean * (1 - (double) depth / limit);
            case CYCLIC -> Math.pow(mean, Math.sin(2 * Math.PI * depth / limit));
            case FIXED -> mean;
        };
    }

    @Override
    public Node root() {
        return Node.root(seed);
    }

    @Override
    public int children(Node node) {
        if (node.depth() >= logarithms.length) {
            return 0;
        }
        int children = (int) (Math.log(1 - node.random()) / logarithms[node.depth()]);
        return Math.min(children, MAX_CHILDREN);
    }
}
