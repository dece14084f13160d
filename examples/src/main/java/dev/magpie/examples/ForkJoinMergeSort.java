package dev.magpie.examples;

import dev.magpie.sorting.IntMergePasses;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * The merge sort of {@link dev.magpie.sorting.Sorter} on a {@link ForkJoinPool}, step by step the
 * same: it shows what the pool makes of it.
 */
final class ForkJoinMergeSort extends RecursiveAction {

    private static final long serialVersionUID = 1L;

    private final transient IntMergePasses passes;

    private ForkJoinMergeSort(IntMergePasses passes) {
        this.passes = passes;
    }

    /** Sorts an array on a pool; an array too short to split, in the calling thread. */
    static void sort(int[] array, ForkJoinPool pool) {
        if (array.length <= IntMergePasses.MIN_LEAF) {
            Arrays.sort(array);
        } else {
            IntMergePasses passes =
                    IntMergePasses.of(array, 0, array.length, pool.getParallelism());
            Object unused = pool.invoke(new ForkJoinMergeSort(passes));
        }
    }

    @Override
    protected void compute() {
        List<Runnable> step = passes.next();
        while (!step.isEmpty()) {
            Object unused = invokeAll(step.stream().map(ForkJoinTask::adapt).toList());
            step = passes.next();
        }
    }
}
