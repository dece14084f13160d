package dev.magpie.sorting;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * A type of numbers that a {@link Sorter} sorts, seen through keys: longs that order as the numbers
 * do, so that what holds for one type is said once for all.
 *
 * @param name of the type
 * @param keys makes keys of which all are numbers of the type
 * @param make an array from keys
 * @param key of an element, the same for equal ones
 * @param bits of an element, other ones for other NaNs
 * @param model sorts as the JDK does
 * @param sort sorts by a sorter
 * @param isSorted asks a sorter
 * @param nthElement puts one element in its place by a sorter
 * @param topK asks a sorter
 * @param argsort asks a sorter
 * @param merge merges by a sorter
 * @param <A> array type
 */
record NumberType<A>(
        String name,
        Arbitrary<Long> keys,
        Function<long[], A> make,
        Element<A> key,
        Element<A> bits,
        Range<A> model,
        Sort<A> sort,
        Question<A> isSorted,
        Selection<A> nthElement,
        Top<A> topK,
        Order<A> argsort,
        Merge<A> merge) {

    interface Element<A> {
        long of(A array, int index);
    }

    interface Range<A> {
        void sort(A array, int from, int to);
    }

    interface Sort<A> {
        void sort(Sorter sorter, A array, int from, int to);
    }

    interface Question<A> {
        boolean ask(Sorter sorter, A array, int from, int to);
    }

    interface Selection<A> {
        void select(Sorter sorter, A array, int from, int to, int index);
    }

    interface Top<A> {
        A select(Sorter sorter, A array, int from, int to, int count);
    }

    interface Order<A> {
        int[] find(Sorter sorter, A array, int from, int to);
    }

    interface Merge<A> {
        A merge(Sorter sorter, A[] sorted);
    }

    static final NumberType<int[]> INTS =
            new NumberType<>(
                    "int",
                    between(Integer.MIN_VALUE, Integer.MAX_VALUE),
                    keys -> Arrays.stream(keys).mapToInt(key -> (int) key).toArray(),
                    (array, i) -> array[i],
                    (array, i) -> array[i],
                    Arrays::sort,
                    Sorter::sort,
                    Sorter::isSorted,
                    Sorter::nthElement,
                    Sorter::topK,
                    Sorter::argsort,
                    Sorter::merge);

    static final NumberType<long[]> LONGS =
            new NumberType<>(
                    "long",
                    between(Long.MIN_VALUE, Long.MAX_VALUE),
                    long[]::clone,
                    (array, i) -> array[i],
                    (array, i) -> array[i],
                    Arrays::sort,
                    Sorter::sort,
                    Sorter::isSorted,
                    Sorter::nthElement,
                    Sorter::topK,
                    Sorter::argsort,
                    Sorter::merge);

    static final NumberType<float[]> FLOATS =
            new NumberType<>(
                    "float",
                    Arbitraries.frequencyOf(
                                    Tuple.of(8, Arbitraries.floats().map(Float::floatToRawIntBits)),
                                    Tuple.of(
                                            2,
                                            Arbitraries.integers()
                                                    .between(-9, 9)
                                                    .map(value -> Float.floatToRawIntBits(value))),
                                    Tuple.of(
                                            1,
                                            Arbitraries.of(
                                                    0, Integer.MIN_VALUE, 0x7fc00000, 0xffc00000)),
                                    Tuple.of(
                                            1,
                                            Arbitraries.integers().map(bits -> bits | 0x7f800000)))
                            .map(bits -> (long) key(bits)),
                    keys -> {
                        float[] array = new float[keys.length];
                        for (int i = 0; i < array.length; i++) {
                            array[i] = Float.intBitsToFloat(key((int) keys[i]));
                        }
                        return array;
                    },
                    (array, i) -> key(Float.floatToIntBits(array[i])),
                    (array, i) -> Float.floatToRawIntBits(array[i]),
                    Arrays::sort,
                    Sorter::sort,
                    Sorter::isSorted,
                    Sorter::nthElement,
                    Sorter::topK,
                    Sorter::argsort,
                    Sorter::merge);

    static final NumberType<double[]> DOUBLES =
            new NumberType<>(
                    "double",
                    Arbitraries.frequencyOf(
                                    Tuple.of(
                                            8,
                                            Arbitraries.doubles().map(Double::doubleToRawLongBits)),
                                    Tuple.of(
                                            2,
                                            Arbitraries.integers()
                                                    .between(-9, 9)
                                                    .map(
                                                            value ->
                                                                    Double.doubleToRawLongBits(
                                                                            value))),
                                    Tuple.of(
                                            1,
                                            Arbitraries.of(
                                                    0L,
                                                    Long.MIN_VALUE,
                                                    0x7ff8L << 48,
                                                    0xfff8L << 48)),
                                    Tuple.of(
                                            1,
                                            Arbitraries.longs().map(bits -> bits | 0x7ff0L << 48)))
                            .map(bits -> key(bits)),
                    keys -> {
                        double[] array = new double[keys.length];
                        Arrays.setAll(array, i -> Double.longBitsToDouble(key(keys[i])));
                        return array;
                    },
                    (array, i) -> key(Double.doubleToLongBits(array[i])),
                    (array, i) -> Double.doubleToRawLongBits(array[i]),
                    Arrays::sort,
                    Sorter::sort,
                    Sorter::isSorted,
                    Sorter::nthElement,
                    Sorter::topK,
                    Sorter::argsort,
                    Sorter::merge);

    static final NumberType<short[]> SHORTS =
            new NumberType<>(
                    "short",
                    between(Short.MIN_VALUE, Short.MAX_VALUE),
                    keys -> {
                        short[] array = new short[keys.length];
                        for (int i = 0; i < array.length; i++) {
                            array[i] = (short) keys[i];
                        }
                        return array;
                    },
                    (array, i) -> array[i],
                    (array, i) -> array[i],
                    Arrays::sort,
                    Sorter::sort,
                    Sorter::isSorted,
                    Sorter::nthElement,
                    Sorter::topK,
                    Sorter::argsort,
                    Sorter::merge);

    static final NumberType<char[]> CHARS =
            new NumberType<>(
                    "char",
                    between(Character.MIN_VALUE, Character.MAX_VALUE),
                    keys -> {
                        char[] array = new char[keys.length];
                        for (int i = 0; i < array.length; i++) {
                            array[i] = (char) keys[i];
                        }
                        return array;
                    },
                    (array, i) -> array[i],
                    (array, i) -> array[i],
                    Arrays::sort,
                    Sorter::sort,
                    Sorter::isSorted,
                    Sorter::nthElement,
                    Sorter::topK,
                    Sorter::argsort,
                    Sorter::merge);

    static final NumberType<byte[]> BYTES =
            new NumberType<>(
                    "byte",
                    between(Byte.MIN_VALUE, Byte.MAX_VALUE),
                    keys -> {
                        byte[] array = new byte[keys.length];
                        for (int i = 0; i < array.length; i++) {
                            array[i] = (byte) keys[i];
                        }
                        return array;
                    },
                    (array, i) -> array[i],
                    (array, i) -> array[i],
                    Arrays::sort,
                    Sorter::sort,
                    Sorter::isSorted,
                    Sorter::nthElement,
                    Sorter::topK,
                    Sorter::argsort,
                    Sorter::merge);

    static final List<NumberType<?>> ALL =
            List.of(INTS, LONGS, FLOATS, DOUBLES, SHORTS, CHARS, BYTES);

    private static Arbitrary<Long> between(long least, long greatest) {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.longs().between(least, greatest)),
                Tuple.of(1, Arbitraries.of(least, least + 1, greatest - 1, greatest)));
    }

    /** Bits of a float as a number that orders as the float does, and the other way round. */
    private static int key(int bits) {
        return bits ^ (bits >> 31 >>> 1);
    }

    private static long key(long bits) {
        return bits ^ (bits >> 63 >>> 1);
    }

    /** The keys of all elements, in order. */
    long[] keysOf(A array) {
        return LongStream.range(0, length(array)).map(i -> key.of(array, (int) i)).toArray();
    }

    /** The bits of all elements, sorted. */
    long[] bitsOf(A array) {
        return LongStream.range(0, length(array))
                .map(i -> bits.of(array, (int) i))
                .sorted()
                .toArray();
    }

    /** No arrays of this type. */
    @SuppressWarnings("unchecked")
    A[] none() {
        return (A[]) Array.newInstance(make.apply(new long[0]).getClass(), 0);
    }

    int length(A array) {
        return Array.getLength(array);
    }

    @Override
    public String toString() {
        return name;
    }
}
