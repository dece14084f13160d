package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Task;
import dev.magpie.scheduler.TaskScope;
import dev.magpie.sorting.Fine.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorts by comparators that are stopped leave a permutation, and stop soon. */
class StoppedComparatorSortTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void cancelledAtAnyCallLeavesAPermutation(int workers) {
        Random random = new Random(workers);
        int cancellations = 0;
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int round = 0; round < 600; round++) {
                Item[] items = Fine.items(random, 1 + random.nextInt(2000), 50);
                Item[] before = Fine.byPlace(items);
                int last = random.nextInt(200);
                AtomicInteger calls = new AtomicInteger();
                Setup setup = Fine.setup(scheduler, () -> calls.incrementAndGet() > last);
                Throwable caught =
                        catchThrowable(
                                () ->
                                        new ComparatorSorts(setup)
                                                .sort(items, 0, items.length, Item.ORDER));
                if (caught == null) {
                    assertThat(items).isSortedAccordingTo(Item.ORDER);
                } else {
                    assertThat(caught)
                            .isExactlyInstanceOf(CancellationException.class)
                            .hasMessage("sort was cancelled");
                    cancellations++;
                }
                assertThat(Fine.byPlace(items)).isEqualTo(before);
            }
        }
        assertThat(cancellations).isBetween(100, 590);
    }

    /** In each of its passes, of which the last one overwrites the array. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aSelectionCancelledAtAnyCallLeavesAPermutation(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int size : new int[] {100, 1000}) {
                Item[] items = Fine.items(random, size, 500);
                boolean ended = false;
                for (int last = 0; !ended; last++) {
                    Item[] array = items.clone();
                    int allowed = last;
                    AtomicInteger calls = new AtomicInteger();
                    Setup setup = Fine.setup(scheduler, () -> calls.getAndIncrement() >= allowed);
                    Throwable caught =
                            catchThrowable(
                                    () ->
                                            new ComparatorSorts(setup)
                                                    .nthElement(
                                                            array, 0, size, size / 3, Item.ORDER));
                    assertThat(Fine.byPlace(array)).as("after %d", last).isEqualTo(items);
                    ended = caught == null;
                    if (!ended) {
                        assertThat(caught).isExactlyInstanceOf(CancellationException.class);
                    }
                }
            }
        }
    }

    /** Counted in comparisons: a sequential leaf does not go on to its end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aLeafStopsWithinAFewHundredComparisons(int workers) {
        int size = 200_000;
        Item[] items = Fine.items(new Random(workers), size, Integer.MAX_VALUE);
        Item[] before = Fine.byPlace(items);
        AtomicBoolean cancelled = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        Comparator<Item> order =
                (left, right) -> {
                    if (calls.incrementAndGet() == 5000) {
                        cancelled.set(true);
                    }
                    return Item.ORDER.compare(left, right);
                };
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            Sorter sorter = Sorter.on(scheduler).cancelWith(cancelled::get);
            assertThatThrownBy(() -> sorter.sort(items, order))
                    .isInstanceOf(CancellationException.class);
        }
        // the first that asks stops all; until then others may compare as fast as they can
        assertThat(calls.get()).isLessThan(size);
        assertThat(Fine.byPlace(items)).isEqualTo(before);
    }

    @Test
    void aSlowOrderRunsOutOfTime() {
        Item[] items = Fine.items(new Random(3), 100_000, Integer.MAX_VALUE);
        Item[] before = Fine.byPlace(items);
        long never = TimeUnit.SECONDS.toNanos(Fine.DEADLINE_SECONDS);
        long start = System.nanoTime();
        Comparator<Item> order =
                (left, right) -> {
                    assertThat(System.nanoTime() - start).isLessThan(never);
                    LockSupport.parkNanos(1);
                    return Item.ORDER.compare(left, right);
                };
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter sorter = Sorter.on(scheduler).timeout(Duration.ofMillis(20));
            assertThatThrownBy(() -> sorter.sort(items, order))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("sort timed out");
        }
        assertThat(Fine.byPlace(items)).isEqualTo(before);
    }

    /** The engine drops tasks of the sort that have not started; some comparison cancels it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aScopeThatIsCancelledAroundItLeavesAPermutation(int workers) throws Exception {
        Random random = new Random(workers);
        int cancellations = 0;
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int round = 0; round < 300; round++) {
                Item[] items = Fine.items(random, 500 + random.nextInt(3000), 50);
                Item[] before = Fine.byPlace(items);
                int last = random.nextInt(40_000);
                AtomicInteger calls = new AtomicInteger();
                Throwable[] caught = new Throwable[1];
                boolean[] sorted = new boolean[1];
                try (var scope = scheduler.openScope(TaskScope.Joiner.awaitAll())) {
                    Comparator<Item> order =
                            (left, right) -> {
                                if (calls.incrementAndGet() == last) {
                                    scope.cancel();
                                }
                                return Item.ORDER.compare(left, right);
                            };
                    scope.fork(
                            () -> {
                                caught[0] =
                                        catchThrowable(
                                                () ->
                                                        Fine.sorts(scheduler)
                                                                .sort(
                                                                        items,
                                                                        0,
                                                                        items.length,
                                                                        order));
                                sorted[0] = caught[0] == null;
                            });
                    Throwable unused = catchThrowable(scope::join);
                }
                if (sorted[0]) {
                    assertThat(items).isSortedAccordingTo(Item.ORDER);
                } else {
                    assertThat(caught[0]).isInstanceOf(CancellationException.class);
                    cancellations++;
                }
                assertThat(Fine.byPlace(items)).isEqualTo(before);
            }
        }
        assertThat(cancellations).isBetween(30, 299);
    }

    @Test
    void afterACancellationNoComparisonIsMade() throws Exception {
        Random random = new Random(11);
        try (Scheduler scheduler = Fine.scheduler(4)) {
            for (int round = 0; round < 100; round++) {
                Item[] items = Fine.items(random, 3000, 50);
                AtomicBoolean ended = new AtomicBoolean();
                AtomicInteger calls = new AtomicInteger();
                AtomicInteger late = new AtomicInteger();
                Comparator<Item> order =
                        (left, right) -> {
                            calls.incrementAndGet();
                            if (ended.get()) {
                                late.incrementAndGet();
                            }
                            return Item.ORDER.compare(left, right);
                        };
                Task<?> task =
                        scheduler.submit(
                                () -> {
                                    Throwable unused =
                                            catchThrowable(
                                                    () ->
                                                            Fine.sorts(scheduler)
                                                                    .sort(items, 0, 3000, order));
                                    ended.set(true);
                                });
                int last = random.nextInt(30_000);
                await().until(() -> task.isDone() || calls.get() >= last);
                task.cancel(true);
                await().until(ended::get);
                assertThat(scheduler.awaitQuiescence(Fine.DEADLINE_SECONDS, TimeUnit.SECONDS))
                        .isTrue();
                assertThat(late.get()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aSortThatRunsWhenItsSchedulerIsShutDownGoesOnToItsEnd(int workers) {
        Random random = new Random(workers);
        for (int round = 0; round < 10; round++) {
            Item[] items = Fine.items(random, 3000, 50);
            Item[] expected = items.clone();
            Arrays.sort(expected, Item.ORDER);
            int last = 1 + random.nextInt(20_000);
            AtomicInteger calls = new AtomicInteger();
            try (Scheduler scheduler = Fine.scheduler(workers)) {
                Comparator<Item> order =
                        (left, right) -> {
                            if (calls.incrementAndGet() == last) {
                                assertThat(scheduler.shutdownNow()).isEmpty();
                            }
                            return Item.ORDER.compare(left, right);
                        };
                Fine.sorts(scheduler).sort(items, 0, 3000, order);
            }
            assertThat(items).isEqualTo(expected);
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Fine.DEADLINE_SECONDS, TimeUnit.SECONDS)
                .pollInterval(Duration.ofNanos(100_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void sortsThatShareASchedulerDoNotDisturbEachOther(int workers) throws Exception {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            ComparatorSorts sorts = Fine.sorts(scheduler);
            List<Task<?>> tasks = new ArrayList<>();
            for (int round = 0; round < 60; round++) {
                Item[] items = Fine.items(random, 2000 + round, 50);
                Item[] expected = items.clone();
                Arrays.sort(expected, Item.ORDER);
                boolean fails = round % 3 == 0;
                AtomicInteger calls = new AtomicInteger();
                int last = random.nextInt(10_000);
                Comparator<Item> order =
                        (left, right) -> {
                            if (fails && calls.incrementAndGet() == last) {
                                throw new IllegalStateException("by the test");
                            }
                            return Item.ORDER.compare(left, right);
                        };
                tasks.add(
                        scheduler.submit(
                                () -> {
                                    Throwable caught =
                                            catchThrowable(
                                                    () ->
                                                            sorts.sort(
                                                                    items, 0, items.length, order));
                                    if (caught == null) {
                                        assertThat(items).isEqualTo(expected);
                                    } else {
                                        assertThat(fails).isTrue();
                                        assertThat(Fine.byPlace(items))
                                                .isEqualTo(Fine.byPlace(expected));
                                    }
                                }));
            }
            for (Task<?> task : tasks) {
                task.get(Fine.DEADLINE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void anOrderMaySortOnTheSameScheduler() {
        Item[] items = Fine.items(new Random(5), 300, 20);
        Item[] expected = items.clone();
        Arrays.sort(expected, Item.ORDER);
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Comparator<Item> order =
                    (left, right) -> {
                        Item[] inner = Fine.items(new Random(left.place()), 40, 5);
                        Fine.sorts(scheduler).sort(inner, 0, 40, Item.ORDER);
                        assertThat(inner).isSortedAccordingTo(Item.ORDER);
                        return Item.ORDER.compare(left, right);
                    };
            Fine.sorts(scheduler).sort(items, 0, 300, order);
        }
        assertThat(items).isEqualTo(expected);
    }
}
