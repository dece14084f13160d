package dev.magpie.examples.site;

/** Numbers that look random and depend on nothing but their arguments. */
final class Hash {

    private static final double TWO_TO_53 = 1L << 53;

    private Hash() {}

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), over three words. */
    static long of(long seed, long first, long second) {
        return mix(mix(mix(seed + 0x9e3779b97f4a7c15L) ^ first) + second * 0x9e3779b97f4a7c15L);
    }

    private static long mix(long word) {
        long mixed = (word ^ word >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** From 0, inclusive, to 1, exclusive. */
    static double unit(long hash) {
        return (hash >>> 11) / TWO_TO_53;
    }

    static int below(int bound, long hash) {
        return (int) (unit(hash) * bound);
    }

    /** Normally distributed, of mean 0 and deviation 1. */
    static double gaussian(long hash) {
        double radius = Math.sqrt(-2 * Math.log(1 - unit(hash)));
        return radius * Math.cos(2 * Math.PI * unit(mix(hash + 1)));
    }
}
