package dev.magpie.benchmarks.integrate;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;

/** An interval: forks the left half, computes the right one. Areas as bits. */
final class ChaseLevIntegrate extends ChaseLevTask<Long> {

    private final Interval interval;
    private final double epsilon;

    ChaseLevIntegrate(Interval interval, double epsilon) {
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
        ChaseLevIntegrate forked = new ChaseLevIntegrate(left, epsilon);
        forked.fork();
        double rightArea = Interval.area(new ChaseLevIntegrate(right, epsilon).compute());
        return Interval.bits(Interval.area(forked.join()) + rightArea);
    }
}
