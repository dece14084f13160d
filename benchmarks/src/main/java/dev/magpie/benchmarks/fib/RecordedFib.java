package dev.magpie.benchmarks.fib;

import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.RecordedTask;

/** A task per call, result as {@code Long}. */
final class RecordedFib extends RecordedTask<Long> {

    private final int number;

    RecordedFib(GraphRecorder recorder, int number) {
        super(recorder);
        this.number = number;
    }

    @Override
    protected Long compute() {
        if (number < 2) {
            return (long) number;
        }
        RecordedFib first = new RecordedFib(recorder, number - 1);
        first.fork();
        return new RecordedFib(recorder, number - 2).compute() + first.join();
    }
}
