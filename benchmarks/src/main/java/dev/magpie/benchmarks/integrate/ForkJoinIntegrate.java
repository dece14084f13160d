package dev.magpie.benchmarks.integrate;

import java.util.concurrent.RecursiveTask;

/** An interval: forks the left half, computes the right one. Areas as bits. */
final class ForkJoinIntegrate extends RecursiveTask<Long> {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Interval interval;

    private final double epsilon;

    ForkJoinIntegrate(Interval interval, double epsilon) {
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
        ForkJoinIntegrate forked = new ForkJoinIntegrate(left, epsilon);
        forked.fork();
        double rightArea = Interval.area(new ForkJoinIntegrate(right, epsilon).compute());
        return Interval.bits(Interval.area(forked.join()) + rightArea);
    }
}
