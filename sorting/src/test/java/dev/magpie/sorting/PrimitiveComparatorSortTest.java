package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.scheduler.Scheduler;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorts of ints, longs and doubles by comparators; values encode their places. */
class PrimitiveComparatorSortTest {

    /** The key is what is above; the place below shows whether the sort is stable. */
    private static final int PLACES = 1 << 13;

    private static final IntComparator INTS = (left, right) -> left / PLACES - right / PLACES;
    private static final LongComparator LONGS =
            (left, right) -> Long.compare(left / PLACES, right / PLACES);
    private static final DoubleComparator DOUBLES =
            (left, right) -> Double.compare(Math.floor(left / PLACES), Math.floor(right / PLACES));

    private static int[] ints(Random random, int size, int keys) {
        int[] array = new int[size];
        Arrays.setAll(array, i -> random.nextInt(keys) * PLACES + i);
        return array;
    }

    private static long[] longs(int[] array) {
        return Arrays.stream(array).asLongStream().toArray();
    }

    private static double[] doubles(int[] array) {
        return Arrays.stream(array).asDoubleStream().toArray();
    }

    private static int[] sorted(int[] array) {
        return Arrays.stream(array)
                .boxed()
                .sorted(Comparator.comparingInt(value -> value / PLACES))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void isStableAtEverySize(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int size : Fine.SIZES) {
                for (int keys : new int[] {1, 2, 9, 1000, 200_000}) {
                    assertSorts(scheduler, ints(random, size, keys));
                }
            }
        }
    }

    @Test
    void isStableForEveryShape() {
        int size = 3001;
        List<IntUnaryOperator> shapes =
                List.of(
                        i -> i,
                        i -> size - i,
                        i -> i / 2,
                        i -> (size - i) / 2,
                        i -> Math.min(i, size - i),
                        i -> i < size / 2 ? i + size : i,
                        i -> i == size - 1 ? 0 : i);
        try (Scheduler scheduler = Fine.scheduler(2)) {
            for (IntUnaryOperator shape : shapes) {
                int[] array = new int[size];
                Arrays.setAll(array, i -> shape.applyAsInt(i) * PLACES + i);
                assertSorts(scheduler, array);
            }
        }
    }

    private static void assertSorts(Scheduler scheduler, int[] ints) {
        int[] expected = sorted(ints);
        long[] longs = longs(ints);
        double[] doubles = doubles(ints);
        int size = ints.length;
        Fine.sorts(scheduler).sort(ints, 0, size, INTS);
        Fine.sorts(scheduler).sort(longs, 0, size, LONGS);
        Fine.sorts(scheduler).sort(doubles, 0, size, DOUBLES);
        assertThat(ints).isEqualTo(expected);
        assertThat(longs).isEqualTo(longs(expected));
        assertThat(doubles).isEqualTo(doubles(expected));
    }

    @ParameterizedTest
    @CsvSource({"7, 991", "0, 1000", "1, 1000", "500, 500", "9, 26", "9, 25"})
    void touchesNothingOutsideTheRange(int from, int to) {
        int[] ints = ints(new Random(from), 1000, 10);
        int[] expected = ints.clone();
        System.arraycopy(sorted(Arrays.copyOfRange(ints, from, to)), 0, expected, from, to - from);
        long[] longs = longs(ints);
        double[] doubles = doubles(ints);
        try (Scheduler scheduler = Fine.scheduler(3)) {
            Fine.sorts(scheduler).sort(ints, from, to, INTS);
            Fine.sorts(scheduler).sort(longs, from, to, LONGS);
            Fine.sorts(scheduler).sort(doubles, from, to, DOUBLES);
        }
        assertThat(ints).isEqualTo(expected);
        assertThat(longs).isEqualTo(longs(expected));
        assertThat(doubles).isEqualTo(doubles(expected));
    }

    @Test
    void sortsBackwardsByTheReversedOrder() {
        int[] ints = new Random(1).ints(20_001).toArray();
        long[] longs = new Random(2).longs(20_001).toArray();
        double[] doubles = new Random(3).doubles(20_001).toArray();
        IntComparator intOrder = Integer::compare;
        LongComparator longOrder = Long::compare;
        DoubleComparator doubleOrder = Double::compare;
        int[] expected = ints.clone();
        Arrays.sort(expected);
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter sorter = Sorter.on(scheduler);
            sorter.sort(ints, intOrder.reversed());
            sorter.sort(longs, longOrder.reversed());
            sorter.sort(doubles, doubleOrder.reversed());
        }
        assertThat(Arrays.stream(ints).boxed().toArray(Integer[]::new))
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(Arrays.stream(ints).sorted().toArray()).isEqualTo(expected);
        assertThat(Arrays.stream(longs).boxed().toArray(Long[]::new))
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(Arrays.stream(doubles).boxed().toArray(Double[]::new))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void refusesNullAndBadRanges() {
        try (Scheduler scheduler = Fine.scheduler(1)) {
            Sorter sorter = Sorter.on(scheduler);
            assertThatThrownBy(() -> sorter.sort(new int[3], null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("order");
            assertThatThrownBy(() -> sorter.sort(new long[3], null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("order");
            assertThatThrownBy(() -> sorter.sort(new double[3], null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("order");
            assertThatThrownBy(() -> sorter.sort(new int[3], 2, 1, INTS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("from must be at most to, 1, was 2");
            assertThatThrownBy(() -> sorter.sort(new long[3], 2, 4, LONGS))
                    .isInstanceOf(ArrayIndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sorter.sort(new double[3], -1, 2, DOUBLES))
                    .isInstanceOf(ArrayIndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void throwingOrdersLeaveAPermutation(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int round = 0; round < 400; round++) {
                int[] ints = ints(random, 1 + random.nextInt(1500), 100);
                int[] before = sorted(ints);
                int last = 1 + random.nextInt(ints.length * 10);
                IllegalStateException thrown = new IllegalStateException("by the test");
                AtomicInteger calls = new AtomicInteger();
                IntComparator order =
                        (left, right) -> {
                            if (calls.incrementAndGet() == last) {
                                throw thrown;
                            }
                            return INTS.compare(left, right);
                        };
                Throwable caught =
                        catchThrowable(
                                () -> Fine.sorts(scheduler).sort(ints, 0, ints.length, order));
                assertThat(caught).isIn(null, thrown);
                assertPermutes(before, ints);
            }
        }
    }

    /** Neighbours of one key may be in any order after a failure. */
    private static void assertPermutes(int[] before, int[] after) {
        int[] expected = before.clone();
        int[] actual = after.clone();
        Arrays.sort(expected);
        Arrays.sort(actual);
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void cancelledSortsLeaveAPermutation(int workers) {
        Random random = new Random(workers);
        int cancellations = 0;
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int round = 0; round < 400; round++) {
                int[] ints = ints(random, 1 + random.nextInt(1500), 100);
                int[] before = ints.clone();
                int last = random.nextInt(150);
                AtomicInteger calls = new AtomicInteger();
                Setup setup = Fine.setup(scheduler, () -> calls.incrementAndGet() > last);
                Throwable caught =
                        catchThrowable(
                                () -> new ComparatorSorts(setup).sort(ints, 0, ints.length, INTS));
                if (caught != null) {
                    assertThat(caught).isInstanceOf(CancellationException.class);
                    cancellations++;
                }
                assertPermutes(before, ints);
            }
        }
        assertThat(cancellations).isBetween(50, 399);
    }

    @Test
    void anOrderThatContradictsItselfLosesNothing() {
        Random random = new Random(4);
        List<IntComparator> orders =
                List.of(
                        (left, right) -> ThreadLocalRandom.current().nextInt(3) - 1,
                        (left, right) -> 1,
                        (left, right) -> -1,
                        (left, right) -> Integer.compare((left - right) % 3, 1));
        try (Scheduler scheduler = Fine.scheduler(4)) {
            for (IntComparator order : orders) {
                for (int size : Fine.SIZES) {
                    int[] ints = ints(random, size, 1000);
                    int[] before = ints.clone();
                    Fine.sorts(scheduler).sort(ints, 0, size, order);
                    assertPermutes(before, ints);
                }
            }
        }
    }
}
