package dev.magpie.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.Scheduler;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranges that are none are refused alike by whatever takes a range, before anything is done. */
class RangeTest {

    private static final int LENGTH = 5;

    /** Does something to a range of an array of {@link #LENGTH} elements. */
    private interface Call {
        void on(Sorter sorter, int from, int to);
    }

    private static Arguments call(String name, Call call) {
        return Arguments.of(name, call);
    }

    static Stream<Arguments> calls() {
        Stream<Arguments> ofNumbers = NumberType.ALL.stream().flatMap(RangeTest::callsOf);
        String[] words = {"a", "b", "c", "d", "e"};
        Comparator<String> order = Comparator.naturalOrder();
        Stream<Arguments> ofObjects =
                Stream.of(
                        call("sort objects", (sorter, from, to) -> sorter.sort(words, from, to)),
                        call(
                                "sort by a comparator",
                                (sorter, from, to) -> sorter.sort(words, from, to, order)),
                        call(
                                "sort ints by a comparator",
                                (sorter, from, to) ->
                                        sorter.sort(new int[LENGTH], from, to, Integer::compare)),
                        call(
                                "isSorted of objects",
                                (sorter, from, to) -> sorter.isSorted(words, from, to, order)),
                        call(
                                "nthElement of objects",
                                (sorter, from, to) ->
                                        sorter.nthElement(words, from, to, from, order)),
                        call(
                                "topK of objects",
                                (sorter, from, to) -> sorter.topK(words, from, to, 0, order)),
                        call(
                                "argsort of objects",
                                (sorter, from, to) -> sorter.argsort(words, from, to)),
                        call(
                                "argsort by a comparator",
                                (sorter, from, to) -> sorter.argsort(words, from, to, order)),
                        call(
                                "sortBy",
                                (sorter, from, to) ->
                                        sorter.<String, String>sortBy(
                                                words, from, to, word -> word)),
                        call(
                                "sortByInt",
                                (sorter, from, to) ->
                                        sorter.sortByInt(words, from, to, String::length)),
                        call(
                                "sortByLong",
                                (sorter, from, to) ->
                                        sorter.sortByLong(words, from, to, String::length)),
                        call(
                                "sortByDouble",
                                (sorter, from, to) ->
                                        sorter.sortByDouble(words, from, to, String::length)),
                        call(
                                "together",
                                (sorter, from, to) ->
                                        sorter.together(new long[LENGTH])
                                                .with(words)
                                                .sort(from, to)));
        return Stream.concat(ofNumbers, ofObjects);
    }

    private static <A> Stream<Arguments> callsOf(NumberType<A> type) {
        A array = type.make().apply(new long[LENGTH]);
        return Stream.of(
                call(
                        "sort " + type,
                        (sorter, from, to) -> type.sort().sort(sorter, array, from, to)),
                call(
                        "isSorted " + type,
                        (sorter, from, to) -> type.isSorted().ask(sorter, array, from, to)),
                call(
                        "nthElement " + type,
                        (sorter, from, to) ->
                                type.nthElement().select(sorter, array, from, to, from)),
                call(
                        "topK " + type,
                        (sorter, from, to) -> type.topK().select(sorter, array, from, to, 0)),
                call(
                        "argsort " + type,
                        (sorter, from, to) -> type.argsort().find(sorter, array, from, to)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void aRangeThatIsNoneIsRefused(String name, Call call) {
        try (Scheduler scheduler = Fine.scheduler(1)) {
            Sorter sorter = Sorter.on(scheduler);
            call.on(sorter, 2, 4);
            assertThatThrownBy(() -> call.on(sorter, 3, 2))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("from must be at most to, 2, was 3");
            assertThatThrownBy(() -> call.on(sorter, -1, 2))
                    .isExactlyInstanceOf(ArrayIndexOutOfBoundsException.class)
                    .hasMessage("from must be at least 0, was -1");
            assertThatThrownBy(() -> call.on(sorter, 2, 6))
                    .isExactlyInstanceOf(ArrayIndexOutOfBoundsException.class)
                    .hasMessage("to must be at most the array's length, 5, was 6");
        }
    }

    @Test
    void anIndexOrACountThatDoesNotFitTheRangeIsRefused() {
        try (Scheduler scheduler = Fine.scheduler(1)) {
            Sorter sorter = Sorter.on(scheduler);
            for (int index : new int[] {1, 4}) {
                assertThatThrownBy(() -> sorter.nthElement(new int[LENGTH], 2, 4, index))
                        .isExactlyInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessage("index must be from 2 to below 4, was " + index);
            }
            assertThatThrownBy(() -> sorter.nthElement(new Integer[LENGTH], 2, 2, 2, null))
                    .isExactlyInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sorter.topK(new byte[LENGTH], 2, 4, 3))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("count must be between 0 and the range's length 2, was 3");
        }
    }

    @Test
    void indicesOfARangeAreThoseOfTheArray() {
        try (Scheduler scheduler = Fine.scheduler(1)) {
            int[] order = Sorter.on(scheduler).argsort(new int[] {9, 8, 7, 6, 5}, 1, 4);
            assertThat(order).containsExactly(3, 2, 1);
        }
    }
}
