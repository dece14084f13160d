package dev.magpie.benchmarks.fanout;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;

/** Forks empty tasks, joins newest first. */
final class ChaseLevFanOut extends ChaseLevTask<Long> {

    private final int tasks;

    ChaseLevFanOut(int tasks) {
        this.tasks = tasks;
    }

    @Override
    protected Long compute() {
        Empty[] forked = new Empty[tasks];
        for (int i = 0; i < tasks; i++) {
            forked[i] = new Empty();
            forked[i].fork();
        }
        long sum = 0;
        for (int i = tasks - 1; i >= 0; i--) {
            sum += forked[i].join();
        }
        return sum;
    }

    private static final class Empty extends ChaseLevTask<Long> {

        @Override
        protected Long compute() {
            return 1L;
        }
    }
}
