package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntMergeKernelTest {

    private static final int CANARY = 0x5EED5EED;

    /** Bounds of the values: with 1 all are equal, with few there are many ties. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100, Integer.MAX_VALUE})
    void mergesRandomRunsAsSortingWould(int bound) {
        Random random = new Random(bound);
        for (int round = 0; round < 2000; round++) {
            int[] left = ascending(random, random.nextInt(40), bound);
            int[] right = ascending(random, random.nextInt(40), bound);
            assertMerges(left, right);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 9", "9, 0", "1, 1", "1, 1000", "1000, 1", "2, 999", "999, 1001"})
    void mergesRunsOfVeryDifferentLength(int leftSize, int rightSize) {
        Random random = new Random(leftSize);
        for (int round = 0; round < 50; round++) {
            assertMerges(ascending(random, leftSize, 1000), ascending(random, rightSize, 1000));
        }
    }

    @Test
    void mergesRunsThatAreExhaustedEarly() {
        assertMerges(range(0, 100), range(100, 200));
        assertMerges(range(100, 200), range(0, 100));
        assertMerges(range(0, 100), range(99, 200));
        assertMerges(range(50, 60), range(0, 100));
        assertMerges(range(0, 100), range(50, 60));
        assertMerges(new int[] {0, 0, 0, 9}, new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1});
        assertMerges(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, new int[] {0, 0, 0, 9});
    }

    @Test
    void mergesExtremeValues() {
        int min = Integer.MIN_VALUE;
        int max = Integer.MAX_VALUE;
        assertMerges(new int[] {min, min, -1, max, max}, new int[] {min, 0, 0, max});
        assertMerges(new int[] {max}, new int[] {min});
        assertMerges(new int[] {min}, new int[] {max});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, Integer.MAX_VALUE})
    void coRankCountsWhatAStableMergeTakesFromTheLeft(int bound) {
        Random random = new Random(bound);
        for (int round = 0; round < 300; round++) {
            int[] left = ascending(random, random.nextInt(20), bound);
            int[] right = ascending(random, random.nextInt(20), bound);
            int gap = random.nextInt(3);
            int[] source = Arrays.copyOf(left, left.length + gap + right.length);
            System.arraycopy(right, 0, source, left.length + gap, right.length);
            for (int rank = 0; rank <= left.length + right.length; rank++) {
                int taken =
                        IntMergeKernel.coRank(
                                rank, source, 0, left.length, left.length + gap, right.length);
                assertThat(taken).isEqualTo(takenFromLeft(rank, left, right));
            }
        }
    }

    /** The model: one element after the other, ties from the left. */
    private static int takenFromLeft(int rank, int[] left, int[] right) {
        int taken = 0;
        for (int step = 0; step < rank; step++) {
            int other = step - taken;
            if (other == right.length || (taken < left.length && left[taken] <= right[other])) {
                taken++;
            }
        }
        return taken;
    }

    private static void assertMerges(int[] left, int[] right) {
        int total = left.length + right.length;
        int[] expected = new int[total + 2];
        System.arraycopy(left, 0, expected, 1, left.length);
        System.arraycopy(right, 0, expected, 1 + left.length, right.length);
        Arrays.sort(expected, 1, total + 1);
        expected[0] = CANARY;
        expected[total + 1] = CANARY;

        int[] source = new int[total + 5];
        System.arraycopy(right, 0, source, 1, right.length);
        System.arraycopy(left, 0, source, right.length + 3, left.length);
        int[] target = new int[total + 2];
        Arrays.fill(target, CANARY);
        IntMergeKernel.merge(
                source,
                right.length + 3,
                right.length + 3 + left.length,
                1,
                1 + right.length,
                target,
                1);
        assertThat(target).isEqualTo(expected);
    }

    /** Whoever changes the array meanwhile may get anything, but no thread that never ends. */
    @Test
    void endsWhateverTheOrderOfTheRunsIs() {
        Random random = new Random(3);
        assertTimeoutPreemptively(
                Duration.ofSeconds(Fine.DEADLINE_SECONDS),
                () -> {
                    for (int round = 0; round < 20_000; round++) {
                        int[] source = random.ints(2 + random.nextInt(30), 0, 4).toArray();
                        int middle = 1 + random.nextInt(source.length - 1);
                        int[] target = new int[source.length];
                        Throwable unused =
                                catchThrowable(
                                        () ->
                                                IntMergeKernel.merge(
                                                        source,
                                                        0,
                                                        middle,
                                                        middle,
                                                        source.length,
                                                        target,
                                                        0));
                    }
                });
    }

    private static int[] ascending(Random random, int size, int bound) {
        return random.ints(size).map(value -> value % bound).sorted().toArray();
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
