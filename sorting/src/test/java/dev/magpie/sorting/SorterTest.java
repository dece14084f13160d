package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.Scheduler;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SorterTest {

    private static final int[] SIZES = {0, 1, 2, 3, 8191, 8192, 8193, 16385, 65537, 300_001};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void agreesWithTheSequentialSort(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Scheduler.builder().workers(workers).build()) {
            for (int size : SIZES) {
                for (int range : new int[] {1, 3, 1000, Integer.MAX_VALUE}) {
                    int[] array = random.ints(size, -range, range).toArray();
                    int[] expected = array.clone();
                    Arrays.sort(expected);
                    Sorter.on(scheduler).algorithm(Algorithm.MERGE).sort(array);
                    assertThat(array).isEqualTo(expected);
                    Sorter.on(scheduler).sort(array);
                    assertThat(array).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void touchesNothingOutsideTheRange(int workers) {
        try (Scheduler scheduler = Scheduler.builder().workers(workers).build()) {
            int[] array = new Random(7).ints(100_000).toArray();
            int[] expected = array.clone();
            Arrays.sort(expected, 777, 99_001);
            Sorter.on(scheduler).sort(array, 777, 99_001);
            assertThat(array).isEqualTo(expected);
            assertThatThrownBy(() -> Sorter.on(scheduler).sort(array, 2, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Sorter.on(scheduler).sort(array, -1, 1))
                    .isInstanceOf(ArrayIndexOutOfBoundsException.class);
        }
    }
}
