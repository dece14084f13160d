package dev.magpie.examples;

import java.util.Arrays;
import java.util.Random;

/** Shapes of input data. */
enum Distribution {
    RANDOM,
    SORTED,
    REVERSED,
    FEW_DISTINCT,
    ALL_EQUAL,
    ALMOST_SORTED,
    SAWTOOTH,
    ORGAN_PIPE;

    /** The same numbers for the same size and seed. */
    int[] generate(int size, long seed) {
        Random random = new Random(seed);
        int[] numbers = new int[size];
        Arrays.setAll(numbers, i -> number(i, size, random));
        if (this == ALMOST_SORTED) {
            for (int swap = 0; swap < size / 100; swap++) {
                int first = random.nextInt(size);
                int second = random.nextInt(size);
                int kept = numbers[first];
                numbers[first] = numbers[second];
                numbers[second] = kept;
            }
        }
        return numbers;
    }

    private int number(int index, int size, Random random) {
        return switch (this) {
            case RANDOM -> random.nextInt();
            case SORTED, ALMOST_SORTED -> index;
            case REVERSED -> size - index;
            case FEW_DISTINCT -> random.nextInt(16);
            case ALL_EQUAL -> 42;
            case SAWTOOTH -> index % Math.max(1, size / 16);
            case ORGAN_PIPE -> Math.min(index, size - index);
        };
    }
}
