package dev.magpie.examples;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.sorting.Algorithm;
import dev.magpie.sorting.Sorter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiConsumer;
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

    static final String SEQUENTIAL = "arrays-sort";
    static final String PARALLEL_SORT = "arrays-parallelsort";
    static final String FORK_JOIN = "forkjoin-merge";
    static final String MAGPIE = "magpie-merge";

    /**
     * One sort's threads.
     *
     * @param sort what is measured
     * @param close ends the threads
     * @param detail what else to tell, blank for nothing
     */
    record Turn(Consumer<int[]> sort, Runnable close, String detail) {}

    /** All contestants at all widths. */
    static List<Contestant> lineup(SortedSet<Integer> widths, Pinning pinning) {
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(sequential());
        for (int width : widths) {
            contestants.add(parallelSort(width));
            contestants.add(forkJoin(width));
            contestants.add(magpie(width, pinning));
        }
        return contestants;
    }

    private static Contestant sequential() {
        return new Contestant(SEQUENTIAL, 1, () -> new Turn(Arrays::sort, () -> {}, ""));
    }

    /**
     * {@code parallelSort} forks in the pool of its caller, but splits by the common pool's
     * parallelism, and not at all where that is 1. At width 1 this is that same sequential sort,
     * also where the parallelism cannot be set for each row.
     */
    private static Contestant parallelSort(int threads) {
        return onPool(
                PARALLEL_SORT,
                threads,
                (pool, array) -> {
                    if (threads == 1) {
                        pool.submit(() -> Arrays.sort(array)).join();
                    } else {
                        pool.submit(() -> Arrays.parallelSort(array)).join();
                    }
                });
    }

    private static Contestant forkJoin(int threads) {
        return onPool(FORK_JOIN, threads, (pool, array) -> ForkJoinMergeSort.sort(array, pool));
    }

    private static Contestant onPool(
            String name, int threads, BiConsumer<ForkJoinPool, int[]> sort) {
        return new Contestant(
                name,
                threads,
                () -> {
                    CommonParallelism.set(threads);
                    ForkJoinPool pool = new ForkJoinPool(threads);
                    startThreads(pool);
                    return new Turn(array -> sort.accept(pool, array), pool::shutdown, "");
                });
    }

    /** The pool would start them at first use, inside the measured time. */
    private static void startThreads(ForkJoinPool pool) {
        CountDownLatch started = new CountDownLatch(pool.getParallelism());
        for (int thread = 0; thread < pool.getParallelism(); thread++) {
            pool.execute(
                    () -> {
                        started.countDown();
                        awaitAll(started);
                    });
        }
        awaitAll(started);
    }

    private static void awaitAll(CountDownLatch started) {
        try {
            started.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt(); // some threads will start later
        }
    }

    private static Contestant magpie(int threads, Pinning pinning) {
        return new Contestant(
                MAGPIE,
                threads,
                () -> {
                    Scheduler scheduler =
                            Scheduler.builder().workers(threads).pinning(pinning).build();
                    Sorter sorter = Sorter.on(scheduler).algorithm(Algorithm.MERGE);
                    return new Turn(
                            sorter::sort, scheduler::close, scheduler.config().pinningDecision());
                });
    }
}
