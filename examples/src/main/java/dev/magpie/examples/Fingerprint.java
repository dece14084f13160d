package dev.magpie.examples;

/**
 * What sorting must not change: how many numbers there are, and a sum of their scrambled values,
 * which does not depend on their order. Numbers lost, doubled or altered change it, but for a
 * chance of one in 2^64.
 *
 * @param count how many numbers
 * @param sum of all scrambled values
 */
record Fingerprint(int count, long sum) {

    static Fingerprint of(int[] numbers) {
        long sum = 0;
        for (int number : numbers) {
            sum += scramble(number);
        }
        return new Fingerprint(numbers.length, sum);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, doi:10.1145/2660193.2660195). */
    private static long scramble(int number) {
        long bits = number + 0x9e3779b97f4a7c15L;
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }

    /** Whether numbers are ascending and the same as those this was taken of. */
    boolean isSortedIn(int[] numbers) {
        for (int i = 1; i < numbers.length; i++) {
            if (numbers[i - 1] > numbers[i]) {
                return false;
            }
        }
        return equals(of(numbers));
    }
}
