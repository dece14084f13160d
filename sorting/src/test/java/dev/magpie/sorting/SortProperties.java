package dev.magpie.sorting;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.Fine.Item;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * What properties of sorts are tried with: arrays of all shapes, cut so finely that short ones are
 * sorted in parallel, on schedulers that all tries of a class share. A try that does not end fails.
 *
 * <p>Each run has another seed; a failure prints it, with the least case that it was shrunk to, and
 * {@code @Property(seed = "...")} repeats it as far as threads let it.
 */
@AddLifecycleHook(SortProperties.Deadline.class)
abstract class SortProperties {

    private static final int LONGEST = 1500;

    private static Scheduler[] schedulers = {};

    @BeforeContainer
    static void start() {
        schedulers =
                IntStream.rangeClosed(1, 3).mapToObj(Fine::scheduler).toArray(Scheduler[]::new);
    }

    @AfterContainer
    static void stop() {
        for (Scheduler scheduler : schedulers) {
            scheduler.close();
        }
    }

    /** Ends a try, in a thread of its own, that takes too long. */
    static final class Deadline implements AroundTryHook {
        @Override
        public TryExecutionResult aroundTry(
                TryLifecycleContext context, TryExecutor executor, List<Object> parameters) {
            return assertTimeoutPreemptively(
                    Duration.ofSeconds(Fine.DEADLINE_SECONDS), () -> executor.execute(parameters));
        }
    }

    /** Where and how to sort. */
    record Way(int workers, int grain, Algorithm algorithm, boolean descending, boolean buffered) {

        Sorter sorter() {
            Sorter sorter = ascending();
            return descending ? sorter.reversed() : sorter;
        }

        Sorter ascending() {
            Sorter sorter = Sorter.on(schedulers[workers - 1]).grain(grain).algorithm(algorithm);
            return buffered ? sorter : sorter.workspace(Workspace.limitedTo(3));
        }

        <T> Comparator<T> directed(Comparator<T> order) {
            return descending ? order.reversed() : order;
        }
    }

    /** A sorter that is cancelled after so many questions whether it is. */
    static Sorter cancelledAfter(Sorter sorter, int questions) {
        AtomicInteger asked = new AtomicInteger();
        return sorter.cancelWith(() -> asked.getAndIncrement() >= questions);
    }

    @Provide
    Arbitrary<Way> ways() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(16, 64, 8),
                        Arbitraries.of(Algorithm.values()),
                        Arbitraries.of(false, true),
                        Arbitraries.of(true, true, false))
                .as(Way::new);
    }

    /** An array of numbers and a range of it. */
    record Numbers<A>(NumberType<A> type, long[] keys, int from, int to) {

        A array() {
            return type.make().apply(keys);
        }

        /** The whole array when the JDK has sorted the range, which is maybe turned round then. */
        long[] sortedKeys(boolean descending) {
            A array = array();
            type.model().sort(array, from, to);
            return turned(type.keysOf(array), from, to, descending);
        }

        @Override
        public String toString() {
            return type + "s from " + from + " to " + to + " of " + Arrays.toString(keys);
        }
    }

    static long[] turned(long[] keys, int from, int to, boolean descending) {
        for (int i = from, j = to - 1; descending && i < j; i++, j--) {
            long key = keys[i];
            keys[i] = keys[j];
            keys[j] = key;
        }
        return keys;
    }

    @Provide
    Arbitrary<Numbers<?>> numbers() {
        return Arbitraries.of(NumberType.ALL).flatMap(SortProperties::numbers);
    }

    static <A> Arbitrary<Numbers<?>> numbers(NumberType<A> type) {
        Arbitrary<Integer> percent = Arbitraries.integers().between(0, 100);
        return Combinators.combine(
                        shaped(type.keys(), LONGEST), Arbitraries.of(false, true), percent, percent)
                .as(
                        (keys, whole, one, other) ->
                                new Numbers<>(
                                        type,
                                        keys,
                                        whole ? 0 : keys.length * Math.min(one, other) / 100,
                                        whole
                                                ? keys.length
                                                : keys.length * Math.max(one, other) / 100));
    }

    /** Of each ten arrays some are too short to be cut at all. */
    static Arbitrary<long[]> shaped(Arbitrary<Long> keys, int longest) {
        Arbitrary<long[]> lengths =
                Arbitraries.oneOf(
                        keys.array(long[].class).ofMaxSize(40),
                        keys.array(long[].class)
                                .ofMaxSize(longest / 5)
                                .withSizeDistribution(RandomDistribution.uniform()),
                        keys.array(long[].class)
                                .ofMaxSize(longest)
                                .withSizeDistribution(RandomDistribution.uniform()));
        return Combinators.combine(Arbitraries.of(Shape.values()), lengths).as(Shape::shape);
    }

    /** Items of which many may be equal, and a range. */
    record Items(Item[] items, int from, int to) {

        Item[] array() {
            return items.clone();
        }

        @Override
        public String toString() {
            return "from "
                    + from
                    + " to "
                    + to
                    + " of keys "
                    + Arrays.toString(Arrays.stream(items).mapToInt(Item::key).toArray());
        }
    }

    @Provide
    Arbitrary<Items> items() {
        return Arbitraries.of(2, 10, 300, Integer.MAX_VALUE)
                .flatMap(keys -> shaped(Arbitraries.longs().between(0, keys), LONGEST))
                .flatMap(
                        keys ->
                                Combinators.combine(
                                                Arbitraries.integers().between(0, keys.length),
                                                Arbitraries.integers().between(0, keys.length))
                                        .as((one, other) -> items(keys, one, other)));
    }

    private static Items items(long[] keys, int one, int other) {
        Item[] items = new Item[keys.length];
        Arrays.setAll(items, i -> new Item((int) keys[i], i));
        return new Items(items, Math.min(one, other), Math.max(one, other));
    }
}
