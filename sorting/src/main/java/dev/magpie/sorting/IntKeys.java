package dev.magpie.sorting;

import java.util.Arrays;

/**
 * The keys by which numbers of type int are sorted: whole numbers of the same order. These are
 * their own keys; the classes for floating-point numbers put others in the place of this one.
 */
final class IntKeys {

    /** Of the digit that scatters: so many places to write to are still near. */
    static final int DIGIT_BITS = 8;

    private IntKeys() {}

    static int key(int number) {
        return number;
    }

    static int value(int key) {
        return key;
    }

    /** Whether the JDK may take a number for equal to others that have another key. */
    static boolean mayTie(int number) {
        return false;
    }

    /** Sorts a range by the JDK's means, and in the order of keys what these do not tell apart. */
    static void sort(int[] array, int from, int to) {
        Arrays.sort(array, from, to);
    }

    /** Puts into the order of keys what the JDK does not tell apart, in a range that it sorted. */
    static void sortTies(int[] array, int from, int to) {
        // each number has one key
    }
}
