package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.Fine.Item;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorts by comparators without room for a buffer. */
class NoRoomTest {

    private static void sort(
            Scheduler scheduler,
            Item[] items,
            int from,
            int to,
            Comparator<Item> order,
            BooleanSupplier cancelled) {
        Execution execution = Fine.setup(scheduler, cancelled).begin();
        Elements elements =
                new ObjectElements(
                        items,
                        from,
                        to,
                        Fine.setup(scheduler).order(order),
                        execution.control,
                        noRoom());
        execution.perform(to - from, new StableSort(execution, elements, from, to));
    }

    private static <A> Shelf<A> noRoom() {
        return new Shelf<>(
                false,
                length -> {
                    throw new OutOfMemoryError("by the test");
                },
                array -> 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void isStableAtEverySize(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int size : Fine.SIZES) {
                for (int keys : new int[] {1, 2, 5, 100, Integer.MAX_VALUE}) {
                    assertSorts(scheduler, Fine.items(random, size, keys));
                }
            }
        }
    }

    @Test
    void isStableForRunsOfEveryLength() {
        Random random = new Random(1);
        try (Scheduler scheduler = Fine.scheduler(2)) {
            for (int split = 0; split <= 300; split += 3) {
                Item[] items = Fine.items(random, 300, 40);
                Arrays.sort(items, 0, split, Item.ORDER);
                Arrays.sort(items, split, 300, Item.ORDER);
                assertSorts(scheduler, items);
            }
        }
    }

    private static void assertSorts(Scheduler scheduler, Item[] items) {
        Item[] expected = items.clone();
        Arrays.sort(expected, Item.ORDER);
        sort(scheduler, items, 0, items.length, Item.ORDER, null);
        assertThat(items).isEqualTo(expected);
    }

    @Test
    void touchesNothingOutsideTheRange() {
        Item[] items = Fine.items(new Random(2), 1000, 10);
        Item[] expected = items.clone();
        Arrays.sort(expected, 77, 901, Item.ORDER);
        try (Scheduler scheduler = Fine.scheduler(3)) {
            sort(scheduler, items, 77, 901, Item.ORDER, null);
        }
        assertThat(items).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatTheOrderThrowsArrivesAndLeavesAPermutation(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            for (int round = 0; round < 300; round++) {
                Item[] items = Fine.items(random, 1 + random.nextInt(1500), 50);
                Item[] before = Fine.byPlace(items);
                IllegalStateException thrown = new IllegalStateException("by the test");
                AtomicInteger calls = new AtomicInteger();
                int last = 1 + random.nextInt(items.length * 12);
                Comparator<Item> order =
                        (left, right) -> {
                            if (calls.incrementAndGet() == last) {
                                throw thrown;
                            }
                            return Item.ORDER.compare(left, right);
                        };
                Throwable caught =
                        catchThrowable(() -> sort(scheduler, items, 0, items.length, order, null));
                assertThat(caught).isIn(null, thrown);
                assertThat(Fine.byPlace(items)).isEqualTo(before);
            }
        }
    }

    @Test
    void cancelledLeavesAPermutation() {
        Random random = new Random(3);
        try (Scheduler scheduler = Fine.scheduler(2)) {
            for (int last = 0; last < 60; last++) {
                Item[] items = Fine.items(random, 2000, 50);
                Item[] before = Fine.byPlace(items);
                AtomicInteger calls = new AtomicInteger();
                int limit = last;
                assertThatThrownBy(
                                () ->
                                        sort(
                                                scheduler,
                                                items,
                                                0,
                                                2000,
                                                Item.ORDER,
                                                () -> calls.incrementAndGet() > limit))
                        .isInstanceOf(CancellationException.class);
                assertThat(Fine.byPlace(items)).isEqualTo(before);
            }
        }
    }

