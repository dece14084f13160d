package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.Fine.Item;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders without sorting, sorts by keys, and sorts of two arrays. */
class IndirectSortTest {

    /** Cut finely. */
    private static Sorter sorter(Scheduler scheduler) {
        return Sorter.on(scheduler).grain(2 * Fine.GRAINS.leaf());
    }

    /** The model: boxed indices by TimSort. */
    private static int[] model(int size, Comparator<Integer> order) {
        return IntStream.range(0, size).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
    }

    // ---- the order alone

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void argsortIsStableAtEverySize(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            Sorter sorts = sorter(scheduler);
            for (int size : Fine.SIZES) {
                Item[] items = Fine.items(random, size, 9);
                Item[] before = items.clone();
                int[] ints = random.ints(size, -9, 9).toArray();
                long[] longs = Arrays.stream(ints).mapToLong(i -> i * (1L << 40)).toArray();
                double[] doubles = Arrays.stream(ints).mapToDouble(i -> i / 3.0).toArray();
                int[] byInts = model(size, Comparator.comparingInt(i -> ints[i]));
                assertThat(sorts.argsort(items, Item.ORDER))
                        .isEqualTo(model(size, Comparator.comparingInt(i -> items[i].key())));
                assertThat(items).isEqualTo(before);
                assertThat(sorts.argsort(ints)).isEqualTo(byInts);
                assertThat(sorts.argsort(longs)).isEqualTo(byInts);
                assertThat(sorts.argsort(doubles)).isEqualTo(byInts);
            }
        }
    }

    @Test
    void argsortKnowsAllValuesOfEachType() {
        Random random = new Random(1);
        int size = 20_001;
        int[] bits = random.ints(size).toArray();
        bits[0] = Integer.MIN_VALUE;
        bits[1] = Integer.MAX_VALUE;
        long[] longs = random.longs(size).toArray();
        longs[0] = Long.MIN_VALUE;
        longs[1] = Long.MAX_VALUE;
        float[] floats = new float[size];
        double[] doubles = new double[size];
        short[] shorts = new short[size];
        char[] chars = new char[size];
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            floats[i] = i % 7 == 0 ? special(i) : Float.intBitsToFloat(bits[i]);
            doubles[i] = i % 7 == 0 ? special(i) : Double.longBitsToDouble(longs[i]);
            shorts[i] = (short) bits[i];
            chars[i] = (char) bits[i];
            bytes[i] = (byte) bits[i];
        }
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter sorter = Sorter.on(scheduler);
            assertThat(sorter.argsort(bits))
                    .isEqualTo(model(size, Comparator.comparing(i -> bits[i])));
            assertThat(sorter.argsort(longs))
                    .isEqualTo(model(size, Comparator.comparing(i -> longs[i])));
            assertThat(sorter.argsort(floats))
                    .isEqualTo(model(size, Comparator.comparing(i -> floats[i])));
            assertThat(sorter.argsort(doubles))
                    .isEqualTo(model(size, Comparator.comparing(i -> doubles[i])));
            assertThat(sorter.argsort(shorts))
                    .isEqualTo(model(size, Comparator.comparing(i -> shorts[i])));
            assertThat(sorter.argsort(chars))
                    .isEqualTo(model(size, Comparator.comparing(i -> chars[i])));
            assertThat(sorter.argsort(bytes))
                    .isEqualTo(model(size, Comparator.comparing(i -> bytes[i])));
        }
    }

    private static float special(int index) {
        float[] values = {
            0.0f, -0.0f, Float.NaN, -Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
        };
        return values[index / 7 % values.length];
    }

    @Test
    void argsortOfObjectsTakesTheNaturalOrder() {
        String[] words = {"d", "b", "a", "b", "c"};
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter sorter = Sorter.on(scheduler);
            assertThat(sorter.argsort(words)).containsExactly(2, 1, 3, 4, 0);
            assertThat(sorter.argsort(words, Comparator.reverseOrder()))
                    .containsExactly(0, 4, 1, 3, 2);
        }
    }

    // ---- by keys

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void sortsByAKeyAreStableAtEverySize(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            Sorter sorts = sorter(scheduler);
            for (int size : Fine.SIZES) {
                Item[] items = Fine.items(random, size, 9);
                Item[] expected = items.clone();
                Arrays.sort(expected, Item.ORDER);
                Item[] byInt = items.clone();
                Item[] byLong = items.clone();
                Item[] byDouble = items.clone();
                sorts.sortBy(items, Item::key);
                sorts.sortByInt(byInt, Item::key);
                sorts.sortByLong(byLong, item -> item.key() * (1L << 40));
                sorts.sortByDouble(byDouble, item -> item.key() / 3.0);
                assertThat(items).isEqualTo(expected);
                assertThat(byInt).isEqualTo(expected);
                assertThat(byLong).isEqualTo(expected);
                assertThat(byDouble).isEqualTo(expected);
            }
        }
    }

    @Test
    void aKeyIsComputedOnceForEachElement() {
        Item[] items = Fine.items(new Random(2), 30_000, 1000);
        AtomicInteger[] calls = new AtomicInteger[items.length];
        Arrays.setAll(calls, i -> new AtomicInteger());
        try (Scheduler scheduler = Fine.scheduler(3)) {
            Sorter.on(scheduler)
                    .sortBy(
                            items,
                            item -> {
                                calls[item.place()].incrementAndGet();
                                return "" + item.key();
                            });
        }
        assertThat(calls).allMatch(count -> count.get() == 1);
        assertThat(items).isSortedAccordingTo(Comparator.comparing(item -> "" + item.key()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aKeyFunctionThatThrowsLeavesTheArrayAsItWas(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            Sorter sorts = sorter(scheduler);
            for (int round = 0; round < 100; round++) {
                Item[] items = Fine.items(random, 1 + random.nextInt(3000), 50);
                Item[] before = items.clone();
                int bad = random.nextInt(items.length);
                IllegalStateException thrown = new IllegalStateException("by the test");
                Function<Item, Integer> key =
                        item -> {
                            if (item.place() == bad) {
                                throw thrown;
                            }
                            return item.key();
                        };
                assertThatThrownBy(() -> sorts.sortBy(items, key)).isSameAs(thrown);
                assertThatThrownBy(() -> sorts.sortByInt(items, key::apply)).isSameAs(thrown);
                assertThatThrownBy(() -> sorts.sortByLong(items, key::apply)).isSameAs(thrown);
                assertThatThrownBy(() -> sorts.sortByDouble(items, key::apply)).isSameAs(thrown);
                assertThat(items).isEqualTo(before);
            }
        }
    }

    @Test
    void keysAreComputedNoMoreSoonAfterTheTaskAroundIsCancelled() {
        Item[] items = Fine.items(new Random(6), 50_000, 50);
        Item[] before = items.clone();
        AtomicInteger calls = new AtomicInteger();
        try (Scheduler scheduler = Fine.scheduler(1);
                var scope = scheduler.openScope()) {
            Sorter sorts = sorter(scheduler);
            scope.fork(
                    () ->
                            sorts.sortByInt(
                                    items,
                                    item -> {
                                        if (calls.incrementAndGet() == 100) {
                                            scope.cancel();
                                        }
                                        return item.key();
                                    }));
            assertThatThrownBy(scope::join).isInstanceOf(CancellationException.class);
        }
        assertThat(calls.get()).isBetween(100, 2000);
        assertThat(items).isEqualTo(before);
    }

    @Test
    void keysAreComputedNoMoreSoonAfterTheSortIsCancelled() {
        Item[] items = Fine.items(new Random(6), 50_000, 50);
        Item[] before = items.clone();
        AtomicInteger calls = new AtomicInteger();
        try (Scheduler scheduler = Fine.scheduler(1)) {
            Sorter sorts = sorter(scheduler).cancelWith(() -> calls.get() >= 100);
            assertThatThrownBy(
                            () ->
                                    sorts.sortByInt(
                                            items,
                                            item -> {
                                                calls.incrementAndGet();
                                                return item.key();
                                            }))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(calls.get()).isBetween(100, 2000);
        assertThat(items).isEqualTo(before);
    }

    @Test
    void aShortArrayIsSortedByTheCallerAlone() {
        Item[] items = Fine.items(new Random(7), Fine.GRAINS.leaf(), 50);
        Thread caller = Thread.currentThread();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            scheduler.shutdown();
            sorter(scheduler)
                    .sortByLong(
                            items,
                            item -> {
                                assertThat(Thread.currentThread()).isSameAs(caller);
                                return item.key();
                            });
        }
        assertThat(items).isSortedAccordingTo(Item.ORDER);
    }

    @Test
    void keepsItsBuffersAndNoElementInThem() {
        Workspace workspace = new Workspace();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter.on(scheduler)
                    .workspace(workspace)
                    .sortBy(Fine.items(new Random(8), 20_000, 100), Item::key);
        }
        assertThat(workspace.objects.take(0)).hasSize(20_000).containsOnlyNulls();
        assertThat(workspace.ints.take(0)).hasSize(20_000);
    }

    @Test
    void aKeyThatIsNullIsRefused() {
        Item[] items = Fine.items(new Random(3), 100, 50);
        Item[] before = items.clone();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter sorter = Sorter.on(scheduler);
            assertThatThrownBy(() -> sorter.<Item, Integer>sortBy(items, item -> null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> sorter.sortByInt(items, null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("key");
        }
        assertThat(items).isEqualTo(before);
    }

    // ---- two arrays

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void valuesFollowTheirKeysAtEverySize(int workers) {
        Random random = new Random(workers);
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            Sorter sorts = sorter(scheduler);
            for (int size : Fine.SIZES) {
                int[] keys = random.ints(size, -9, 9).toArray();
                int[] places = model(size, Comparator.comparingInt(i -> keys[i]));
                Integer[] objects = IntStream.range(0, size).boxed().toArray(Integer[]::new);
                Integer[] boxed = Arrays.stream(keys).boxed().toArray(Integer[]::new);
                long[] longs = Arrays.stream(keys).asLongStream().toArray();
                double[] doubles = Arrays.stream(keys).asDoubleStream().toArray();

                int[] intValues = IntStream.range(0, size).toArray();
                sorts.sortTogether(keys.clone(), intValues);
                assertThat(intValues).isEqualTo(places);

                Integer[] values = objects.clone();
                sorts.sortTogether(keys.clone(), values);
                assertPlaces(values, places);

                long[] longValues = IntStream.range(0, size).asLongStream().toArray();
                long[] longKeys = longs.clone();
                sorts.sortTogether(longKeys, longValues);
                assertThat(longValues).isEqualTo(Arrays.stream(places).asLongStream().toArray());
                Arrays.sort(longs);
                assertThat(longKeys).isEqualTo(longs);

                values = objects.clone();
                sorts.sortTogether(doubles, values);
                assertPlaces(values, places);
                assertThat(doubles).isSorted();

                values = objects.clone();
                sorts.sortTogether(boxed, values, null);
                assertPlaces(values, places);
                assertThat(boxed).isSorted();
            }
        }
    }

    private static void assertPlaces(Integer[] values, int[] places) {
        assertThat(Arrays.stream(values).mapToInt(Integer::intValue).toArray()).isEqualTo(places);
    }

    @Test
    void theSorterSortsTwoArraysOfEachKind() {
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter sorter = Sorter.on(scheduler);
            int[] ints = {3, 1, 2};
            int[] intValues = {30, 10, 20};
            sorter.sortTogether(ints, intValues);
            assertThat(ints).containsExactly(1, 2, 3);
            assertThat(intValues).containsExactly(10, 20, 30);
            String[] words = {"c", "a", "b"};
            sorter.sortTogether(new int[] {3, 1, 2}, words);
            assertThat(words).containsExactly("a", "b", "c");
            long[] longs = {3, 1, 2};
            long[] longValues = {30, 10, 20};
            sorter.sortTogether(longs, longValues);
            assertThat(longs).containsExactly(1, 2, 3);
            assertThat(longValues).containsExactly(10, 20, 30);
            sorter.sortTogether(new long[] {1, 3, 2}, words);
            assertThat(words).containsExactly("a", "c", "b");
            sorter.sortTogether(new double[] {Double.NaN, 0.0, -0.0}, words);
            assertThat(words).containsExactly("b", "c", "a");
            sorter.sortTogether(new float[] {2, 3, -1}, words);
            assertThat(words).containsExactly("a", "b", "c");
            float[] floats = {30, 10, 20};
            sorter.sortTogether(new float[] {3, 1, 2}, floats);
            assertThat(floats).containsExactly(10, 20, 30);
            double[] doubles = {30, 10, 20};
            sorter.sortTogether(new double[] {3, 1, 2}, doubles);
            assertThat(doubles).containsExactly(10, 20, 30);
            String[] keys = {"x", "z", "y"};
            sorter.sortTogether(keys, words, Comparator.reverseOrder());
            assertThat(keys).containsExactly("z", "y", "x");
            assertThat(words).containsExactly("b", "c", "a");
            assertThatThrownBy(() -> sorter.sortTogether(new int[5], new int[4]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("values must be as long as keys, 5, was 4");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 0}) // without a buffer, too
    void anArrayThatIsGivenTwiceIsSortedOnce(int longestBuffer) {
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter sorter = sorter(scheduler).workspace(Workspace.limitedTo(longestBuffer));
            int[] keys = new Random(3).ints(1000, 0, 500).toArray();
            int[] values = keys.clone();
            sorter.together(keys).with(keys).with(values).with(values).sort();
            assertThat(keys).isSorted();
            assertThat(values).isEqualTo(keys);
        }
    }

    /** At any question whether to stop: keys and values still belong together. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void cancelledAnywhereBothArraysChangeOrNeitherDoes(int workers) {
        Random random = new Random(workers);
        int untouched = 0;
        int sorted = 0;
        try (Scheduler scheduler = Fine.scheduler(workers)) {
            int questions = questions(scheduler, random.ints(3000, 0, 1000).toArray());
            for (int last = 0; last < questions; last++) {
                int[] keys = random.ints(3000, 0, 1000).toArray();
                int[] before = keys.clone();
                int[] values = keys.clone();
                Throwable caught = cancelAfter(last, scheduler, keys, values);
                assertThat(caught).isInstanceOf(CancellationException.class);
                assertThat(values).isEqualTo(keys);
                if (Arrays.equals(keys, before)) {
                    untouched++;
                } else {
                    assertThat(keys).isSorted();
                    sorted++;
                }
            }
        }
        assertThat(untouched).isPositive();
        assertThat(sorted).isPositive();
    }

    /** How often a sort that goes on to its end asks whether to stop. */
    private static int questions(Scheduler scheduler, int[] keys) {
        AtomicInteger calls = new AtomicInteger();
        sorter(scheduler)
                .cancelWith(() -> calls.incrementAndGet() < 0)
                .sortTogether(keys, keys.clone());
        return calls.get();
    }

    private static Throwable cancelAfter(
            int questions, Scheduler scheduler, int[] keys, int[] values) {
        AtomicInteger calls = new AtomicInteger();
        Sorter sorts = sorter(scheduler).cancelWith(() -> calls.incrementAndGet() > questions);
        return catchThrowable(() -> sorts.sortTogether(keys, values));
    }

    @Test
    void tellsItsProgressToTheEnd() {
        Item[] items = Fine.items(new Random(5), 50_000, 1000);
        AtomicLong last = new AtomicLong();
        AtomicLong whole = new AtomicLong();
        try (Scheduler scheduler = Fine.scheduler(2)) {
            Sorter.on(scheduler)
                    .progress(
                            (done, total) -> {
                                assertThat(done).isGreaterThan(last.get());
                                assertThat(done).isLessThanOrEqualTo(total);
                                last.set(done);
                                whole.set(total);
                            })
                    .sortByLong(items, Item::key);
        }
        assertThat(last.get()).isEqualTo(whole.get()).isEqualTo(5 * 50_000L);
    }
}
