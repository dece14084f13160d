package dev.magpie.benchmarks.uts;

/**
 * A node of a tree: a 20-byte random state, from which its children's states derive by SHA-1, and
 * its depth. Immutable.
 */
final class Node {

    private static final double TWO_TO_31 = 2147483648.0;

    private final int word0;
    private final int word1;
    private final int word2;
    private final int word3;
    private final int word4;
    private final int depth;

    Node(int word0, int word1, int word2, int word3, int word4, int depth) {
        this.word0 = word0;
        this.word1 = word1;
        this.word2 = word2;
        this.word3 = word3;
        this.word4 = word4;
        this.depth = depth;
    }

    /** The root: the digest of 16 zero bytes and the seed. */
    static Node root(int seed) {
        int[] block = Sha1.block(20);
        block[4] = seed;
        return Sha1.digest(block, 0);
    }

    /** A child: the digest of this state and the child's index. */
    Node child(int index) {
        int[] block = Sha1.block(24);
        block[0] = word0;
        block[1] = word1;
        block[2] = word2;
        block[3] = word3;
        block[4] = word4;
        block[5] = index;
        return Sha1.digest(block, depth + 1);
    }

    int depth() {
        return depth;
    }

    /** This node's random number, 0 inclusive to 1 exclusive. */
    double random() {
        return (word4 & 0x7fffffff) / TWO_TO_31;
    }
}
