package dev.magpie.benchmarks.integrate;

import dev.magpie.scheduler.RecursiveTask;

/** An interval: forks the left half, computes the right one. Areas as bits. */
final class MagpieIntegrate extends RecursiveTask<Long> {

    private final Interval interval;
    private final double epsilon;

    MagpieIntegrate(Interval interval, double epsilon) {
        this.interval = interval;
        this.epsilon = epsilon;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fork returns this task
    protected Long compute() {
        double middleValue = Interval.integrand(interval.middle());
        Interval left = interval.left(middleValue);
        Interval right = interval.right(middleValue);
        if (Interval.isClose(interval, left, right, epsilon)) {
            return Interval.bits(left.area() + right.area());
        }
        MagpieIntegrate forked = new MagpieIntegrate(left, epsilon);
        forked.fork();
        double rightArea = Interval.area(new MagpieIntegrate(right, epsilon).compute());
        return Interval.bits(Interval.area(forked.join()) + rightArea);
    }
}
