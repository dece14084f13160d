package dev.magpie.benchmarks.cilksort;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.Task;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinTask;

/**
 * Random ints in ascending order, by quarters that are merged in parallel: the sort of the Cilk
 * distribution (Frigo, Leiserson and Randall, doi 10.1145/277650.277725), with {@code Arrays.sort}
 * for small parts. One computation at a time: all sort the same array. The answer is the number of
 * elements; {@link #verify} looks at the order.
 */
public final class CilksortProblem implements Problem {

    private static final long SEED = 42;

    private final int[] random;
    private final int[] sorted;
    private final Arena arena;

    /**
     * The problem of one size.
     *
     * @param size how many ints, at least 0
     * @throws IllegalArgumentException if it is negative
     */
    public CilksortProblem(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("size must be at least 0, was " + size);
        }
        random = new SplittableRandom(SEED).ints(size).toArray();
        sorted = random.clone();
        Arrays.sort(sorted);
        arena = new Arena(size);
    }

    /** Puts the array in disorder, before each computation. */
    public void shuffle() {
        arena.fill(random);
    }

    /** Whether the array is in order. */
    public boolean verify() {
        return arena.holds(sorted);
    }

    @Override
    public Task<Long> magpie() {
        return new MagpieCilksort(arena, 0, arena.size());
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return new ForkJoinCilksort(arena, 0, arena.size());
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevCilksort(arena, 0, arena.size());
    }

    @Override
    public long sequential() {
        return sort(0, arena.size());
    }

    private long sort(int from, int to) {
        if (Arena.isSmall(from, to)) {
            arena.sortSmall(from, to);
            return (long) to - from;
        }
        int middle = (from + to) >>> 1;
        int low = (from + middle) >>> 1;
        int high = (middle + to) >>> 1;
        long count = sort(from, low) + sort(low, middle) + sort(middle, high) + sort(high, to);
        long merged = arena.mergeSmall(new Runs(from, low, low, middle, from), false);
        merged += arena.mergeSmall(new Runs(middle, high, high, to, middle), false);
        merged += arena.mergeSmall(new Runs(from, middle, middle, to, from), true);
        return Arena.checked(count, merged);
    }

    @Override
    public long answer() {
        return arena.size();
    }
}
