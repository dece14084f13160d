package dev.magpie.benchmarks.fib;

import dev.magpie.scheduler.RecursiveAction;

/** A task per call, result in a field: no boxes. */
final class MagpieFibAction extends RecursiveAction {

    private final int number;
    long result;

    MagpieFibAction(int number) {
        this.number = number;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns this task
    protected void compute() {
        if (number < 2) {
            result = number;
            return;
        }
        MagpieFibAction first = new MagpieFibAction(number - 1);
        first.fork();
        MagpieFibAction second = new MagpieFibAction(number - 2);
        second.compute();
        first.join();
        result = second.result + first.result;
    }
}
