package dev.magpie.benchmarks.fib;

import dev.magpie.scheduler.RecursiveTask;

/** A task per call, result as {@code Long}. */
final class MagpieFib extends RecursiveTask<Long> {

    private final int number;

    MagpieFib(int number) {
        this.number = number;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns this task
    protected Long compute() {
        if (number < 2) {
            return (long) number;
        }
        MagpieFib first = new MagpieFib(number - 1);
        first.fork();
        return new MagpieFib(number - 2).compute() + first.join();
    }
}
