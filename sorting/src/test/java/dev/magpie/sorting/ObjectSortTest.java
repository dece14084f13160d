package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.Fine.Item;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectSortTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void isStableAtEverySizeAndNumberOfKeys(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int size : Fine.SIZES) {
                for (int keys : new int[] {1, 2, 5, 100, Integer.MAX_VALUE}) {
                    assertSorts(scheduler, Fine.items(random, size, keys));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void isStableForEveryShape(int workers) {
        int size = 3001;
        List<IntUnaryOperator> shapes =
                List.of(
                        i -> i,
                        i -> -i,
                        i -> 7,
                        i -> i / 2,
                        i -> -i / 2,
                        i -> i % 2,
                        i -> Math.min(i, size - i),
                        i -> i == size / 2 ? 0 : i,
                        i -> i == size - 1 ? 0 : i,
                        i -> i == size - 1 ? 0 : -i,
                        i -> i % 97 == 0 ? -i : i,
                        i -> i < size / 2 ? i + size : i,
                        i -> i < 9 ? size : i);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (IntUnaryOperator shape : shapes) {
                Item[] items = new Item[size];
                Arrays.setAll(items, i -> new Item(shape.applyAsInt(i), i));
                assertSorts(scheduler, items);
            }
        }
    }

    private static void assertSorts(Scheduler scheduler, Item[] items) {
        Item[] expected = items.clone();
        Arrays.sort(expected, Item.ORDER);
        Fine.sorts(scheduler).sort(items, 0, items.length, Item.ORDER);
        assertThat(items).isEqualTo(expected);
    }

    /** Where a merge that prefers the right run among equals is found out: one key, odd length. */
    @ParameterizedTest
    @ValueSource(ints = {16_385, 40_001})
    void isStableWithGrainsAsTheyAre(int size) {
        Item[] items = Fine.items(new Random(size), size, 3);
        Item[] expected = items.clone();
        Arrays.sort(expected, Item.ORDER);
        try (Scheduler scheduler = Fine.scheduler(4)) {
            Sorter.on(scheduler).sort(items, Item.ORDER);
        }
        assertThat(items).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"7, 991", "0, 1000", "0, 999", "1, 1000", "500, 500", "9, 26", "9, 25"})
    void touchesNothingOutsideTheRange(int from, int to) {
        Item[] items = Fine.items(new Random(from), 1000, 10);
        Item[] expected = items.clone();
        Arrays.sort(expected, from, to, Item.ORDER);
        try (Scheduler scheduler = Fine.scheduler(3)) {
            Fine.sorts(scheduler).sort(items, from, to, Item.ORDER);
        }
        assertThat(items).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "-1, 1", "0, 101", "101, 101", "100, 102", "-5, -6", "5, -1", "102, 3"})
    void refusesARangeAsTheSequentialSortDoes(int from, int to) {
        String[] array = new String[100];
        Arrays.fill(array, "");
        Throwable expected = catchThrowable(() -> Arrays.sort(array, from, to, null));
        try (Scheduler scheduler = Fine.scheduler(1)) {
            Sorter sorter = Sorter.on(scheduler);
            assertThatThrownBy(() -> sorter.sort(array, from, to, null))
                    .isExactlyInstanceOf(expected.getClass());
            assertThatThrownBy(() -> sorter.sort(array, from, to))
                    .isExactlyInstanceOf(expected.getClass());
        }
    }

    @Test
    void refusesNull() {
        try (Scheduler scheduler = Fine.scheduler(1)) {
            Sorter sorter = Sorter.on(scheduler);
            assertThatThrownBy(() -> sorter.sort((String[]) null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> sorter.sort((String[]) null, 2, 1, null))
                    .isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void naturalOrderIsTheOneOfTheElements() {
        Random random = new Random(1);
        Integer[] array = random.ints(20_001).boxed().toArray(Integer[]::new);
        Integer[] expected = array.clone();
        Arrays.sort(expected);
        Integer[] byNull = array.clone();
        Integer[] range = array.clone();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter sorter = Sorter.on(scheduler);
            sorter.sort(array);
            sorter.sort(byNull, null);
            sorter.sort(range, 1, 20_000);
        }
        assertThat(array).isEqualTo(expected);
        assertThat(byNull).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(range, 1, 20_000)).isSorted();
    }

    @Test
    void sortsNullsByAnOrderThatKnowsThem() {
        String[] array = new String[501];
        Arrays.setAll(array, i -> i % 3 == 0 ? null : "" + i * 31 % 17);
        String[] expected = array.clone();
        Comparator<String> order = Comparator.nullsFirst(Comparator.naturalOrder());
        Arrays.sort(expected, order);
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Fine.sorts(scheduler).sort(array, 0, array.length, order);
        }
        assertThat(array).isEqualTo(expected);
    }

    @Test
    void elementsThatAreNotComparableAreRefusedAndKept() {
        Object[] array = new Object[100];
        Arrays.setAll(array, i -> new Object());
        Object[] before = array.clone();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            assertThatThrownBy(() -> Fine.sorts(scheduler).sort(array, 0, 100, null))
                    .isInstanceOf(ClassCastException.class);
        }
        assertThat(array).containsExactlyInAnyOrder(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsInOrderOrStrictlyInTheOppositeOneCostsOneLook(boolean descending) {
        int size = 10_000;
        Integer[] array = new Integer[size];
        Arrays.setAll(array, i -> descending ? -i : i);
        LongAdder comparisons = new LongAdder();
        Comparator<Integer> order =
                (left, right) -> {
                    comparisons.increment();
                    return left.compareTo(right);
                };
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Fine.sorts(scheduler).sort(array, 0, size, order);
        }
        assertThat(array).isSorted();
        assertThat(comparisons.sum()).isLessThan(size + size / 10);
    }

    /** The array, or the last part of it that is so long. */
    @ParameterizedTest
    @ValueSource(ints = {10_000, 9_000, 1_000})
    void whatIsInNoOrderIsFoundOutByFewComparisons(int unordered) {
        int size = 10_000;
        Integer[] array = new Random(2).ints(size).boxed().toArray(Integer[]::new);
        Arrays.sort(array, 0, size - unordered);
        AtomicInteger comparisons = new AtomicInteger();
        Comparator<Object> order =
                (left, right) -> {
                    comparisons.incrementAndGet();
                    return ((Integer) left).compareTo((Integer) right);
                };
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Execution execution = Fine.setup(scheduler).begin();
            Shelf<Object[]> shelf = new Workspace().objects;
            Elements elements = new ObjectElements(array, 0, size, order, execution.control, shelf);
            assertThat(new NaturalRun(execution, elements, 0, size).becameAscending()).isFalse();
        }
        assertThat(comparisons.get()).isLessThan(70);
    }

    @Test
    void aShortArrayIsSortedByTheCallerAlone() {
        Item[] items = Fine.items(new Random(3), Grains.DEFAULT.leaf(), 100);
        Thread caller = Thread.currentThread();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            scheduler.shutdown();
            Sorter.on(scheduler)
                    .sort(
                            items,
                            (left, right) -> {
                                assertThat(Thread.currentThread()).isSameAs(caller);
                                return Item.ORDER.compare(left, right);
                            });
        }
        assertThat(items).isSortedAccordingTo(Item.ORDER);
    }

    @Test
    void aSchedulerThatIsShutDownRejectsAndLeavesTheArrayAlone() {
        Scheduler scheduler = Fine.scheduler(2);
        scheduler.close();
        Item[] items = Fine.items(new Random(4), 100_000, 100);
        Item[] before = items.clone();
        assertThatThrownBy(() -> Sorter.on(scheduler).sort(items, Item.ORDER))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(items).isEqualTo(before);
    }

    @Test
    void keepsNoElementAliveInItsBuffer() {
        Workspace workspace = new Workspace();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter.on(scheduler)
                    .workspace(workspace)
                    .sort(Fine.items(new Random(5), 20_000, 100), Item.ORDER);
        }
        Object[] buffer = workspace.objects.take(0);
        assertThat(buffer).hasSize(20_000).containsOnlyNulls();
    }

    @Test
    void tellsItsProgressToTheEnd() {
        Item[] items = Fine.items(new Random(6), 100_000, 1000);
        Deque<Long> calls = new ArrayDeque<>();
        AtomicInteger count = new AtomicInteger();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter.on(scheduler)
                    .progress(
                            (done, total) -> {
                                count.incrementAndGet();
                                assertThat(done).isLessThanOrEqualTo(total);
                                assertThat(total).isEqualTo(200_000);
                                assertThat(calls.isEmpty() || calls.peekLast() < done).isTrue();
                                calls.add(done);
                            })
                    .sort(items, Item.ORDER);
        }
        assertThat(calls.peekLast()).isEqualTo(200_000);
        assertThat(count.get()).isBetween(3, 100);
    }
}