    @Test
    void anOrderThatContradictsItselfLosesNothing() {
        Random random = new Random(4);
        List<Comparator<Item>> orders =
                List.of(
                        (left, right) -> ThreadLocalRandom.current().nextInt(3) - 1,
                        (left, right) -> 1,
                        (left, right) -> -1);
        try (Scheduler scheduler = Fine.scheduler(4)) {
            for (Comparator<Item> order : orders) {
                for (int size : Fine.SIZES) {
                    Item[] items = Fine.items(random, size, 1000);
                    Item[] before = Fine.byPlace(items);
                    sort(scheduler, items, 0, size, order, null);
                    assertThat(Fine.byPlace(items)).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void primitivesAreMergedInPlaceToo() {
        int[] ints = new Random(5).ints(3001, 0, 500).toArray();
        int[] expected = ints.clone();
        Arrays.sort(expected);
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Execution execution = Fine.setup(scheduler).begin();
            Elements elements =
                    new IntElements(ints, 0, 3001, Integer::compare, execution.control, noRoom());
            execution.perform(3001, new StableSort(execution, elements, 0, 3001));
        }
        assertThat(ints).isEqualTo(expected);
    }

    /** The array takes more than half of the heap. */
    @Test
    void aHeapWithRoomForOneArrayOnlyIsEnough() throws Exception {
        assertThat(saidInASmallHeap(SmallHeap.class)).endsWith("no room, and sorted");
    }

    @Test
    void aHeapWithoutRoomForKeysIsEnough() throws Exception {
        assertThat(saidInASmallHeap(FullHeap.class)).endsWith("no room, and sorted");
    }

    @Test
    void aHeapWithoutRoomForSumsLeavesAPermutation() throws Exception {
        assertThat(saidInASmallHeap(NoSums.class)).endsWith("no room, and nothing changed");
    }

    private static String saidInASmallHeap(Class<?> program) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx24m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName())
                        .redirectErrorStream(true)
                        .start();
        try {
            assertThat(process.waitFor(Fine.DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new String(process.getInputStream().readAllBytes()).trim();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Sorts a bucket when the heap has less room than its keys take. */
    static final class FullHeap {

        private static final int SIZE = 1 << 18;

        public static void main(String[] args) {
            double[] data = new Random(7).doubles(SIZE).toArray();
            double[] other = new double[SIZE];
            DoubleRadixKernel kernel = new DoubleRadixKernel();
            List<byte[]> ballast = new ArrayList<>();
            try {
                while (ballast.size() < SIZE) {
                    ballast.add(new byte[SIZE]);
                }
            } catch (OutOfMemoryError expected) {
                kernel.sort(data, 0, other, 0, SIZE, true);
            }
            ballast.clear();
            boolean sorted = true;
            for (int i = 1; i < SIZE; i++) {
                sorted &= other[i - 1] < other[i];
            }
            System.out.println("no room, and " + (sorted ? "sorted" : "not"));
        }
    }

    /** Sums counters up when the heap has less room than the sums take. */
    static final class NoSums {

        private static final int SIZE = 1 << 18;
        private static final int VALUES = 1 << 12;

        public static void main(String[] args) {
            int[] array = new Random(8).ints(SIZE, 0, VALUES).toArray();
            int[] before = array.clone();
            IntSample sample = new IntSample(array, 0, SIZE);
            IntCountingSort steps = IntCountingSort.of(array, 0, SIZE, SIZE, sample);
            steps.next().forEach(Runnable::run);
            byte[][] ballast = new byte[SIZE][];
            boolean room = true;
            try {
                for (int i = 0; i < SIZE; i++) {
                    ballast[i] = new byte[VALUES];
                }
            } catch (OutOfMemoryError expected) {
                room = hasRoom(steps);
            }
            Arrays.fill(ballast, null);
            System.out.println(
                    (room ? "room" : "no room")
                            + ", and "
                            + (Arrays.equals(array, before) ? "nothing changed" : "changed"));
        }

        private static boolean hasRoom(IntCountingSort steps) {
            try {
                return !steps.next().isEmpty();
            } catch (OutOfMemoryError expected) {
                steps.restore();
                return false;
            }
        }
    }

    /** Sorts an array of 12 MB in a heap of 24 MB. */
    static final class SmallHeap {

        private static final int SIZE = 3 << 20;

        public static void main(String[] args) {
            Random random = new Random(6);
            Integer[] few = new Integer[100];
            Arrays.setAll(few, i -> i);
            Integer[] array = new Integer[SIZE];
            Arrays.setAll(array, i -> few[random.nextInt(few.length)]);
            boolean room = true;
            try {
                room = new Object[SIZE].length == 0;
            } catch (OutOfMemoryError expected) {
                room = false;
            }
            try (Scheduler scheduler = Fine.scheduler(2)) {
                Sorter.on(scheduler).sort(array, Comparator.naturalOrder());
            }
            boolean sorted = true;
            for (int i = 1; i < SIZE; i++) {
                sorted &= array[i - 1] <= array[i];
            }
            System.out.println(
                    (room ? "room" : "no room") + ", and " + (sorted ? "sorted" : "not"));
        }
    }
}
