package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.magpie.scheduler.Scheduler;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sort allocates beside the buffer of its workspace. */
class AllocationTest {

    /**
     * Tasks, counters, and what other threads do meanwhile; keys or a copy would take twice this.
     */
    private static final long SMALL = 1 << 22;

    private static final int LONGEST_BUCKET = Grain.DEFAULT.longestBucket();

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** By all threads, in bytes. */
    private static long allocated() {
        long[] bytes = THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds());
        return LongStream.of(bytes).filter(count -> count > 0).sum();
    }

    /** By the best of a few runs: other threads, such as compilers, allocate too. */
    private static long allocatedBy(Runnable prepare, Runnable measured) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            prepare.run();
            long before = allocated();
            measured.run();
            least = Math.min(least, allocated() - before);
        }
        return least;
    }

    private static double[] doublesWith(double share, double value) {
        SplittableRandom random = new SplittableRandom(1);
        double[] numbers = new double[8 * LONGEST_BUCKET];
        Arrays.setAll(numbers, i -> random.nextDouble() < share ? value : 1 + random.nextDouble());
        return numbers;
    }

    /** They would take more than twice their size, were they sorted by keys. */
    @ParameterizedTest
    @EnumSource
    void equalNumbersAreNotTurnedIntoKeys(Algorithm algorithm) {
        double[] original = doublesWith(0.2, 0.0);
        double[] numbers = original.clone();
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            Sorter sorter = Sorter.on(scheduler).workspace(new Workspace()).algorithm(algorithm);
            long bytes =
                    allocatedBy(
                            () -> System.arraycopy(original, 0, numbers, 0, numbers.length),
                            () -> sorter.sort(numbers));
            assertThat(bytes).isLessThan(SMALL);
        }
        Arrays.sort(original);
        assertThat(Arrays.equals(numbers, original)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void notANumberIsNotCopied(Algorithm algorithm) {
        double[] original = doublesWith(0.5, Double.NaN);
        double other = Double.longBitsToDouble(0xfff8_0000_0000_0000L);
        for (int i = 0; i < original.length; i += 2) {
            original[i] = Double.isNaN(original[i]) ? other : original[i];
        }
        double[] numbers = original.clone();
        try (Scheduler scheduler = Scheduler.builder().workers(1).build()) {
            Sorter sorter = Sorter.on(scheduler).workspace(new Workspace()).algorithm(algorithm);
            long bytes =
                    allocatedBy(
                            () -> System.arraycopy(original, 0, numbers, 0, numbers.length),
                            () -> sorter.sort(numbers));
            assertThat(bytes).isLessThan(SMALL);
        }
        Arrays.sort(original);
        assertThat(Arrays.equals(numbers, original)).isTrue();
    }

    /** One that no cut makes shorter, as values do that are chosen to defeat the sample. */
    @Test
    void aBucketThatStaysTooLongIsSortedWhereItIsWanted() {
        SplittableRandom random = new SplittableRandom(2);
        double[] original = random.doubles(LONGEST_BUCKET + 1).toArray();
        double[] expected = original.clone();
        Arrays.sort(expected);
        double[] data = original.clone();
        double[] other = new double[original.length];
        for (boolean intoOther : new boolean[] {false, true}) {
            long bytes =
                    allocatedBy(
                            () -> System.arraycopy(original, 0, data, 0, data.length),
                            () ->
                                    new DoubleRadixKernel()
                                            .sort(data, 0, other, 0, data.length, intoOther));
            assertThat(bytes).isLessThan(SMALL);
            assertThat(Arrays.equals(intoOther ? other : data, expected)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.0, Double.NaN})
    void equalElementsOfABucketTakeNoKeys(double value) {
        double[] data = new double[LONGEST_BUCKET];
        double[] other = new double[LONGEST_BUCKET];
        Arrays.fill(data, value);
        long bytes =
                allocatedBy(
                        () -> {},
                        () ->
                                new DoubleRadixKernel()
                                        .sort(data, 0, other, 0, LONGEST_BUCKET, true));
        assertThat(bytes).isLessThan(SMALL);
        assertThat(Arrays.equals(data, other)).isTrue();
    }
}
