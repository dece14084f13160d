package dev.magpie.benchmarks.skynet;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;

/** A node of the tree: forks its children, joins newest first. */
final class ChaseLevSkynet extends ChaseLevTask<Long> {

    private final long first;
    private final long leaves;

    ChaseLevSkynet(long first, long leaves) {
        this.first = first;
        this.leaves = leaves;
    }

    @Override
    protected Long compute() {
        if (leaves == 1) {
            return first;
        }
        long share = leaves / SkynetProblem.CHILDREN;
        ChaseLevSkynet[] children = new ChaseLevSkynet[SkynetProblem.CHILDREN];
        for (int i = 0; i < children.length; i++) {
            children[i] = new ChaseLevSkynet(first + i * share, share);
            children[i].fork();
        }
        long sum = 0;
        for (int i = children.length - 1; i >= 0; i--) {
            sum += children[i].join();
        }
        return sum;
    }
}
