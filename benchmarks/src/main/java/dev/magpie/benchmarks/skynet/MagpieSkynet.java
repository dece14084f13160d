package dev.magpie.benchmarks.skynet;

import dev.magpie.scheduler.RecursiveTask;

/** A node of the tree: forks its children, joins newest first. */
final class MagpieSkynet extends RecursiveTask<Long> {

    private final long first;
    private final long leaves;

    MagpieSkynet(long first, long leaves) {
        this.first = first;
        this.leaves = leaves;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns this task
    protected Long compute() {
        if (leaves == 1) {
            return first;
        }
        long share = leaves / SkynetProblem.CHILDREN;
        MagpieSkynet[] children = new MagpieSkynet[SkynetProblem.CHILDREN];
        for (int i = 0; i < children.length; i++) {
            children[i] = new MagpieSkynet(first + i * share, share);
            children[i].fork();
        }
        long sum = 0;
        for (int i = children.length - 1; i >= 0; i--) {
            sum += children[i].join();
        }
        return sum;
    }
}
