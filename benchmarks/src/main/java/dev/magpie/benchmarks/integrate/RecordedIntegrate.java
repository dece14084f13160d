package dev.magpie.benchmarks.integrate;

import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.RecordedTask;

/** An interval: forks the left half, computes the right one. Areas as bits. */
final class RecordedIntegrate extends RecordedTask<Long> {

    private final Interval interval;
    private final double epsilon;

    RecordedIntegrate(GraphRecorder recorder, Interval interval, double epsilon) {
        super(recorder);
        this.interval = interval;
        this.epsilon = epsilon;
    }

    @Override
    protected Long compute() {
        double middleValue = Interval.integrand(interval.middle());
        Interval left = interval.left(middleValue);
        Interval right = interval.right(middleValue);
        if (Interval.isClose(interval, left, right, epsilon)) {
            return Interval.bits(left.area() + right.area());
        }
        RecordedIntegrate forked = new RecordedIntegrate(recorder, left, epsilon);
        forked.fork();
        double rightArea = Interval.area(new RecordedIntegrate(recorder, right, epsilon).compute());
        return Interval.bits(Interval.area(forked.join()) + rightArea);
    }
}
