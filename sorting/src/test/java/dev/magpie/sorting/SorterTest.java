package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.scheduler.RecursiveAction;
import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SorterTest {

    private static final int LEAF = IntMergePasses.MIN_LEAF;

    private static final int[] SIZES = {
        0,
        1,
        2,
        3,
        LEAF - 1,
        LEAF,
        LEAF + 1,
        2 * LEAF - 1,
        2 * LEAF,
        2 * LEAF + 1,
        65_535,
        65_536,
        65_537,
        131_071,
        300_001
    };

    private static final long DEADLINE_SECONDS = 60;

    private static Scheduler scheduler(int workers) {
        return Scheduler.builder().workers(workers).build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void agreesWithTheSequentialSortForEverySize(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = scheduler(workers)) {
            for (int size : SIZES) {
                for (int range : new int[] {1, 3, 1000, Integer.MAX_VALUE}) {
                    assertSorts(scheduler, random.ints(size, -range, range).toArray());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void agreesWithTheSequentialSortForEveryShape(int workers) {
        int size = 200_003;
        List<IntUnaryOperator> shapes =
                List.of(
                        i -> i,
                        i -> -i,
                        i -> 7,
                        i -> i % 2,
                        i -> i % 1000,
                        i -> Math.min(i, size - i),
                        i -> i % 997 == 0 ? -i : i,
                        i -> i < size / 2 ? Integer.MAX_VALUE : Integer.MIN_VALUE,
                        i -> i % 3 == 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE - i % 2,
                        i -> i * 0x9E3779B9);
        try (Scheduler scheduler = scheduler(workers)) {
            for (IntUnaryOperator shape : shapes) {
                int[] array = new int[size];
                Arrays.setAll(array, shape);
                assertSorts(scheduler, array);
                assertSorts(scheduler, array);
            }
        }
    }

    private static void assertSorts(Scheduler scheduler, int[] array) {
        int[] expected = array.clone();
        Arrays.sort(expected);
        for (Algorithm algorithm : Algorithm.values()) {
            int[] sorted = array.clone();
            Sorter.on(scheduler).algorithm(algorithm).sort(sorted);
            assertThat(Arrays.equals(sorted, expected)).as(algorithm.name()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"777, 99001", "0, 100000", "0, 99999", "1, 100000", "500, 500", "9, 8201"})
    void touchesNothingOutsideTheRange(int from, int to) {
        int[] array = new Random(7).ints(100_000).toArray();
        int[] expected = array.clone();
        Arrays.sort(expected, from, to);
        try (Scheduler scheduler = scheduler(3)) {
            Sorter.on(scheduler).sort(array, from, to);
        }
        assertThat(array).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1",
        "-1, 1",
        "0, 100001",
        "100001, 100001",
        "100000, 100002",
        "-5, -6",
        "5, -1",
        "-2147483648, 2147483647",
        "100002, 3"
    })
    void refusesARangeAsTheSequentialSortDoes(int from, int to) {
        int[] array = new int[100_000];
        Throwable expected = catchThrowable(() -> Arrays.sort(array, from, to));
        try (Scheduler scheduler = scheduler(1)) {
            assertThatThrownBy(() -> Sorter.on(scheduler).sort(array, from, to))
                    .isExactlyInstanceOf(expected.getClass());
        }
    }

    @Test
    void refusesNull() {
        try (Scheduler scheduler = scheduler(1)) {
            Sorter sorter = Sorter.on(scheduler);
            assertThatThrownBy(() -> sorter.sort((int[]) null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> sorter.sort((int[]) null, 0, 0))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> sorter.algorithm(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("algorithm");
        }
        assertThatThrownBy(() -> Sorter.on(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("scheduler");
    }

    @Test
    void severalThreadsSortOnOneScheduler() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (Scheduler scheduler = scheduler(3)) {
            Sorter sorter = Sorter.on(scheduler);
            List<Future<?>> sorts = new ArrayList<>();
            for (int seed = 0; seed < 24; seed++) {
                int[] array = new Random(seed).ints(150_000 + seed).toArray();
                sorts.add(
                        callers.submit(
                                () -> {
                                    int[] expected = array.clone();
                                    Arrays.sort(expected);
                                    sorter.sort(array);
                                    assertThat(Arrays.equals(array, expected)).isTrue();
                                }));
            }
            for (Future<?> sort : sorts) {
                sort.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void sortsInsideTasksOfTheSameScheduler(int workers) throws Exception {
        int[] first = new Random(1).ints(200_000).toArray();
        int[] second = new Random(2).ints(200_000).toArray();
        try (Scheduler scheduler = scheduler(workers)) {
            Sorter sorter = Sorter.on(scheduler);
            RecursiveAction both =
                    new RecursiveAction() {
                        @Override
                        protected void compute() {
                            invokeAll(sorting(sorter, first), sorting(sorter, second));
                        }
                    };
            scheduler.submit(both).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(first).isSorted();
        assertThat(second).isSorted();
    }

    private static RecursiveAction sorting(Sorter sorter, int[] array) {
        return new RecursiveAction() {
            @Override
            protected void compute() {
                sorter.sort(array);
            }
        };
    }

    @Test
    void sortsInsideATaskOfAnotherScheduler() throws Exception {
        int[] array = new Random(3).ints(200_000).toArray();
        try (Scheduler outer = scheduler(1);
                Scheduler inner = scheduler(2)) {
            outer.submit(() -> Sorter.on(inner).sort(array))
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(array).isSorted();
    }

    @Test
    void sortsInACompletableFutureOnTheScheduler() throws Exception {
        int[] array = new Random(4).ints(200_000).toArray();
        try (Scheduler scheduler = scheduler(2)) {
            CompletableFuture.runAsync(() -> Sorter.on(scheduler).sort(array), scheduler)
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(array).isSorted();
    }

    @Test
    void aSchedulerThatIsShutDownRejectsAndLeavesTheArrayAlone() {
        Scheduler scheduler = scheduler(2);
        scheduler.close();
        int[] array = new Random(5).ints(500_000).toArray();
        int[] before = array.clone();
        assertThatThrownBy(() -> Sorter.on(scheduler).sort(array))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(array).isEqualTo(before);
    }

    @Test
    void aShortArrayIsSortedByTheCallerAlone() {
        int[] array = new Random(6).ints(LEAF).toArray();
        try (Scheduler scheduler = scheduler(2)) {
            scheduler.shutdown();
            Sorter.on(scheduler).sort(array);
        }
        assertThat(array).isSorted();
    }

    @Test
    void tellsHowAndWhereItSorts() {
        try (Scheduler scheduler = Scheduler.builder().workers(1).name("sorts").build()) {
            assertThat(Sorter.on(scheduler)).asString().contains("AUTO", "sorts");
        }
    }

    @Test
    void oneSorterSortsLongAndShortAndSeveralAtOnce() throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(3).build()) {
            Sorter sorter = Sorter.on(scheduler);
            Random random = new Random(5);
            for (int size : new int[] {300_000, 20_000, 400_000, 9_000, 400_000, 100_000}) {
                List<java.util.concurrent.Future<int[]>> sorted = new ArrayList<>();
                List<int[]> expected = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    int[] array = random.ints(size).toArray();
                    int[] copy = array.clone();
                    Arrays.sort(copy);
                    expected.add(copy);
                    sorted.add(
                            scheduler.submit(
                                    () -> {
                                        sorter.sort(array);
                                        return array;
                                    }));
                }
                for (int i = 0; i < 3; i++) {
                    assertThat(sorted.get(i).get(60, java.util.concurrent.TimeUnit.SECONDS))
                            .isEqualTo(expected.get(i));
                }
            }
        }
    }
}
