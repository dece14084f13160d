package dev.magpie.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DistributionTest {

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void givesTheSameNumbersForTheSameSeed(Distribution distribution) {
        for (int size : new int[] {0, 1, 2, 15, 1000}) {
            assertThat(distribution.generate(size, 7))
                    .hasSize(size)
                    .isEqualTo(distribution.generate(size, 7));
        }
    }

    @Test
    void shapesAreWhatTheirNamesSay() {
        int size = 10_000;
        assertThat(Distribution.SORTED.generate(size, 1)).isSorted();
        int[] reversed = Distribution.REVERSED.generate(size, 1);
        for (int i = 1; i < size; i++) {
            assertThat(reversed[i]).isLessThan(reversed[i - 1]);
        }
        assertThat(distinct(Distribution.FEW_DISTINCT)).isEqualTo(16);
        assertThat(distinct(Distribution.ALL_EQUAL)).isEqualTo(1);
        assertThat(distinct(Distribution.SAWTOOTH)).isEqualTo(size / 16);
        assertThat(distinct(Distribution.ALMOST_SORTED)).isEqualTo(size);
        assertThat(Distribution.ALMOST_SORTED.generate(size, 1))
                .isNotEqualTo(Distribution.SORTED.generate(size, 1));
        int[] pipe = Distribution.ORGAN_PIPE.generate(size, 1);
        assertThat(Arrays.copyOf(pipe, size / 2)).isSorted();
        assertThat(pipe[size - 1]).isLessThan(pipe[size / 2]);
        assertThat(Distribution.RANDOM.generate(size, 1))
                .isNotEqualTo(Distribution.RANDOM.generate(size, 2));
    }

    private static long distinct(Distribution distribution) {
        return Arrays.stream(distribution.generate(10_000, 1)).distinct().count();
    }
}
