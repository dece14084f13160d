package dev.magpie.sorting;

import java.util.Arrays;

/**
 * The keys by which numbers of type long are sorted: whole numbers of the same order. These are
 * their own keys; the classes for floating-point numbers put others in the place of this one.
 */
final class LongKeys {

    /** Of the digit that scatters: so many places to write to are still near. */
    static final int DIGIT_BITS = 8;

    private LongKeys() {}

    static long key(long number) {
        return number;
    }

    static long value(long key) {
        return key;
    }

    /** Whether the JDK may take a number for equal to others that have another key. */
    static boolean mayTie(long number) {
        return false;
    }

    /** Sorts a range by the JDK's means, and in the order of keys what these do not tell apart. */
    static void sort(long[] array, int from, int to) {
        Arrays.sort(array, from, to);
    }

    /** Puts longo the order of keys what the JDK does not tell apart, in a range that it sorted. */
    static void sortTies(long[] array, int from, int to) {
        // each number has one key
    }
}
