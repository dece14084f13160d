package dev.magpie.examples;

import java.util.Arrays;

/** Integers, of which nobody knows yet how many will come. Not thread-safe. */
final class IntList {

    /** The longest array that virtual machines grant. */
    private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

    private static final int FIRST_CAPACITY = 1024;

    private int[] numbers = new int[FIRST_CAPACITY];
    private int size;

    /**
     * Appends a number.
     *
     * @throws BadInputException if an array cannot hold them all
     */
    void add(int number) {
        if (size == numbers.length) {
            if (size == MAX_SIZE) {
                throw new BadInputException("more than " + MAX_SIZE + " numbers cannot be sorted");
            }
            numbers = Arrays.copyOf(numbers, (int) Math.min(MAX_SIZE, 2L * size));
        }
        numbers[size] = number;
        size++;
    }

    int[] toArray() {
        return size == numbers.length ? numbers : Arrays.copyOf(numbers, size);
    }
}
