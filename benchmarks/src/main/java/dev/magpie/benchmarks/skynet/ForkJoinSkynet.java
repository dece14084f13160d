package dev.magpie.benchmarks.skynet;

import java.util.concurrent.RecursiveTask;

/** A node of the tree: forks its children, joins newest first. */
final class ForkJoinSkynet extends RecursiveTask<Long> {

    private static final long serialVersionUID = 1L;

    private final long first;
    private final long leaves;

    ForkJoinSkynet(long first, long leaves) {
        this.first = first;
        this.leaves = leaves;
    }

    @Override
    protected Long compute() {
        if (leaves == 1) {
            return first;
        }
        long share = leaves / SkynetProblem.CHILDREN;
        ForkJoinSkynet[] children = new ForkJoinSkynet[SkynetProblem.CHILDREN];
        for (int i = 0; i < children.length; i++) {
            children[i] = new ForkJoinSkynet(first + i * share, share);
            children[i].fork();
        }
        long sum = 0;
        for (int i = children.length - 1; i >= 0; i--) {
            sum += children[i].join();
        }
        return sum;
    }
}
