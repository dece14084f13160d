package dev.magpie.benchmarks.uts;

/**
 * SHA-1 of messages that fit one block (FIPS 180-4, section 6.1). Here for speed and for fairness:
 * no look-up of a digest per thread, the same work whatever the framework.
 */
final class Sha1 {

    private static final int WORDS = 16;
    private static final int MASK = WORDS - 1;

    private Sha1() {}

    /** A padded block for a message of that many bytes, a multiple of 4 and at most 52. */
    static int[] block(int bytes) {
        int[] block = new int[WORDS];
        block[bytes / Integer.BYTES] = 0x80000000;
        block[MASK] = bytes * Byte.SIZE;
        return block;
    }

    /** The digest of a block, which is used up, as a node. */
    static Node digest(int[] block, int depth) {
        int wordA = 0x67452301;
        int wordB = 0xefcdab89;
        int wordC = 0x98badcfe;
        int wordD = 0x10325476;
        int wordE = 0xc3d2e1f0;
        for (int i = 0; i < 80; i++) {
            int mixed;
            if (i < 20) {
                mixed = ((wordB & wordC) | (~wordB & wordD)) + 0x5a827999;
            } else if (i < 40) {
                mixed = (wordB ^ wordC ^ wordD) + 0x6ed9eba1;
            } else if (i < 60) {
                mixed = ((wordB & wordC) | (wordB & wordD) | (wordC & wordD)) + 0x8f1bbcdc;
            } else {
                mixed = (wordB ^ wordC ^ wordD) + 0xca62c1d6;
            }
            int next = Integer.rotateLeft(wordA, 5) + mixed + wordE + word(block, i);
            wordE = wordD;
            wordD = wordC;
            wordC = Integer.rotateLeft(wordB, 30);
            wordB = wordA;
            wordA = next;
        }
        return new Node(
                wordA + 0x67452301,
                wordB + 0xefcdab89,
                wordC + 0x98badcfe,
                wordD + 0x10325476,
                wordE + 0xc3d2e1f0,
                depth);
    }

    /** The message schedule, in place. */
    private static int word(int[] block, int i) {
        if (i >= WORDS) {
            block[i & MASK] =
                    Integer.rotateLeft(
                            block[(i + 13) & MASK]
                                    ^ block[(i + 8) & MASK]
                                    ^ block[(i + 2) & MASK]
                                    ^ block[i & MASK],
                            1);
        }
        return block[i & MASK];
    }
}
