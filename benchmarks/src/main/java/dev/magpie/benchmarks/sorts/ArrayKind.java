package dev.magpie.benchmarks.sorts;

import dev.magpie.sorting.Patterns;
import dev.magpie.sorting.Sorter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A type of array, and who sorts it.
 *
 * @param name of the element type
 * @param maker an array of a pattern
 * @param empty an array of a length
 * @param sequential the JDK's sort
 * @param parallel the JDK's parallel sort
 * @param magpie ours
 * @param equal whether two arrays are
 */
public record ArrayKind(
        String name,
        Maker maker,
        Allocator empty,
        Consumer<Object> sequential,
        Consumer<Object> parallel,
        BiConsumer<Sorter, Object> magpie,
        BiPredicate<Object, Object> equal) {

    /** Of 1000 keys, so that stability matters. */
    private static final Comparator<Item> BY_KEY = Comparator.comparingInt(Item::key);

    private static final List<ArrayKind> ALL =
            List.of(
                    new ArrayKind(
                            "int",
                            Patterns::ints,
                            int[]::new,
                            array -> Arrays.sort((int[]) array),
                            array -> Arrays.parallelSort((int[]) array),
                            (sorter, array) -> sorter.sort((int[]) array),
                            (one, other) -> Arrays.equals((int[]) one, (int[]) other)),
                    new ArrayKind(
                            "long",
                            Patterns::longs,
                            long[]::new,
                            array -> Arrays.sort((long[]) array),
                            array -> Arrays.parallelSort((long[]) array),
                            (sorter, array) -> sorter.sort((long[]) array),
                            (one, other) -> Arrays.equals((long[]) one, (long[]) other)),
                    new ArrayKind(
                            "float",
                            Patterns::floats,
                            float[]::new,
                            array -> Arrays.sort((float[]) array),
                            array -> Arrays.parallelSort((float[]) array),
                            (sorter, array) -> sorter.sort((float[]) array),
                            (one, other) -> Arrays.equals((float[]) one, (float[]) other)),
                    new ArrayKind(
                            "double",
                            Patterns::doubles,
                            double[]::new,
                            array -> Arrays.sort((double[]) array),
                            array -> Arrays.parallelSort((double[]) array),
                            (sorter, array) -> sorter.sort((double[]) array),
                            (one, other) -> Arrays.equals((double[]) one, (double[]) other)),
                    new ArrayKind(
                            "short",
                            Patterns::shorts,
                            short[]::new,
                            array -> Arrays.sort((short[]) array),
                            array -> Arrays.parallelSort((short[]) array),
                            (sorter, array) -> sorter.sort((short[]) array),
                            (one, other) -> Arrays.equals((short[]) one, (short[]) other)),
                    new ArrayKind(
                            "char",
                            Patterns::chars,
                            char[]::new,
                            array -> Arrays.sort((char[]) array),
                            array -> Arrays.parallelSort((char[]) array),
                            (sorter, array) -> sorter.sort((char[]) array),
                            (one, other) -> Arrays.equals((char[]) one, (char[]) other)),
                    new ArrayKind(
                            "byte",
                            Patterns::bytes,
                            byte[]::new,
                            array -> Arrays.sort((byte[]) array),
                            array -> Arrays.parallelSort((byte[]) array),
                            (sorter, array) -> sorter.sort((byte[]) array),
                            (one, other) -> Arrays.equals((byte[]) one, (byte[]) other)),
                    new ArrayKind(
                            "object",
                            ArrayKind::items,
                            Item[]::new,
                            array -> Arrays.sort((Item[]) array, BY_KEY),
                            array -> Arrays.parallelSort((Item[]) array, BY_KEY),
                            (sorter, array) -> sorter.sort((Item[]) array, BY_KEY),
                            (one, other) -> Arrays.equals((Item[]) one, (Item[]) other)));

    /** An array of a pattern, a size and a seed. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Makes one.
         *
         * @param pattern which
         * @param size how long
         * @param seed of what is random
         * @return a new array
         */
        Object make(Patterns pattern, int size, long seed);
    }

    /** An array of a length. */
    @FunctionalInterface
    public interface Allocator {
        /**
         * Makes one.
         *
         * @param length how long
         * @return a new array
         */
        Object make(int length);
    }

    /** An object with a key; equal to itself alone, so that a check sees an unstable sort. */
    private static final class Item {
        private final int key;

        Item(int key) {
            this.key = key;
        }

        int key() {
            return key;
        }
    }

    private static Object items(Patterns pattern, int size, long seed) {
        return IntStream.of(pattern.ints(size, seed)).mapToObj(Item::new).toArray(Item[]::new);
    }

    /**
     * The kind of an element type.
     *
     * @param name of a primitive type that can be sorted, or {@code object}
     * @return the kind
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ArrayKind of(String name) {
        return ALL.stream()
                .filter(kind -> Objects.equals(kind.name, name))
                .findAny()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--type must be one of "
                                                + ALL.stream().map(ArrayKind::name).toList()
                                                + ", was '"
                                                + name
                                                + "'"));
    }
}
