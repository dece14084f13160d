package dev.magpie.benchmarks.loops;

import dev.magpie.scheduler.Parallel;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The sum of an array of longs. */
public final class ReduceLoop implements LoopProblem {

    private final long[] values;

    /**
     * A sum.
     *
     * @param size of how many elements
     * @param seed of what they are
     */
    public ReduceLoop(int size, long seed) {
        values = new SplittableRandom(seed).longs(size).toArray();
    }

    @Override
    public String name() {
        return "reduce";
    }

    @Override
    public String rival() {
        return "stream";
    }

    @Override
    public void reset() {}

    @Override
    public long sequential() {
        long sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
        }
        return sum;
    }

    @Override
    public long magpie(Parallel parallel) {
        return parallel.range(0, values.length).sumAsLong(i -> values[i]);
    }

    @Override
    public long forkJoin() {
        return IntStream.range(0, values.length).parallel().mapToLong(i -> values[i]).sum();
    }

    @Override
    public long digest() {
        return 0;
    }
}
