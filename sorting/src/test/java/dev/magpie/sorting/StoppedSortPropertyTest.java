package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.magpie.sorting.Fine.Item;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Comparators that throw or contradict themselves, and cancellations: nothing is ever lost. */
class StoppedSortPropertyTest extends SortProperties {

    /** What is done to items by a comparator. */
    enum Operation {
        SORT {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                sorter.sort(items, order);
            }
        },
        SORT_INTS {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                int[] places = IntStream.range(0, items.length).toArray();
                try {
                    sorter.sort(places, (left, right) -> order.compare(items[left], items[right]));
                } finally {
                    Arrays.sort(places);
                    for (int i = 0; i < items.length; i++) {
                        assertThat(places[i]).isEqualTo(i);
                    }
                }
            }
        },
        SORT_LONGS {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                long[] places = IntStream.range(0, items.length).asLongStream().toArray();
                try {
                    sorter.sort(
                            places,
                            (left, right) -> order.compare(items[(int) left], items[(int) right]));
                } finally {
                    Arrays.sort(places);
                    for (int i = 0; i < items.length; i++) {
                        assertThat(places[i]).isEqualTo(i);
                    }
                }
            }
        },
        SORT_DOUBLES {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                double[] places = IntStream.range(0, items.length).asDoubleStream().toArray();
                try {
                    sorter.sort(
                            places,
                            (left, right) -> order.compare(items[(int) left], items[(int) right]));
                } finally {
                    Arrays.sort(places);
                    for (int i = 0; i < items.length; i++) {
                        assertThat(places[i]).isEqualTo(i);
                    }
                }
            }
        },
        NTH_ELEMENT {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                sorter.nthElement(items, index, order);
            }
        },
        TOP_K {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                Item[] top = sorter.topK(items, index, order);
                assertThat(top).hasSize(index).doesNotHaveDuplicates();
                assertThat(List.of(items)).containsAll(List.of(top));
            }
        },
        IS_SORTED {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                boolean unused = sorter.isSorted(items, order);
            }
        },
        ARGSORT {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                int[] indices = sorter.argsort(items, order);
                Arrays.sort(indices);
                for (int i = 0; i < items.length; i++) {
                    assertThat(indices[i]).isEqualTo(i);
                }
            }
        },
        SORT_TOGETHER {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                Item[] values = items.clone();
                try {
                    sorter.sortTogether(items, values, order);
                } finally {
                    assertThat(values).isEqualTo(items);
                }
            }
        },
        MERGE {
            @Override
            void run(Sorter sorter, Item[] items, int index, Comparator<Item> order) {
                Item[] one = Arrays.copyOfRange(items, 0, index);
                Item[] other = Arrays.copyOfRange(items, index, items.length);
                Arrays.sort(one, Item.ORDER);
                Arrays.sort(other, Item.ORDER);
                Item[] merged = sorter.merge(List.of(one, other), order);
                assertThat(Fine.byPlace(merged)).isEqualTo(Fine.byPlace(items));
            }
        };

        abstract void run(Sorter sorter, Item[] items, int index, Comparator<Item> order);
    }

    private static int comparisons(int size, int percent) {
        return (int)
                ((size + 1L) * (Integer.SIZE - Integer.numberOfLeadingZeros(size)) * percent / 100);
    }

    @Property(tries = 800)
    void whatTheOrderThrowsArrivesAsItselfAndNothingIsLost(
            @ForAll("items") Items items,
            @ForAll("ways") Way way,
            @ForAll Operation operation,
            @ForAll @IntRange(max = 100) int last,
            @ForAll @IntRange(max = 99) int percent) {
        Item[] array = items.array();
        int index = array.length * percent / 100;
        if (array.length == 0) {
            return;
        }
        int calls = comparisons(array.length, last);
        AtomicInteger left = new AtomicInteger(calls);
        IllegalStateException thrown = new IllegalStateException("by the test");
        Comparator<Item> order =
                (one, other) -> {
                    if (left.getAndDecrement() == 0) {
                        throw thrown;
                    }
                    return Item.ORDER.compare(one, other);
                };
        Throwable caught =
                catchThrowable(() -> operation.run(way.ascending(), array, index, order));
        if (caught == null) {
            assertThat(left.get()).isNotNegative();
        } else {
            assertThat(caught).isSameAs(thrown);
        }
        assertThat(Fine.byPlace(array)).isEqualTo(items.items());
    }

    /** What a comparator answers that has no order. */
    enum Contradiction {
        AT_RANDOM,
        ALWAYS_LESS,
        ALWAYS_GREATER,
        CIRCLE,
        WRAPS;

        Comparator<Item> order(int seed) {
            AtomicInteger calls = new AtomicInteger(seed);
            return switch (this) {
                case AT_RANDOM ->
                        (left, right) -> (calls.incrementAndGet() * 0x9E3779B9 >>> 7) % 3 - 1;
                case ALWAYS_LESS -> (left, right) -> -1;
                case ALWAYS_GREATER -> (left, right) -> 1;
                case CIRCLE ->
                        (left, right) ->
                                Integer.compare(Math.floorMod(left.key() - right.key(), 3), 1);
                case WRAPS -> (left, right) -> (left.key() - right.key()) << 8;
            };
        }
    }

    @Property(tries = 800)
    void anOrderThatContradictsItselfEndsAndLosesNothing(
            @ForAll("items") Items items,
            @ForAll("ways") Way way,
            @ForAll Operation operation,
            @ForAll Contradiction contradiction,
            @ForAll int seed,
            @ForAll @IntRange(max = 99) int percent) {
        Item[] array = items.array();
        if (array.length == 0) {
            return;
        }
        int index = array.length * percent / 100;
        Comparator<Item> order = contradiction.order(seed);
        Throwable caught = catchThrowable(() -> operation.run(way.sorter(), array, index, order));
        if (caught != null) {
            assertThat(caught).isExactlyInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Fine.byPlace(array)).isEqualTo(items.items());
    }

    @Property(tries = 400)
    void cancelledOperationsOnObjectsLoseNothing(
            @ForAll("items") Items items,
            @ForAll("ways") Way way,
            @ForAll Operation operation,
            @ForAll @IntRange(max = 120) int questions,
            @ForAll @IntRange(max = 99) int percent) {
        Item[] array = items.array();
        if (array.length == 0) {
            return;
        }
        int index = array.length * percent / 100;
        Throwable caught =
                catchThrowable(
                        () ->
                                operation.run(
                                        cancelledAfter(way.ascending(), questions),
                                        array,
                                        index,
                                        Item.ORDER));
        assertCancelled(caught);
        assertThat(Fine.byPlace(array)).isEqualTo(items.items());
    }

    private static void assertCancelled(Throwable caught) {
        if (caught != null) {
            assertThat(caught)
                    .isExactlyInstanceOf(CancellationException.class)
                    .hasMessage("sort was cancelled");
        }
    }

    @Property(tries = 600)
    void cancelledSortsOfNumbersLoseNothing(
            @ForAll("numbers") Numbers<?> numbers,
            @ForAll("ways") Way way,
            @ForAll @IntRange(max = 300) int questions,
            @ForAll boolean select) {
        check(numbers, way, questions, select);
    }

    private static <A> void check(Numbers<A> numbers, Way way, int questions, boolean select) {
        NumberType<A> type = numbers.type();
        A array = numbers.array();
        Sorter sorter = cancelledAfter(way.sorter(), questions);
        int from = numbers.from();
        int to = numbers.to();
        Throwable caught =
                catchThrowable(
                        () -> {
                            if (select && from < to) {
                                type.nthElement().select(sorter, array, from, to, (from + to) / 2);
                            } else {
                                type.sort().sort(sorter, array, from, to);
                            }
                        });
        assertCancelled(caught);
        assertThat(type.bitsOf(array)).isEqualTo(type.bitsOf(numbers.array()));
        if (caught == null && !select) {
            long[] keys = type.keysOf(array);
            assertThat(turned(keys, from, to, way.descending()))
                    .as("sorted after all")
                    .isEqualTo(ascending(numbers));
        }
    }

    private static <A> long[] ascending(Numbers<A> numbers) {
        A array = numbers.array();
        numbers.type().model().sort(array, numbers.from(), numbers.to());
        return numbers.type().keysOf(array);
    }
}
