package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Sorts and selections of numbers of all types agree with {@link Arrays#sort}. */
class SortPropertyTest extends SortProperties {

    @Property(tries = 1500)
    void sortsARangeAsTheJdkDoes(@ForAll("numbers") Numbers<?> numbers, @ForAll("ways") Way way) {
        checkSort(numbers, way);
    }

    private static <A> void checkSort(Numbers<A> numbers, Way way) {
        NumberType<A> type = numbers.type();
        int from = numbers.from();
        int to = numbers.to();
        A expected = numbers.array();
        type.model().sort(expected, from, to);
        A sorted = numbers.array();
        type.sort().sort(way.sorter(), sorted, from, to);
        assertThat(type.keysOf(sorted))
                .isEqualTo(turned(type.keysOf(expected), from, to, way.descending()));
        assertThat(type.bitsOf(sorted)).as("each NaN").isEqualTo(type.bitsOf(expected));
    }

    @Property(tries = 300)
    void knowsWhatIsSorted(@ForAll("numbers") Numbers<?> numbers, @ForAll("ways") Way way) {
        checkIsSorted(numbers, way);
    }

    private static <A> void checkIsSorted(Numbers<A> numbers, Way way) {
        NumberType<A> type = numbers.type();
        A array = numbers.array();
        long[] sorted = numbers.sortedKeys(way.descending());
        int from = numbers.from();
        int to = numbers.to();
        assertThat(type.isSorted().ask(way.sorter(), array, from, to))
                .isEqualTo(Arrays.equals(type.keysOf(array), sorted));
        A ordered = numbers.array();
        type.sort().sort(way.sorter(), ordered, from, to);
        assertThat(type.isSorted().ask(way.sorter(), ordered, from, to)).isTrue();
    }

    @Property(tries = 300)
    void nthElementPartsTheRange(
            @ForAll("numbers") Numbers<?> numbers,
            @ForAll("ways") Way way,
            @ForAll @IntRange(max = 100) int percent) {
        checkNthElement(numbers, way, percent);
    }

    private static <A> void checkNthElement(Numbers<A> numbers, Way way, int percent) {
        NumberType<A> type = numbers.type();
        long[] sorted = numbers.sortedKeys(way.descending());
        int from = numbers.from();
        int to = numbers.to();
        if (from == to) {
            return;
        }
        int index = from + (to - from - 1) * percent / 100;
        A array = numbers.array();
        type.nthElement().select(way.sorter(), array, from, to, index);
        long[] keys = type.keysOf(array);
        assertThat(keys[index]).isEqualTo(sorted[index]);
        Arrays.sort(keys, from, index);
        Arrays.sort(keys, index + 1, to);
        turned(keys, from, index, way.descending());
        turned(keys, index + 1, to, way.descending());
        assertThat(keys).isEqualTo(sorted);
        assertThat(type.bitsOf(array)).isEqualTo(type.bitsOf(numbers.array()));
    }

    @Property(tries = 300)
    void topKIsTheBeginningOfTheOppositeOrder(
            @ForAll("numbers") Numbers<?> numbers,
            @ForAll("ways") Way way,
            @ForAll @IntRange(max = 100) int percent) {
        checkTopK(numbers, way, percent);
    }

    private static <A> void checkTopK(Numbers<A> numbers, Way way, int percent) {
        NumberType<A> type = numbers.type();
        long[] opposite = numbers.sortedKeys(!way.descending());
        int from = numbers.from();
        int count = (numbers.to() - from) * percent / 100;
        A array = numbers.array();
        A top = type.topK().select(way.sorter(), array, from, numbers.to(), count);
        assertThat(type.keysOf(top)).isEqualTo(Arrays.copyOfRange(opposite, from, from + count));
        assertThat(type.keysOf(array)).as("not changed").isEqualTo(type.keysOf(numbers.array()));
    }

    @Property(tries = 300)
    void argsortIsTheStableOrder(@ForAll("numbers") Numbers<?> numbers, @ForAll("ways") Way way) {
        checkArgsort(numbers, way);
    }

    private static <A> void checkArgsort(Numbers<A> numbers, Way way) {
        NumberType<A> type = numbers.type();
        A array = numbers.array();
        long[] keys = type.keysOf(array);
        int[] expected =
                IntStream.range(numbers.from(), numbers.to())
                        .boxed()
                        .sorted(way.directed((one, other) -> Long.compare(keys[one], keys[other])))
                        .mapToInt(Integer::intValue)
                        .toArray();
        assertThat(type.argsort().find(way.sorter(), array, numbers.from(), numbers.to()))
                .isEqualTo(expected);
        assertThat(type.keysOf(array)).as("not changed").isEqualTo(keys);
    }

    @Property(tries = 300)
    void mergesTwoPartsOfAnArray(@ForAll("numbers") Numbers<?> numbers, @ForAll("ways") Way way) {
        checkMerge(numbers, way);
    }

    private static <A> void checkMerge(Numbers<A> numbers, Way way) {
        NumberType<A> type = numbers.type();
        long[] keys = numbers.keys();
        A[] parts = Arrays.copyOf(type.none(), 3);
        parts[0] = type.make().apply(Arrays.copyOf(keys, numbers.from()));
        parts[1] = type.make().apply(Arrays.copyOfRange(keys, numbers.from(), numbers.to()));
        parts[2] = type.make().apply(Arrays.copyOfRange(keys, numbers.to(), keys.length));
        for (A part : parts) {
            type.sort().sort(way.sorter(), part, 0, type.length(part));
        }
        A expected = numbers.array();
        type.model().sort(expected, 0, keys.length);
        A merged = type.merge().merge(way.sorter(), parts);
        assertThat(type.keysOf(merged))
                .isEqualTo(turned(type.keysOf(expected), 0, keys.length, way.descending()));
        assertThat(type.bitsOf(merged)).as("each NaN").isEqualTo(type.bitsOf(expected));
    }

    @Provide
    Arbitrary<long[][]> runs() {
        Arbitrary<long[]> run = shaped(Arbitraries.longs().between(-99, 99), 600);
        Arbitrary<long[]> wide = shaped(Arbitraries.longs(), 600);
        return Arbitraries.oneOf(
                run.array(long[][].class).ofMinSize(2).ofMaxSize(2),
                wide.array(long[][].class).ofMaxSize(8),
                shaped(Arbitraries.longs(), 40).array(long[][].class).ofMaxSize(70));
    }

    @Property(tries = 150)
    void mergesAnyNumberOfArrays(@ForAll("runs") long[][] runs, @ForAll("ways") Way way) {
        long[] all = Arrays.stream(runs).flatMapToLong(Arrays::stream).sorted().toArray();
        long[][] longs =
                Arrays.stream(runs)
                        .map(LongStream::of)
                        .map(run -> turn(run.sorted().toArray(), way))
                        .toArray(long[][]::new);
        assertThat(way.sorter().merge(longs)).isEqualTo(turn(all, way));
        int[][] ints = Arrays.stream(longs).map(SortPropertyTest::ints).toArray(int[][]::new);
        assertThat(way.sorter().merge(ints)).isEqualTo(ints(turn(all, way)));
        double[][] doubles =
                Arrays.stream(longs).map(SortPropertyTest::doubles).toArray(double[][]::new);
        assertThat(way.sorter().merge(doubles)).isEqualTo(doubles(turn(all, way)));
        float[][] floats =
                Arrays.stream(longs).map(SortPropertyTest::floats).toArray(float[][]::new);
        assertThat(way.sorter().merge(floats)).isEqualTo(floats(turn(all, way)));
    }

    private static long[] turn(long[] run, Way way) {
        return turned(run.clone(), 0, run.length, way.descending());
    }

    private static int[] ints(long[] run) {
        return Arrays.stream(run).mapToInt(value -> (int) (value >> 32)).toArray();
    }

    /** In the same order: of few, NaN among them. */
    private static double[] doubles(long[] run) {
        return Arrays.stream(run)
                .mapToDouble(value -> value > Long.MAX_VALUE / 3 * 2 ? Double.NaN : value / 8.0)
                .toArray();
    }

    private static float[] floats(long[] run) {
        double[] doubles = doubles(run);
        float[] floats = new float[run.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return floats;
    }
}
