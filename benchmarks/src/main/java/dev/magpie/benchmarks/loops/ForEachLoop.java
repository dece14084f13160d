package dev.magpie.benchmarks.loops;

import dev.magpie.scheduler.Parallel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A multiplication and an addition for each element of an array of longs. */
public final class ForEachLoop implements LoopProblem {

    private final long[] source;
    private final long[] target;

    /**
     * A loop.
     *
     * @param size over how many elements
     * @param seed of what they are
     */
    public ForEachLoop(int size, long seed) {
        source = new SplittableRandom(seed).longs(size).toArray();
        target = new long[size];
    }

    @Override
    public String name() {
        return "forEach";
    }

    @Override
    public String rival() {
        return "stream";
    }

    @Override
    public void reset() {
        Arrays.fill(target, 0);
    }

    @Override
    public long sequential() {
        for (int i = 0; i < source.length; i++) {
            target[i] = source[i] * 31 + 7;
        }
        return target[0];
    }

    @Override
    public long magpie(Parallel parallel) {
        parallel.range(0, source.length).forEach(i -> target[i] = source[i] * 31 + 7);
        return target[0];
    }

    @Override
    public long forkJoin() {
        IntStream.range(0, source.length).parallel().forEach(i -> target[i] = source[i] * 31 + 7);
        return target[0];
    }

    @Override
    public long digest() {
        return Arrays.hashCode(target);
    }
}
