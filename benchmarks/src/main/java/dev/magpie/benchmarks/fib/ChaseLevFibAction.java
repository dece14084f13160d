package dev.magpie.benchmarks.fib;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import org.jspecify.annotations.Nullable;

/** A task per call, result in a field: no boxes. */
final class ChaseLevFibAction extends ChaseLevTask<@Nullable Void> {

    private final int number;
    long result;

    ChaseLevFibAction(int number) {
        this.number = number;
    }

    @Override
    @SuppressWarnings("NullAway") // the result type says nullable
    protected @Nullable Void compute() {
        if (number < 2) {
            result = number;
            return null;
        }
        ChaseLevFibAction first = new ChaseLevFibAction(number - 1);
        first.fork();
        ChaseLevFibAction second = new ChaseLevFibAction(number - 2);
        second.compute();
        first.join();
        result = second.result + first.result;
        return null;
    }
}
