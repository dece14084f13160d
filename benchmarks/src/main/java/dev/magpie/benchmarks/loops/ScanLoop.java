package dev.magpie.benchmarks.loops;

import dev.magpie.scheduler.Parallel;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Prefix sums of an array of longs, in place. */
public final class ScanLoop implements LoopProblem {

    private final long[] source;
    private final long[] values;

    /**
     * A scan.
     *
     * @param size of how many elements
     * @param seed of what they are
     */
    public ScanLoop(int size, long seed) {
        source = new SplittableRandom(seed).longs(size).toArray();
        values = new long[size];
    }

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public String rival() {
        return "Arrays.parallelPrefix";
    }

    @Override
    public void reset() {
        System.arraycopy(source, 0, values, 0, source.length);
    }

    @Override
    public long sequential() {
        long sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            values[i] = sum;
        }
        return sum;
    }

    @Override
    public long magpie(Parallel parallel) {
        parallel.inclusiveScan(values, values, 0, Long::sum);
        return values[values.length - 1];
    }

    @Override
    public long forkJoin() {
        Arrays.parallelPrefix(values, Long::sum);
        return values[values.length - 1];
    }

    @Override
    public long digest() {
        return Arrays.hashCode(values);
    }
}
