package dev.magpie.benchmarks.fanout;

import dev.magpie.scheduler.RecursiveTask;

/** Forks empty tasks, joins newest first. */
final class MagpieFanOut extends RecursiveTask<Long> {

    private final int tasks;

    MagpieFanOut(int tasks) {
        this.tasks = tasks;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns this task
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

        @Override
        protected Long compute() {
            return 1L;
        }
    }
}
