package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.magpie.scheduler.Scheduler;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NaNs with different bits are equal to whoever compares, but have different keys. */
class DifferentNaNsTest {

    private static final double[] DOUBLES = {
        1,
        2,
        Double.NaN,
        Double.longBitsToDouble(0x7ff8_0000_0000_0001L),
        Double.longBitsToDouble(0x7fff_ffff_ffff_ffffL),
        Double.longBitsToDouble(0xfff8_0000_0000_0000L),
        Double.longBitsToDouble(0xffff_ffff_ffff_ffffL)
    };

    private static final float[] FLOATS = {
        1,
        2,
        Float.NaN,
        Float.intBitsToFloat(0x7fc0_0001),
        Float.intBitsToFloat(0x7fff_ffff),
        Float.intBitsToFloat(0xffc0_0000),
        Float.intBitsToFloat(0xffff_ffff)
    };

    private static double[] doubles(Random random, int size) {
        double[] doubles = new double[size];
        Arrays.setAll(doubles, i -> DOUBLES[random.nextInt(DOUBLES.length)]);
        return doubles;
    }

    private static float[] floats(Random random, int size) {
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = FLOATS[random.nextInt(FLOATS.length)];
        }
        return floats;
    }

    private static long[] bits(double[]... arrays) {
        return Stream.of(arrays)
                .flatMapToDouble(Arrays::stream)
                .mapToLong(Double::doubleToRawLongBits)
                .sorted()
                .toArray();
    }

    private static int[] bits(float[]... arrays) {
        return Stream.of(arrays)
                .flatMapToInt(
                        array ->
                                IntStream.range(0, array.length)
                                        .map(i -> Float.floatToRawIntBits(array[i])))
                .sorted()
                .toArray();
    }

    /** Arrays.sort leaves NaNs in any order, and so may whoever made the runs. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mergesRunsWithAnyOrderOfTheirNaNs(boolean descending) {
        Random random = new Random(1);
        try (Scheduler scheduler = Scheduler.builder().workers(2).build()) {
            Sorter ascending = Sorter.on(scheduler).grain(64);
            Sorter sorter = descending ? ascending.reversed() : ascending;
            assertTimeoutPreemptively(
                    Duration.ofSeconds(Fine.DEADLINE_SECONDS),
                    () -> {
                        for (int round = 0; round < 3000; round++) {
                            int bound = round % 100 == 0 ? 2000 : 9;
                            mergesDoubles(sorter, random, bound);
                            mergesFloats(sorter, random, bound);
                        }
                    });
        }
    }

    private static void mergesDoubles(Sorter sorter, Random random, int bound) {
        double[][] runs = new double[2 + random.nextInt(3)][];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = doubles(random, random.nextInt(bound));
            sorter.algorithm(Algorithm.MERGE).sort(runs[i]);
            shuffleNaNs(runs[i], random);
            assertThat(sorter.isSorted(runs[i])).isTrue();
        }
        double[] merged = sorter.merge(runs);
        assertThat(bits(merged)).isEqualTo(bits(runs));
        assertThat(sorter.isSorted(merged)).isTrue();
    }

    private static void shuffleNaNs(double[] run, Random random) {
        for (int i = 1; i < run.length; i++) {
            int other = random.nextInt(i);
            if (Double.compare(run[i], run[other]) == 0) {
                double value = run[i];
                run[i] = run[other];
                run[other] = value;
            }
        }
    }

    private static void mergesFloats(Sorter sorter, Random random, int bound) {
        float[][] runs = new float[2 + random.nextInt(3)][];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = floats(random, random.nextInt(bound));
            sorter.algorithm(Algorithm.MERGE).sort(runs[i]);
            shuffleNaNs(runs[i], random);
            assertThat(sorter.isSorted(runs[i])).isTrue();
        }
        float[] merged = sorter.merge(runs);
        assertThat(bits(merged)).isEqualTo(bits(runs));
        assertThat(sorter.isSorted(merged)).isTrue();
    }

    private static void shuffleNaNs(float[] run, Random random) {
        for (int i = 1; i < run.length; i++) {
            int other = random.nextInt(i);
            if (Float.compare(run[i], run[other]) == 0) {
                float value = run[i];
                run[i] = run[other];
                run[other] = value;
            }
        }
    }

    @Test
    void aRangeOfDoublesIsSortedByKeysToTheLastBit() {
        Random random = new Random(2);
        for (int size : new int[] {0, 1, 2, 7, 100, 10_000}) {
            double[] numbers = doubles(random, size + 2);
            double[] before = numbers.clone();
            long[] expected =
                    Arrays.stream(before, 1, size + 1)
                            .mapToLong(DoubleKeys::key)
                            .sorted()
                            .toArray();
            DoubleKeys.sort(numbers, 1, size + 1);
            assertThat(Arrays.stream(numbers, 1, size + 1).mapToLong(DoubleKeys::key).toArray())
                    .isEqualTo(expected);
            assertThat(DoubleKeys.key(numbers[0])).isEqualTo(DoubleKeys.key(before[0]));
            assertThat(DoubleKeys.key(numbers[size + 1]))
                    .isEqualTo(DoubleKeys.key(before[size + 1]));
        }
    }
}
