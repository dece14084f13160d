package dev.magpie.benchmarks.fib;

import java.util.concurrent.RecursiveTask;

/** A task per call, result as {@code Long}. */
final class ForkJoinFib extends RecursiveTask<Long> {

    private static final long serialVersionUID = 1L;

    private final int number;

    ForkJoinFib(int number) {
        this.number = number;
    }

    @Override
    protected Long compute() {
        if (number < 2) {
            return (long) number;
        }
        ForkJoinFib first = new ForkJoinFib(number - 1);
        first.fork();
        return new ForkJoinFib(number - 2).compute() + first.join();
    }
}
