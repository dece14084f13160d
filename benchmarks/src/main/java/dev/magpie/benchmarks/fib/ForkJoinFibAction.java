package dev.magpie.benchmarks.fib;

import java.util.concurrent.RecursiveAction;

/** A task per call, result in a field: no boxes. */
final class ForkJoinFibAction extends RecursiveAction {

    private static final long serialVersionUID = 1L;

    private final int number;
    long result;

    ForkJoinFibAction(int number) {
        this.number = number;
    }

    @Override
    protected void compute() {
        if (number < 2) {
            result = number;
            return;
        }
        ForkJoinFibAction first = new ForkJoinFibAction(number - 1);
        first.fork();
        ForkJoinFibAction second = new ForkJoinFibAction(number - 2);
        second.compute();
        first.join();
        result = second.result + first.result;
    }
}
