package dev.magpie.benchmarks.fib;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;

/** A task per call, result as {@code Long}. */
final class ChaseLevFib extends ChaseLevTask<Long> {

    private final int number;

    ChaseLevFib(int number) {
        this.number = number;
    }

    @Override
    protected Long compute() {
        if (number < 2) {
            return (long) number;
        }
        ChaseLevFib first = new ChaseLevFib(number - 1);
        first.fork();
        return new ChaseLevFib(number - 2).compute() + first.join();
    }
}
