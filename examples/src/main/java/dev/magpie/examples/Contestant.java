package dev.magpie.examples;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.Algorithm;
import dev.magpie.sorting.Sorter;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;

/**
 * Something that sorts, at one width.
 *
 * @param name what it is called in reports
 * @param threads its width
 * @param sort what it does
 * @param close ends its threads
 * @param detail what else to tell, blank for nothing
 */
record Contestant(String name, int threads, Consumer<int[]> sort, Runnable close, String detail) {

    static Contestant sequential() {
        return new Contestant("arrays-sort", 1, Arrays::sort, () -> {}, "");
    }

    /**
     * {@code parallelSort} splits by the common pool's width, but its forks go to the caller's
     * pool.
     */
    static Contestant parallelSort(int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        return new Contestant(
                "arrays-parallelsort",
                threads,
                array -> pool.submit(() -> Arrays.parallelSort(array)).join(),
                pool::shutdown,
                "");
    }

    static Contestant forkJoin(int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        return new Contestant(
                "forkjoin-merge",
                threads,
                array -> {
                    if (array.length <= ForkJoinMergeSort.MIN_LEAF) {
                        Arrays.sort(array);
                    } else {
                        Object unused =
                                pool.invoke(ForkJoinMergeSort.of(array, 0, array.length, threads));
                    }
                },
                pool::shutdown,
                "");
    }

    static Contestant magpie(int threads, Pinning pinning) {
        Scheduler scheduler = Scheduler.builder().workers(threads).pinning(pinning).build();
        Sorter sorter = Sorter.on(scheduler).algorithm(Algorithm.MERGE);
        return new Contestant(
                "magpie-merge", threads, sorter::sort, scheduler::close, scheduler.toString());
    }
}
