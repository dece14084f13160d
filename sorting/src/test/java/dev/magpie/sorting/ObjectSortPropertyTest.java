package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.sorting.Fine.Item;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Sorts of objects, by comparators and by keys, agree with {@link Arrays#sort}: stably. */
class ObjectSortPropertyTest extends SortProperties {

    private static Item[] model(Item[] items, Comparator<Item> order) {
        Item[] sorted = items.clone();
        Arrays.sort(sorted, order);
        return sorted;
    }

    /** The whole array when the JDK has sorted the range. */
    private static Item[] model(Items items, Comparator<Item> order) {
        Item[] sorted = items.array();
        Arrays.sort(sorted, items.from(), items.to(), order);
        return sorted;
    }

    @Property(tries = 300)
    void sortsARangeStably(@ForAll("items") Items items, @ForAll("ways") Way way) {
        Item[] expected = items.array();
        Arrays.sort(expected, items.from(), items.to(), way.directed(Item.ORDER));
        Item[] sorted = items.array();
        way.sorter().sort(sorted, items.from(), items.to(), Item.ORDER);
        assertThat(sorted).isEqualTo(expected);
    }

    /** Comparable, though equal ones can be told apart. */
    private record Ranked(Item item) implements Comparable<Ranked> {
        @Override
        public int compareTo(Ranked other) {
            return Item.ORDER.compare(item, other.item);
        }
    }

    @Property(tries = 100)
    void sortsInTheNaturalOrderStably(@ForAll("items") Items items, @ForAll("ways") Way way) {
        Comparator<Ranked> order = way.directed(Ranked::compareTo);
        Ranked[] ranked = Stream.of(items.items()).map(Ranked::new).toArray(Ranked[]::new);
        Ranked[] expected = ranked.clone();
        Arrays.sort(expected, items.from(), items.to(), order);
        way.sorter().sort(ranked, items.from(), items.to());
        assertThat(ranked).isEqualTo(expected);
    }

    @Property(tries = 200)
    void sortsNumbersByAComparatorStably(@ForAll("items") Items items, @ForAll("ways") Way way) {
        int from = items.from();
        int to = items.to();
        long[] longs =
                Arrays.stream(items.items())
                        .mapToLong(item -> (long) item.key() << 20 | item.place())
                        .toArray();
        int[] ints = Arrays.stream(longs).mapToInt(value -> (int) value & 0xffffff).toArray();
        double[] doubles = Arrays.stream(longs).mapToDouble(value -> value).toArray();
        assertSortsBy(
                ints, from, to, (left, right) -> Integer.compare(left >> 20, right >> 20), way);
        LongComparator byKey = (left, right) -> Long.compare(left >> 20, right >> 20);
        Long[] boxed = Arrays.stream(longs).boxed().toArray(Long[]::new);
        Arrays.sort(boxed, from, to, way.directed(byKey::compare));
        way.sorter().sort(longs, from, to, byKey);
        assertThat(longs).isEqualTo(Stream.of(boxed).mapToLong(Long::longValue).toArray());
        way.sorter()
                .sort(doubles, from, to, (left, right) -> byKey.compare((long) left, (long) right));
        assertThat(doubles).isEqualTo(Arrays.stream(longs).mapToDouble(value -> value).toArray());
    }

    private static void assertSortsBy(int[] ints, int from, int to, IntComparator order, Way way) {
        Integer[] boxed = Arrays.stream(ints).boxed().toArray(Integer[]::new);
        Arrays.sort(boxed, from, to, way.directed(order::compare));
        way.sorter().sort(ints, from, to, order);
        assertThat(ints).isEqualTo(Stream.of(boxed).mapToInt(Integer::intValue).toArray());
    }

    @Property(tries = 200)
    void sortsByKeysStably(@ForAll("items") Items items, @ForAll("ways") Way way) {
        int from = items.from();
        int to = items.to();
        Item[] expected = model(items, way.directed(Item.ORDER));
        Item[] byAny = items.array();
        way.sorter().sortBy(byAny, from, to, Item::key);
        assertThat(byAny).isEqualTo(expected);
        Item[] byInt = items.array();
        way.sorter().sortByInt(byInt, from, to, Item::key);
        assertThat(byInt).isEqualTo(expected);
        Item[] byLong = items.array();
        way.sorter().sortByLong(byLong, from, to, item -> (long) item.key() << 30);
        assertThat(byLong).isEqualTo(expected);
        Item[] byDouble = items.array();
        way.sorter().sortByDouble(byDouble, from, to, item -> -1.0 / (item.key() + 1.0));
        assertThat(byDouble).isEqualTo(expected);
    }

    @Property(tries = 200)
    void argsortIsTheStableOrder(@ForAll("items") Items items, @ForAll("ways") Way way) {
        Item[] array = items.array();
        int[] expected =
                Arrays.stream(model(items, way.directed(Item.ORDER)), items.from(), items.to())
                        .mapToInt(Item::place)
                        .toArray();
        assertThat(way.sorter().argsort(array, items.from(), items.to(), Item.ORDER))
                .isEqualTo(expected);
        assertThat(array).as("not changed").isEqualTo(items.items());
    }

    @Property(tries = 200)
    void sortsArraysTogether(@ForAll("items") Items items, @ForAll("ways") Way way) {
        Item[] sorted = model(items, way.directed(Item.ORDER));
        Sorter sorter = way.sorter();
        int[] ints = keys(items.items());
        checkTogether(sorter.together(ints), items, sorted);
        assertThat(ints).isEqualTo(keys(sorted));
        long[] longs = longs(keys(items.items()));
        checkTogether(sorter.together(longs), items, sorted);
        assertThat(longs).isEqualTo(longs(keys(sorted)));
        float[] floats = floats(keys(items.items()));
        checkTogether(sorter.together(floats), items, model(items, way.directed(BY_FLOAT)));
        double[] doubles = doubles(keys(items.items()));
        checkTogether(sorter.together(doubles), items, sorted);
        assertThat(doubles).isEqualTo(doubles(keys(sorted)));
        Item[] objects = items.array();
        checkTogether(sorter.together(objects, Item.ORDER), items, sorted);
        assertThat(objects).isEqualTo(sorted);
    }

    /** Keys that are equal as floats need not be so as ints. */
    private static final Comparator<Item> BY_FLOAT =
            Comparator.comparing(item -> (float) item.key());

    /** Values of each type follow the keys. */
    private static void checkTogether(JointSort keys, Items items, Item[] sorted) {
        int[] ints = places(items.items());
        long[] longs = longs(places(items.items()));
        float[] floats = floats(places(items.items()));
        double[] doubles = doubles(places(items.items()));
        Item[] objects = items.array();
        keys.with(ints)
                .with(longs)
                .with(floats)
                .with(doubles)
                .with(objects)
                .sort(items.from(), items.to());
        assertThat(ints).isEqualTo(places(sorted));
        assertThat(longs).isEqualTo(longs(places(sorted)));
        assertThat(floats).isEqualTo(floats(places(sorted)));
        assertThat(doubles).isEqualTo(doubles(places(sorted)));
        assertThat(objects).isEqualTo(sorted);
    }

    private static int[] keys(Item[] items) {
        return Arrays.stream(items).mapToInt(Item::key).toArray();
    }

    private static int[] places(Item[] items) {
        return Arrays.stream(items).mapToInt(Item::place).toArray();
    }

    private static long[] longs(int[] ints) {
        return Arrays.stream(ints).asLongStream().toArray();
    }

    private static float[] floats(int[] ints) {
        float[] floats = new float[ints.length];
        for (int i = 0; i < ints.length; i++) {
            floats[i] = ints[i];
        }
        return floats;
    }

    private static double[] doubles(int[] ints) {
        return Arrays.stream(ints).asDoubleStream().toArray();
    }

    @Property(tries = 200)
    void knowsWhatIsSorted(@ForAll("items") Items items, @ForAll("ways") Way way) {
        int from = items.from();
        int to = items.to();
        Item[] sorted = model(items, way.directed(Item.ORDER));
        assertThat(way.sorter().isSorted(items.array(), from, to, Item.ORDER))
                .isEqualTo(Arrays.equals(items.items(), sorted));
        assertThat(way.sorter().isSorted(sorted, from, to, Item.ORDER)).isTrue();
    }

    @Property(tries = 300)
    void topKIsTheBeginningOfTheOppositeOrder(
            @ForAll("items") Items items,
            @ForAll("ways") Way way,
            @ForAll @IntRange(max = 100) int percent) {
        Item[] array = items.array();
        int from = items.from();
        int to = items.to();
        int count = (int) ((to - from) * (percent / 100.0) * (percent / 100.0));
        Item[] opposite = model(items, way.directed(Item.ORDER).reversed());
        assertThat(way.sorter().topK(array, from, to, count, Item.ORDER))
                .isEqualTo(Arrays.copyOfRange(opposite, from, from + count));
        assertThat(array).as("not changed").isEqualTo(items.items());
    }

    @Property(tries = 400)
    void nthElementPartsTheRange(
            @ForAll("items") Items items,
            @ForAll("ways") Way way,
            @ForAll @IntRange(max = 100) int percent) {
        Item[] array = items.array();
        int from = items.from();
        int to = items.to();
        if (from == to) {
            return;
        }
        int index = from + (to - from - 1) * percent / 100;
        way.sorter().nthElement(array, from, to, index, Item.ORDER);
        assertThat(Fine.byPlace(array)).isEqualTo(items.items());
        Comparator<Item> order = way.directed(Item.ORDER);
        Item[] sorted = model(items, order);
        assertThat(array[index].key()).isEqualTo(sorted[index].key());
        Arrays.sort(array, from, index, order);
        Arrays.sort(array, index + 1, to, order);
        assertThat(keys(array)).isEqualTo(keys(sorted));
    }

    @Provide
    Arbitrary<List<Items>> runs() {
        return items().list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 100)
    void mergesAnyNumberOfArraysStably(@ForAll("runs") List<Items> runs, @ForAll("ways") Way way) {
        Comparator<Item> order = way.directed(Item.ORDER);
        List<Item[]> sorted = runs.stream().map(items -> model(items.array(), order)).toList();
        Item[] expected = sorted.stream().flatMap(Stream::of).toArray(Item[]::new);
        Arrays.sort(expected, order);
        assertSame(way.sorter().merge(sorted, Item.ORDER), expected);
    }

    /** Items of several arrays may be equal, but are not the same. */
    private static void assertSame(Item[] actual, Item[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("at %d", i).isSameAs(expected[i]);
        }
    }
}
