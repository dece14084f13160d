package dev.magpie.benchmarks.integrate;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.graph.GraphRecorder;
import dev.magpie.benchmarks.graph.Recordable;
import dev.magpie.benchmarks.graph.RecordedTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.Task;
import java.util.concurrent.ForkJoinTask;

/**
 * The integral of (x^2 + 1) x from 0 to 10,000 by adaptive trapezoids. The answer is the sum's
 * bits: whoever computes it adds the same areas in the same order.
 */
public final class IntegrateProblem implements Problem, Recordable {

    private static final double LIMIT = 10_000;
    private static final double AREA = LIMIT * LIMIT * (LIMIT * LIMIT + 2) / 4;
    private static final double TOLERANCE = 1e-6;

    private final double epsilon;
    private final long answer;

    /**
     * The problem of one precision.
     *
     * @param epsilon by how much an interval's area may change when it is cut, above 0
     * @throws IllegalArgumentException if it is not
     */
    public IntegrateProblem(double epsilon) {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon must be above 0, was " + epsilon);
        }
        this.epsilon = epsilon;
        answer = sequential();
        double area = Interval.area(answer);
        if (Math.abs(area / AREA - 1) > TOLERANCE) {
            throw new IllegalStateException("the integral is " + AREA + ", not " + area);
        }
    }

    private static Interval whole() {
        return Interval.of(0, LIMIT);
    }

    @Override
    public Task<Long> magpie() {
        return new MagpieIntegrate(whole(), epsilon);
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return new ForkJoinIntegrate(whole(), epsilon);
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevIntegrate(whole(), epsilon);
    }

    @Override
    public RecordedTask<Long> recorded(GraphRecorder recorder) {
        return new RecordedIntegrate(recorder, whole(), epsilon);
    }

    @Override
    public long sequential() {
        return Interval.bits(Interval.integrate(whole(), epsilon));
    }

    @Override
    public long answer() {
        return answer;
    }
}
