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
        Item[] expected = model(items.array(), way.directed(Item.ORDER));
        Item[] byAny = items.array();
        way.sorter().sortBy(byAny, Item::key);
        assertThat(byAny).isEqualTo(expected);
        Item[] byInt = items.array();
        way.sorter().sortByInt(byInt, Item::key);
        assertThat(byInt).isEqualTo(expected);
        Item[] byLong = items.array();
        way.sorter().sortByLong(byLong, item -> (long) item.key() << 30);
        assertThat(byLong).isEqualTo(expected);
        Item[] byDouble = items.array();
        way.sorter().sortByDouble(byDouble, item -> -1.0 / (item.key() + 1.0));
        assertThat(byDouble).isEqualTo(expected);
    }

    @Property(tries = 200)
    void argsortIsTheStableOrder(@ForAll("items") Items items, @ForAll("ways") Way way) {
        Item[] array = items.array();
        int[] expected =
                Arrays.stream(model(array, way.directed(Item.ORDER)))
                        .mapToInt(Item::place)
                        .toArray();
        assertThat(way.sorter().argsort(array, Item.ORDER)).isEqualTo(expected);
        assertThat(array).as("not changed").isEqualTo(items.items());
    }

    @Property(tries = 200)
    void sortsTwoArraysTogether(@ForAll("items") Items items, @ForAll("ways") Way way) {
        Item[] sorted = model(items.array(), way.directed(Item.ORDER));
        int[] keys = Arrays.stream(sorted).mapToInt(Item::key).toArray();
        int[] places = Arrays.stream(sorted).mapToInt(Item::place).toArray();
        Sorter sorter = way.sorter();

        int[] ints = keys(items);
        int[] intPlaces = places(items);
        sorter.sortTogether(ints, intPlaces);
        assertThat(ints).isEqualTo(keys);
        assertThat(intPlaces).isEqualTo(places);

        long[] longs = Arrays.stream(keys(items)).asLongStream().toArray();
        long[] longPlaces = Arrays.stream(places(items)).asLongStream().toArray();
        sorter.sortTogether(longs, longPlaces);
        assertThat(longs).isEqualTo(Arrays.stream(keys).asLongStream().toArray());
        assertThat(longPlaces).isEqualTo(Arrays.stream(places).asLongStream().toArray());

        Item[] byInts = items.array();
        sorter.sortTogether(keys(items), byInts);
        assertThat(byInts).isEqualTo(sorted);
        Item[] byLongs = items.array();
        sorter.sortTogether(Arrays.stream(keys(items)).asLongStream().toArray(), byLongs);
        assertThat(byLongs).isEqualTo(sorted);
        Item[] byDoubles = items.array();
        sorter.sortTogether(Arrays.stream(keys(items)).asDoubleStream().toArray(), byDoubles);
        assertThat(byDoubles).isEqualTo(sorted);
        Item[] byItems = items.array();
        Item[] itemKeys = items.array();
        sorter.sortTogether(itemKeys, byItems, Item.ORDER);
        assertThat(itemKeys).isEqualTo(sorted);
        assertThat(byItems).isEqualTo(sorted);
    }

    private static int[] keys(Items items) {
        return Arrays.stream(items.items()).mapToInt(Item::key).toArray();
    }

    private static int[] places(Items items) {
        return Arrays.stream(items.items()).mapToInt(Item::place).toArray();
    }

    @Property(tries = 200)
    void knowsWhatIsSorted(@ForAll("items") Items items, @ForAll("ways") Way way) {
        Item[] sorted = model(items.array(), way.directed(Item.ORDER));
        assertThat(way.sorter().isSorted(items.array(), Item.ORDER))
                .isEqualTo(Arrays.equals(items.items(), sorted));
        assertThat(way.sorter().isSorted(sorted, Item.ORDER)).isTrue();
    }

    @Property(tries = 300)
    void topKIsTheBeginningOfTheOppositeOrder(
            @ForAll("items") Items items,
            @ForAll("ways") Way way,
            @ForAll @IntRange(max = 100) int percent) {
        Item[] array = items.array();
        int count = (int) (array.length * (percent / 100.0) * (percent / 100.0));
        Item[] opposite = model(array, way.directed(Item.ORDER).reversed());
        assertThat(way.sorter().topK(array, count, Item.ORDER))
                .isEqualTo(Arrays.copyOf(opposite, count));
        assertThat(array).as("not changed").isEqualTo(items.items());
    }

    @Property(tries = 400)
    void nthElementPartsTheArray(
            @ForAll("items") Items items,
            @ForAll("ways") Way way,
            @ForAll @IntRange(max = 100) int percent) {
        Item[] array = items.array();
        if (array.length == 0) {
            return;
        }
        int index = (array.length - 1) * percent / 100;
        way.sorter().nthElement(array, index, Item.ORDER);
        assertThat(Fine.byPlace(array)).isEqualTo(items.items());
        Comparator<Item> order = way.directed(Item.ORDER);
        Item[] sorted = model(items.array(), order);
        assertThat(array[index].key()).isEqualTo(sorted[index].key());
        Arrays.sort(array, 0, index, order);
        Arrays.sort(array, index + 1, array.length, order);
        assertThat(Arrays.stream(array).mapToInt(Item::key))
                .containsExactly(
                        Arrays.stream(sorted).mapToInt(Item::key).boxed().toArray(Integer[]::new));
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
