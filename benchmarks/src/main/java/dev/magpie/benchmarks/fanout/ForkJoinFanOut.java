package dev.magpie.benchmarks.fanout;

import java.util.concurrent.RecursiveTask;

/** Forks empty tasks, joins newest first. */
final class ForkJoinFanOut extends RecursiveTask<Long> {

    private static final long serialVersionUID = 1L;

    private final int tasks;

    ForkJoinFanOut(int tasks) {
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

    private static final class Empty extends RecursiveTask<Long> {

        private static final long serialVersionUID = 1L;

        @Override
        protected Long compute() {
            return 1L;
        }
    }
}
