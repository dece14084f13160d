package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.Fine.Item;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders that throw, contradict themselves, or take their time: no element is lost. */
class HostileComparatorTest {

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** An order that throws in one of its calls. */
    private static Comparator<Item> throwing(int call, Throwable thrown) {
        AtomicInteger calls = new AtomicInteger();
        return (left, right) -> {
            if (calls.incrementAndGet() == call) {
                HostileComparatorTest.<RuntimeException>sneak(thrown);
            }
            return Item.ORDER.compare(left, right);
        };
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void whatTheOrderThrowsArrivesAsItselfAndLeavesAPermutation(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int round = 0; round < 400; round++) {
                Item[] items = shaped(random, 1 + random.nextInt(1500));
                Item[] before = Fine.byPlace(items);
                Throwable thrown = round % 2 == 0 ? new Refused() : new StackOverflowError();
                int call = 1 + random.nextInt(items.length * 10);
                Comparator<Item> order = throwing(call, thrown);
                Throwable caught =
                        catchThrowable(
                                () -> Fine.sorts(scheduler).sort(items, 0, items.length, order));
                assertThat(caught).isIn(null, thrown);
                assertThat(Fine.byPlace(items)).isEqualTo(before);
                if (caught == null) {
                    assertThat(items).isSortedAccordingTo(Item.ORDER);
                }
            }
        }
    }

    /** Random, few keys, or two ascending halves, where TimSort merges much at once. */
    private static Item[] shaped(Random random, int size) {
        Item[] items = Fine.items(random, size, random.nextBoolean() ? 5 : Integer.MAX_VALUE);
        if (random.nextBoolean()) {
            Arrays.sort(items, 0, size / 3, Item.ORDER);
            Arrays.sort(items, size / 3, size, Item.ORDER);
        }
        return items;
    }

    /** One leaf, and calls around the whole sort: where TimSort has elements in its own buffer. */
    @Test
    void aLeafIsWholeWhereverItsOrderThrows() {
        Random random = new Random(7);
        try (Scheduler scheduler = Fine.scheduler(1)) {
            Sorter sorter = Sorter.on(scheduler);
            for (int call = 1; call < 3000; call += 7) {
                Item[] items = Fine.items(random, 600, 300);
                Item[] before = Fine.byPlace(items);
                Refused thrown = new Refused();
                Comparator<Item> order = throwing(call, thrown);
                assertThat(catchThrowable(() -> sorter.sort(items, order))).isSameAs(thrown);
                assertThat(Fine.byPlace(items)).isEqualTo(before);
            }
        }
    }

    @Test
    void checkedExceptionsAndErrorsArriveAsThemselvesInATask() throws Exception {
        List<Throwable> kinds =
                List.of(new Exception("checked"), new Error("error"), new Refused());
        try (Scheduler scheduler = Fine.scheduler(2)) {
            for (Throwable kind : kinds) {
                Item[] items = Fine.items(new Random(1), 1000, 50);
                Throwable caught =
                        scheduler
                                .submit(
                                        () ->
                                                catchThrowable(
                                                        () ->
                                                                Fine.sorts(scheduler)
                                                                        .sort(
                                                                                items,
                                                                                0,
                                                                                1000,
                                                                                throwing(
                                                                                        2000,
                                                                                        kind))))
                                .get(Fine.DEADLINE_SECONDS, TimeUnit.SECONDS);
                assertThat(caught).isSameAs(kind);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anOrderThatContradictsItselfLosesNothing(int workers) {
        Comparator<Item> coin = (left, right) -> ThreadLocalRandom.current().nextInt(3) - 1;
        Comparator<Item> always = (left, right) -> 1;
        Comparator<Item> never = (left, right) -> -1;
        Comparator<Item> circle =
                (left, right) -> Integer.compare((left.key() - right.key() + 300) % 3, 1);
        Comparator<Item> wrapping = (left, right) -> left.key() - right.key();
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (Comparator<Item> order : List.of(coin, always, never, circle, wrapping)) {
                for (int size : Fine.SIZES) {
                    Item[] items = Fine.items(random, size, Integer.MAX_VALUE);
                    assertKeepsAll(scheduler, items, order);
                }
            }
        }
    }

    private static void assertKeepsAll(Scheduler scheduler, Item[] items, Comparator<Item> order) {
        Item[] before = Fine.byPlace(items);
        Throwable caught =
                catchThrowable(() -> Fine.sorts(scheduler).sort(items, 0, items.length, order));
        if (caught != null) {
            assertThat(caught)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Comparison method violates its general contract!");
        }
        assertThat(Fine.byPlace(items)).isEqualTo(before);
    }

    @Test
    void aViolationThatTimSortNoticesArrivesAsItself() {
        Random random = new Random(9);
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Throwable caught = null;
            for (int round = 0; round < 100 && caught == null; round++) {
                Item[] items = Fine.items(random, 20_000, Integer.MAX_VALUE);
                Item[] before = Fine.byPlace(items);
                Comparator<Item> coin = (left, right) -> random.nextInt(3) - 1;
                caught = catchThrowable(() -> Sorter.on(scheduler).sort(items, coin));
                assertThat(Fine.byPlace(items)).isEqualTo(before);
            }
            assertThat(caught)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Comparison method violates its general contract!");
        }
    }

    /** While one leaf is in a comparison, the other one fails: the first one stops right then. */
    @Test
    void siblingsStopAtTheirNextComparison() {
        int size = 2 * Grains.DEFAULT.leaf();
        Item[] items = Fine.items(new Random(10), size, Integer.MAX_VALUE);
        Item[] before = Fine.byPlace(items);
        Control control = new Control(null, 0, null);
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicInteger later = new AtomicInteger();
        Refused thrown = new Refused();
        Comparator<Item> order =
                (left, right) -> {
                    if (control.hasFailed()) {
                        later.incrementAndGet();
                    } else if (Math.abs(left.place() - right.place()) == 1) { // no sample
                        if (left.place() >= size / 2) {
                            waiting.countDown();
                            await().until(control::hasFailed);
                        } else {
                            await().until(() -> waiting.getCount() == 0);
                            throw thrown;
                        }
                    }
                    return Item.ORDER.compare(left, right);
                };
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Setup setup =
                    new Setup(
                            scheduler,
                            new Workspace(),
                            () -> control,
                            Grains.DEFAULT,
                            (outer, longs) -> Arrays.sort(longs),
                            false);
            Throwable caught =
                    catchThrowable(() -> new ComparatorSorts(setup).sort(items, 0, size, order));
            assertThat(caught).isSameAs(thrown);
        }
        assertThat(later.get()).isZero();
        assertThat(Fine.byPlace(items)).isEqualTo(before);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Fine.DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
}
