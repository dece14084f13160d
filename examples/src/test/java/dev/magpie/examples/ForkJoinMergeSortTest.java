package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForkJoinMergeSortTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void agreesWithTheSequentialSort(int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            for (int size : new int[] {0, 1, 8192, 8193, 65_537, 300_001}) {
                int[] array = new Random(size).ints(size, -1000, 1000).toArray();
                int[] expected = array.clone();
                Arrays.sort(expected);
                ForkJoinMergeSort.sort(array, pool);
                assertThat(array).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
