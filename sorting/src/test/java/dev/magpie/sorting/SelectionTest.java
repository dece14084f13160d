package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descending order, order looked at, parts of an order, and merges. */
class SelectionTest {

    private static final int[] SIZES = {1, 2, 63, 64, 65, 129, 1000, 5003};

    private static Scheduler[] schedulers;

    @BeforeAll
    static void start() {
        schedulers =
                IntStream.of(1, 3)
                        .mapToObj(workers -> Scheduler.builder().workers(workers).build())
                        .toArray(Scheduler[]::new);
    }

    @AfterAll
    static void stop() {
        for (Scheduler scheduler : schedulers) {
            scheduler.close();
        }
    }

    /** In short parts; without any buffer, too. */
    private static List<Sorter> sorters() {
        List<Sorter> sorters = new ArrayList<>();
        for (Scheduler scheduler : schedulers) {
            Sorter sorter = Sorter.on(scheduler).grain(64);
            sorters.add(sorter);
            sorters.add(sorter.workspace(Workspace.limitedTo(0)));
        }
        return sorters;
    }

    private static int[] descending(int[] array) {
        return IntStream.of(array)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .mapToInt(value -> value)
                .toArray();
    }

    @ParameterizedTest
    @EnumSource
    void aReversedSorterDescends(Patterns pattern) {
        for (Sorter sorter : sorters()) {
            Sorter reversed = sorter.reversed();
            for (int size : SIZES) {
                int[] ints = pattern.ints(size, 1);
                int[] expected = descending(ints);
                reversed.sort(ints);
                assertThat(ints).isEqualTo(expected);
                assertThat(reversed.isSorted(ints)).isTrue();
                double[] doubles = pattern.doubles(size, 1);
                double[] ascending = doubles.clone();
                Arrays.sort(ascending);
                reversed.sort(doubles);
                for (int i = 0; i < size; i++) {
                    assertThat(Double.compare(doubles[i], ascending[size - 1 - i])).isZero();
                }
                byte[] bytes = pattern.bytes(size, 1);
                byte[] few = bytes.clone();
                Arrays.sort(few);
                reversed.sort(bytes);
                for (int i = 0; i < size; i++) {
                    assertThat(bytes[i]).isEqualTo(few[size - 1 - i]);
                }
            }
        }
    }

