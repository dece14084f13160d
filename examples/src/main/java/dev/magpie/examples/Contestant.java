package dev.magpie.examples;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.Algorithm;
import dev.magpie.sorting.Sorter;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Something that sorts, at one width.
 *
 * @param name what it is called in reports
 * @param threads its width
 * @param turn starts its threads for one sort, outside the measured time: pinned pools alive side
 *     by side would be declined each other's CPUs
 */
record Contestant(String name, int threads, Supplier<Turn> turn) {

    /**
     * One sort's threads.
     *
     * @param sort what is measured
     * @param close ends the threads
     * @param detail what else to tell, blank for nothing
     */
    record Turn(Consumer<int[]> sort, Runnable close, String detail) {}

    static Contestant sequential() {
        return new Contestant("arrays-sort", 1, () -> new Turn(Arrays::sort, () -> {}, ""));
    }

    /**
     * {@code parallelSort} splits by the common pool's width, but its forks go to the caller's
     * pool.
     */
    static Contestant parallelSort(int threads) {
        return onPool(
                "arrays-parallelsort",
                threads,
                (pool, array) -> pool.submit(() -> Arrays.parallelSort(array)).join());
    }

    static Contestant forkJoin(int threads) {
        return onPool(
                "forkjoin-merge", threads, (pool, array) -> ForkJoinMergeSort.sort(array, pool));
    }

    private static Contestant onPool(
            String name, int threads, java.util.function.BiConsumer<ForkJoinPool, int[]> sort) {
        return new Contestant(
                name,
                threads,
                () -> {
                    ForkJoinPool pool = new ForkJoinPool(threads);
                    return new Turn(array -> sort.accept(pool, array), pool::shutdown, "");
                });
    }

    static Contestant magpie(int threads, Pinning pinning) {
        return new Contestant(
                "magpie-merge",
                threads,
                () -> {
                    Scheduler scheduler =
                            Scheduler.builder().workers(threads).pinning(pinning).build();
                    Sorter sorter = Sorter.on(scheduler).algorithm(Algorithm.MERGE);
                    return new Turn(sorter::sort, scheduler::close, scheduler.toString());
                });
    }
}
