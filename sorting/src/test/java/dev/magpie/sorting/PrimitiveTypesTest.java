package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.scheduler.Scheduler;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type, pattern, algorithm and number of workers, against the JDK's sequential sort. */
class PrimitiveTypesTest {

    /** So short that arrays of a few thousand elements reach all that is parallel. */
    private static final int GRAIN = 64;

    private static final int[] SIZES = {
        0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 257, 511, 1000, 4097, 20_011
    };

    private static Scheduler[] schedulers;

    @BeforeAll
    static void start() {
        schedulers =
                IntStream.of(1, 2, 3, 8)
                        .mapToObj(workers -> Scheduler.builder().workers(workers).build())
                        .toArray(Scheduler[]::new);
    }

    @AfterAll
    static void stop() {
        for (Scheduler scheduler : schedulers) {
            scheduler.close();
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(Patterns.values())
                .flatMap(
                        pattern ->
                                Stream.of(Algorithm.values())
                                        .map(algorithm -> Arguments.of(pattern, algorithm)));
    }

    /** Calls with a sorter, an array's size and a range within it, for all sizes and schedulers. */
    private static void everywhere(
            Patterns pattern, Algorithm algorithm, BiConsumer<Sorter, int[]> check) {
        SplittableRandom random = new SplittableRandom(pattern.ordinal());
        for (Scheduler scheduler : schedulers) {
            Sorter sorter = Sorter.on(scheduler).grain(GRAIN).algorithm(algorithm);
            for (int size : SIZES) {
                check.accept(sorter, new int[] {size, 0, size});
                int from = random.nextInt(size + 1);
                int to = from + random.nextInt(size - from + 1);
                check.accept(sorter, new int[] {size, from, to});
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ints(Patterns pattern, Algorithm algorithm) {
        everywhere(
                pattern,
                algorithm,
                (sorter, range) -> {
                    int[] array = pattern.ints(range[0], 1);
                    int[] expected = array.clone();
                    Arrays.sort(expected, range[1], range[2]);
                    sorter.sort(array, range[1], range[2]);
                    assertThat(Arrays.equals(array, expected))
                            .as("%s %s", sorter, Arrays.toString(range))
                            .isTrue();
                });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void longs(Patterns pattern, Algorithm algorithm) {
        everywhere(
                pattern,
                algorithm,
                (sorter, range) -> {
                    long[] array = pattern.longs(range[0], 2);
                    long[] expected = array.clone();
                    Arrays.sort(expected, range[1], range[2]);
                    sorter.sort(array, range[1], range[2]);
                    assertThat(Arrays.equals(array, expected))
                            .as("%s %s", sorter, Arrays.toString(range))
                            .isTrue();
                });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void floats(Patterns pattern, Algorithm algorithm) {
        everywhere(
                pattern,
                algorithm,
                (sorter, range) -> {
                    float[] array = pattern.floats(range[0], 3);
                    float[] expected = array.clone();
                    Arrays.sort(expected, range[1], range[2]);
                    int[] bits = bits(array);
                    sorter.sort(array, range[1], range[2]);
                    assertThat(Arrays.equals(array, expected))
                            .as("%s %s", sorter, Arrays.toString(range))
                            .isTrue();
                    if (range[2] - range[1] > GRAIN) {
                        assertThat(bits(array)).as("each NaN").isEqualTo(bits);
                    }
                });
    }

    private static int[] bits(float[] array) {
        return IntStream.range(0, array.length)
                .map(i -> Float.floatToRawIntBits(array[i]))
                .sorted()
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doubles(Patterns pattern, Algorithm algorithm) {
        everywhere(
                pattern,
                algorithm,
                (sorter, range) -> {
                    double[] array = pattern.doubles(range[0], 4);
                    double[] expected = array.clone();
                    Arrays.sort(expected, range[1], range[2]);
                    long[] bits = bits(array);
                    sorter.sort(array, range[1], range[2]);
                    assertThat(Arrays.equals(array, expected))
                            .as("%s %s", sorter, Arrays.toString(range))
                            .isTrue();
                    if (range[2] - range[1] > GRAIN) {
                        assertThat(bits(array)).as("each NaN").isEqualTo(bits);
                    }
                });
    }

    private static long[] bits(double[] array) {
        return LongStream.range(0, array.length)
                .map(i -> Double.doubleToRawLongBits(array[(int) i]))
                .sorted()
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shorts(Patterns pattern, Algorithm algorithm) {
        everywhere(
                pattern,
                algorithm,
                (sorter, range) -> {
                    short[] array = pattern.shorts(range[0], 5);
                    short[] expected = array.clone();
                    Arrays.sort(expected, range[1], range[2]);
                    sorter.sort(array, range[1], range[2]);
                    assertThat(Arrays.equals(array, expected))
                            .as("%s %s", sorter, Arrays.toString(range))
                            .isTrue();
                });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void chars(Patterns pattern, Algorithm algorithm) {
        everywhere(
                pattern,
                algorithm,
                (sorter, range) -> {
                    char[] array = pattern.chars(range[0], 6);
                    char[] expected = array.clone();
                    Arrays.sort(expected, range[1], range[2]);
                    sorter.sort(array, range[1], range[2]);
                    assertThat(Arrays.equals(array, expected))
                            .as("%s %s", sorter, Arrays.toString(range))
                            .isTrue();
                });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bytes(Patterns pattern, Algorithm algorithm) {
        everywhere(
                pattern,
                algorithm,
                (sorter, range) -> {
                    byte[] array = pattern.bytes(range[0], 7);
                    byte[] expected = array.clone();
                    Arrays.sort(expected, range[1], range[2]);
                    sorter.sort(array, range[1], range[2]);
                    assertThat(Arrays.equals(array, expected))
                            .as("%s %s", sorter, Arrays.toString(range))
                            .isTrue();
                });
    }

    /** More runs than are merged, though each part of the array has few. */
    @ParameterizedTest
    @MethodSource("algorithms")
    void aLittleTooManyRuns(Algorithm algorithm) {
        for (Scheduler scheduler : schedulers) {
            Sorter sorter = Sorter.on(scheduler).grain(GRAIN).algorithm(algorithm);
            for (int runs = 30; runs < 70; runs++) {
                for (boolean descending : new boolean[] {false, true}) {
                    int[] array = new int[20_000];
                    int length = array.length / runs + 1;
                    for (int i = 0; i < array.length; i++) {
                        int height = i % length * 977 + i / length % 7;
                        array[i] = descending && i / length % 2 == 0 ? -height : height;
                    }
                    int[] expected = array.clone();
                    Arrays.sort(expected);
                    sorter.sort(array);
                    assertThat(Arrays.equals(array, expected))
                            .as("%s %d runs", sorter, runs)
                            .isTrue();
                }
            }
        }
    }

    static Stream<Algorithm> algorithms() {
        return Stream.of(Algorithm.values());
    }

    /** A value at one end of the range beside many at the other is no neighbour of theirs. */
    @ParameterizedTest
    @MethodSource("algorithms")
    void theEndsOfTheRangeAreNotNeighbours(Algorithm algorithm) {
        for (Scheduler scheduler : schedulers) {
            Sorter sorter = Sorter.on(scheduler).grain(GRAIN).algorithm(algorithm);
            for (int stray : new int[] {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, 0}) {
                int[] ints = new int[5003];
                Arrays.setAll(ints, i -> Integer.MAX_VALUE - i * 7 % 5);
                ints[2501] = stray;
                long[] longs = new long[5003];
                Arrays.setAll(longs, i -> Long.MAX_VALUE - i * 7 % 5);
                longs[2501] = Long.MIN_VALUE + (stray & 1);
                int[] expectedInts = ints.clone();
                Arrays.sort(expectedInts);
                long[] expectedLongs = longs.clone();
                Arrays.sort(expectedLongs);
                sorter.sort(ints);
                assertThat(ints).isEqualTo(expectedInts);
                sorter.sort(longs);
                assertThat(longs).isEqualTo(expectedLongs);
            }
        }
    }
}