    @Test
    void aReversedSorterLeavesTheRestAlone() {
        int[] array = Patterns.RANDOM.ints(3000, 4);
        int[] before = array.clone();
        sorters().get(0).reversed().sort(array, 500, 2500);
        assertThat(Arrays.copyOf(array, 500)).isEqualTo(Arrays.copyOf(before, 500));
        assertThat(Arrays.copyOfRange(array, 2500, 3000))
                .isEqualTo(Arrays.copyOfRange(before, 2500, 3000));
        assertThat(Arrays.copyOfRange(array, 500, 2500))
                .isEqualTo(descending(Arrays.copyOfRange(before, 500, 2500)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 64, 65, 1000, 4001})
    void seesOneElementOutOfOrder(int size) {
        for (Sorter sorter : sorters()) {
            long[] array = LongStream.range(0, size).toArray();
            assertThat(sorter.isSorted(array)).isTrue();
            assertThat(sorter.reversed().isSorted(array)).isEqualTo(size < 2);
            for (int i = 1; i < size; i += 1 + size / 50) {
                long kept = array[i];
                array[i] = array[i - 1] - 1;
                assertThat(sorter.isSorted(array)).as("at %d", i).isFalse();
                array[i] = array[i - 1];
                assertThat(sorter.isSorted(array)).as("equal at %d", i).isTrue();
                array[i] = kept;
            }
        }
    }

    @Test
    void isSortedKnowsEveryType() {
        Sorter sorter = sorters().get(0);
        assertThat(sorter.isSorted(new float[] {-0.0f, 0.0f, Float.NaN})).isTrue();
        assertThat(sorter.isSorted(new float[] {0.0f, -0.0f})).isFalse();
        assertThat(sorter.isSorted(new double[] {Double.NaN, 1})).isFalse();
        assertThat(sorter.reversed().isSorted(new double[] {Double.NaN, 1, -0.0})).isTrue();
        assertThat(sorter.isSorted(new short[] {-1, 0})).isTrue();
        assertThat(sorter.isSorted(new char[] {'\uffff', 'a'})).isFalse();
        assertThat(sorter.isSorted(new byte[] {1, -1})).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void nthElementPartsTheArray(Patterns pattern) {
        SplittableRandom random = new SplittableRandom(pattern.ordinal());
        for (Sorter sorter : sorters()) {
            for (int size : SIZES) {
                for (int index : new int[] {0, size - 1, size / 2, random.nextInt(size)}) {
                    int[] array = pattern.ints(size, 2);
                    int[] sorted = array.clone();
                    Arrays.sort(sorted);
                    sorter.nthElement(array, index);
                    assertParted(array, sorted, index);
                    int[] other = pattern.ints(size, 2);
                    sorter.reversed().nthElement(other, size - 1 - index);
                    assertParted(
                            IntStream.range(0, size).map(i -> other[size - 1 - i]).toArray(),
                            sorted,
                            index);
                }
            }
        }
    }

    private static void assertParted(int[] array, int[] sorted, int index) {
        assertThat(array[index]).isEqualTo(sorted[index]);
        for (int i = 0; i < index; i++) {
            assertThat(array[i]).isLessThanOrEqualTo(array[index]);
        }
        for (int i = index; i < array.length; i++) {
            assertThat(array[i]).isGreaterThanOrEqualTo(array[index]);
        }
        int[] again = array.clone();
        Arrays.sort(again);
        assertThat(again).as("a permutation").isEqualTo(sorted);
    }

    @Test
    void nthElementKnowsEveryType() {
        Sorter sorter = sorters().get(0);
        float[] floats = {3, Float.NaN, 1};
        sorter.nthElement(floats, 1);
        assertThat(floats[1]).isEqualTo(3f);
        char[] chars = {'c', 'a', 'b'};
        sorter.nthElement(chars, 0);
        assertThat(chars[0]).isEqualTo('a');
        long[] longs = {5, Long.MIN_VALUE, 7};
        sorter.nthElement(longs, 2);
        assertThat(longs[2]).isEqualTo(7);
        assertThatThrownBy(() -> sorter.nthElement(new int[3], 3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("3");
        assertThatThrownBy(() -> sorter.nthElement(new byte[0], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @EnumSource
    void topKIsTheBeginningOfTheOppositeOrder(Patterns pattern) {
        for (Sorter sorter : sorters()) {
            for (int size : SIZES) {
                for (int count : new int[] {0, 1, size / 3, size}) {
                    int[] array = pattern.ints(size, 3);
                    int[] before = array.clone();
                    assertThat(sorter.topK(array, count))
                            .isEqualTo(Arrays.copyOf(descending(array), count));
                    int[] sorted = array.clone();
                    Arrays.sort(sorted);
                    assertThat(sorter.reversed().topK(array, count))
                            .isEqualTo(Arrays.copyOf(sorted, count));
                    assertThat(array).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void topKRefusesABadCount() {
        Sorter sorter = sorters().get(0);
        assertThatThrownBy(() -> sorter.topK(new int[3], 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count must be between 0 and the array's length 3, was 4");
        assertThatThrownBy(() -> sorter.topK(new double[3], -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was -1");
    }

    static Stream<int[]> lengths() {
        return Stream.of(
                new int[] {},
                new int[] {0},
                new int[] {0, 0, 5},
                new int[] {1000, 1},
                new int[] {3000, 2000},
                new int[] {700, 0, 1300, 64, 65, 1},
                IntStream.range(0, 70).map(i -> i * 3).toArray());
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("lengths")
    void mergesAnyNumberOfArrays(int... lengths) {
        for (Sorter sorter : sorters()) {
            int[][] sorted = new int[lengths.length][];
            int[][] descending = new int[lengths.length][];
            for (int i = 0; i < lengths.length; i++) {
                sorted[i] = Patterns.RANDOM.ints(lengths[i], i);
                Arrays.sort(sorted[i]);
                descending[i] = descending(sorted[i]);
            }
            int[] all = Stream.of(sorted).flatMapToInt(IntStream::of).sorted().toArray();
            assertThat(sorter.merge(sorted)).isEqualTo(all);
            assertThat(sorter.reversed().merge(descending)).isEqualTo(descending(all));
        }
    }

    @Test
    void mergesShortsCharsAndBytes() {
        for (Sorter sorter : sorters()) {
            for (int size : SIZES) {
                short[] shorts = Patterns.RANDOM.shorts(size, 1);
                char[] chars = Patterns.RANDOM.chars(size, 2);
                byte[] bytes = Patterns.RANDOM.bytes(size, 3);
                sorter.sort(shorts);
                sorter.sort(chars);
                sorter.sort(bytes);
                short[] someShorts = Arrays.copyOf(shorts, size / 3);
                char[] someChars = Arrays.copyOf(chars, size / 3);
                byte[] someBytes = Arrays.copyOf(bytes, size / 3);
                short[] mergedShorts = sorter.merge(shorts, new short[0], someShorts, shorts);
                char[] mergedChars = sorter.merge(chars, new char[0], someChars, chars);
                byte[] mergedBytes = sorter.merge(bytes, new byte[0], someBytes, bytes);
                assertThat(mergedShorts).hasSize(2 * size + size / 3).isSorted();
                assertThat(mergedChars).hasSize(2 * size + size / 3).isSorted();
                assertThat(mergedBytes).hasSize(2 * size + size / 3).isSorted();
            }
            assertThat(sorter.reversed().merge(new char[] {'d', 'b'}, new char[] {'c', 'a'}))
                    .containsExactly('d', 'c', 'b', 'a');
            assertThat(sorter.merge(new byte[0][])).isEmpty();
            short[] bad = new short[3000];
            bad[2000] = -1;
            assertThatThrownBy(() -> sorter.merge(new short[] {-7}, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "arrays must be sorted, but one of length 3000 has 0 before -1"
                                    + " at index 2000");
        }
    }

    @Test
    void mergeRefusesWhatIsNotSorted() {
        for (Sorter sorter : sorters()) {
            long[] bad = LongStream.range(0, 2000).toArray();
            bad[1500] = 7;
            assertThatThrownBy(() -> sorter.merge(new long[] {1, 2}, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "arrays must be sorted, but one of length 2000 has 1499 before 7"
                                    + " at index 1500");
            assertThatThrownBy(() -> sorter.merge(new int[] {1, 2}, null))
                    .isInstanceOf(NullPointerException.class);
        }
    }

    private record Item(int key, int place) {}

    private static final Comparator<Item> BY_KEY = Comparator.comparingInt(Item::key);

    private static Item[] items(int size, int keys, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, size)
                .mapToObj(i -> new Item(random.nextInt(keys), i))
                .toArray(Item[]::new);
    }

    @Test
    void objectsDescendStably() {
        for (Sorter sorter : sorters()) {
            for (int size : SIZES) {
                Item[] items = items(size, 10, size);
                Item[] expected = items.clone();
                Arrays.sort(expected, BY_KEY.reversed());
                Item[] sorted = items.clone();
                sorter.reversed().sort(sorted, BY_KEY);
                assertThat(sorted).isEqualTo(expected);
                Item[] byKey = items.clone();
                sorter.reversed().sortByInt(byKey, Item::key);
                assertThat(byKey).isEqualTo(expected);
                Item[] byLong = items.clone();
                sorter.reversed().sortByLong(byLong, Item::key);
                assertThat(byLong).isEqualTo(expected);
                Item[] byAny = items.clone();
                sorter.reversed().sortBy(byAny, Item::key);
                assertThat(byAny).isEqualTo(expected);
                int[] indices = sorter.reversed().argsort(items, BY_KEY);
                assertThat(IntStream.of(indices).mapToObj(i -> items[i])).containsExactly(expected);
                assertThat(sorter.reversed().isSorted(expected, BY_KEY)).isTrue();
                assertThat(sorter.isSorted(expected, BY_KEY.reversed())).isTrue();
            }
            double[] doubles = {1, Double.NaN, -0.0, 0.0};
            sorter.reversed().sort(doubles, Double::compare);
            assertThat(doubles).containsExactly(Double.NaN, 1, 0.0, -0.0);
        }
    }

    @Test
    void seesTwoObjectsOutOfOrder() {
        for (Sorter sorter : sorters()) {
            Integer[] array = IntStream.range(0, 3000).boxed().toArray(Integer[]::new);
            assertThat(sorter.isSorted(array, null)).isTrue();
            array[2100] = 7;
            assertThat(sorter.isSorted(array, null)).isFalse();
            assertThat(sorter.isSorted(new String[] {"a", "B"}, String.CASE_INSENSITIVE_ORDER))
                    .isTrue();
        }
    }

    @Test
    void topKOfObjectsTakesTheFirstOfEqualOnes() {
        for (Sorter sorter : sorters()) {
            for (int size : SIZES) {
                for (int count : new int[] {0, 1, size / 40, size / 2, size}) {
                    Item[] items = items(size, 10, size);
                    Item[] expected = items.clone();
                    Arrays.sort(expected, BY_KEY.reversed());
                    assertThat(sorter.topK(items, count, BY_KEY))
                            .isEqualTo(Arrays.copyOf(expected, count));
                    Arrays.sort(expected, Comparator.comparingInt(Item::place));
                    Arrays.sort(expected, BY_KEY);
                    assertThat(sorter.reversed().topK(items, count, BY_KEY))
                            .isEqualTo(Arrays.copyOf(expected, count));
                }
            }
            assertThat(sorter.topK(new String[] {"b", "a", "c"}, 2, null))
                    .isInstanceOf(String[].class)
                    .containsExactly("c", "b");
        }
    }

    @Test
    void nthElementOfObjects() {
        Item[] items = items(1000, 1000, 1);
        Item[] expected = items.clone();
        Arrays.sort(expected, BY_KEY);
        sorters().get(2).nthElement(items, 500, BY_KEY);
        assertThat(items[500]).isEqualTo(expected[500]);
    }

    /** A sort of so many would make about seventeen comparisons an element. */
    @ParameterizedTest
    @EnumSource
    void nthElementOfObjectsTakesAFewComparisonsAnElement(Patterns pattern) {
        int size = 100_000;
        for (int index : new int[] {0, size / 7, size / 2, size - 1}) {
            Long[] array = LongStream.of(pattern.longs(size, 1)).boxed().toArray(Long[]::new);
            Long[] sorted = array.clone();
            Arrays.sort(sorted);
            LongAdder calls = new LongAdder();
            Comparator<Long> order =
                    (left, right) -> {
                        calls.increment();
                        return Long.compare(left, right);
                    };
            Sorter.on(schedulers[1]).nthElement(array, index, order);
            assertThat(calls.sum()).isLessThan(5L * size);
            assertThat(array[index]).isEqualTo(sorted[index]);
            assertThat(Stream.of(array).limit(index)).allMatch(each -> each <= sorted[index]);
            assertThat(Stream.of(array).skip(index)).allMatch(each -> each >= sorted[index]);
        }
    }

    @Test
    void nthElementOfObjectsEndsWhateverTheOrderSays() {
        int size = 50_000;
        LongAdder calls = new LongAdder();
        Comparator<Item> greater =
                (left, right) -> {
                    calls.increment();
                    return 1;
                };
        for (int index : new int[] {0, size / 2, size - 1}) {
            Item[] items = items(size, 100, 1);
            Sorter.on(schedulers[1]).nthElement(items, index, greater);
            Arrays.sort(items, Comparator.comparingInt(Item::place));
            assertThat(items).isEqualTo(items(size, 100, 1));
        }
        assertThat(calls.sum()).as("rounds, and a sort").isLessThan(3L * (16 * 2 + 20) * size);
    }

    @Test
    void nthElementOfObjectsKeepsNoneInItsBuffer() {
        Workspace workspace = new Workspace();
        Item[] items = items(20_000, 20_000, 1);
        Sorter.on(schedulers[1]).workspace(workspace).nthElement(items, 77, BY_KEY);
        Object[] buffer = workspace.objects.take(20_000);
        assertThat(buffer).hasSize(20_000).containsOnlyNulls();
    }

    @Test
    void mergesObjectsStably() {
        for (Sorter sorter : sorters()) {
            List<Item[]> sorted = new ArrayList<>();
            for (int size : new int[] {1000, 0, 3, 2000}) {
                Item[] run = items(size, 10, size);
                Arrays.sort(run, BY_KEY);
                sorted.add(run);
            }
            Item[] expected = sorted.stream().flatMap(Stream::of).toArray(Item[]::new);
            Arrays.sort(expected, BY_KEY);
            assertThat(sorter.merge(sorted, BY_KEY)).isEqualTo(expected);
            sorted.set(1, new Item[] {new Item(2, 0), new Item(1, 1)});
            assertThatThrownBy(() -> sorter.merge(sorted, BY_KEY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("one of length 2");
        }
    }

    @Test
    void mergesFloatsAndDoubles() {
        for (Sorter sorter : sorters()) {
            double[] one = Patterns.RANDOM.doubles(3000, 1);
            double[] other = Patterns.RANDOM.doubles(2000, 2);
            Arrays.sort(one);
            Arrays.sort(other);
            double[] expected =
                    DoubleStream.concat(DoubleStream.of(one), DoubleStream.of(other)).toArray();
            Arrays.sort(expected);
            assertThat(Arrays.equals(sorter.merge(one, other), expected)).isTrue();
            assertThat(sorter.merge(new float[] {-0.0f}, new float[] {-1, 0.0f}))
                    .containsExactly(-1, -0.0f, 0.0f);
            assertThatThrownBy(() -> sorter.merge(new double[] {2, 1}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
