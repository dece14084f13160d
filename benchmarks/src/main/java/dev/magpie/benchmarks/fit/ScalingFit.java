package dev.magpie.benchmarks.fit;

import java.util.Arrays;
import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresProblem;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.MultivariateJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.Pair;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ScalingLaw} that is closest to measured speedups: least squares of relative errors, by
 * Levenberg and Marquardt, parameters kept within their ranges. Stateless.
 */
public final class ScalingFit {

    private static final int MAX_STEPS = 1_000;
    private static final double FIRST_SERIAL = 0.05;
    private static final double FIRST_CROSSTALK = 0.001;

    private ScalingFit() {}

    /**
     * Fits Amdahl's law.
     *
     * @param workers of each measurement, at least two of them different
     * @param speedups of each measurement, above 0
     * @return the law, or null if there are too few points
     */
    public static @Nullable ScalingLaw amdahl(double[] workers, double[] speedups) {
        return fit(workers, speedups, 2);
    }

    /**
     * Fits the Universal Scalability Law.
     *
     * @param workers of each measurement, at least three of them different
     * @param speedups of each measurement, above 0
     * @return the law, or null if there are too few points
     */
    public static @Nullable ScalingLaw universal(double[] workers, double[] speedups) {
        return fit(workers, speedups, 3);
    }

    private static @Nullable ScalingLaw fit(double[] workers, double[] speedups, int parameters) {
        if (workers.length != speedups.length) {
            throw new IllegalArgumentException(
                    "workers and speedups must be as many, were "
                            + workers.length
                            + " and "
                            + speedups.length);
        }
        if (Arrays.stream(workers).distinct().count() < parameters) {
            return null;
        }
        try {
            return fit(workers, speedups, true, parameters == 3);
        } catch (ConvergenceException | TooManyEvaluationsException ex) {
            return null; // no law is near these points
        }
    }

    /** Fits free parameters; the others are 0. One that comes to its bound is fixed there. */
    private static ScalingLaw fit(
            double[] workers, double[] speedups, boolean serial, boolean crosstalk) {
        double[] start = new double[1 + (serial ? 1 : 0) + (crosstalk ? 1 : 0)];
        start[0] = Math.log(speedups[0] / workers[0]);
        Form form = new Form(serial ? 1 : 0, crosstalk ? start.length - 1 : 0);
        if (serial) {
            start[form.serial] = FIRST_SERIAL;
        }
        if (crosstalk) {
            start[form.crosstalk] = FIRST_CROSSTALK;
        }
        LeastSquaresProblem problem =
                new LeastSquaresBuilder()
                        .start(start)
                        .model(model(form, workers, speedups))
                        .target(new double[workers.length])
                        .parameterValidator(form::clamp)
                        .maxEvaluations(MAX_STEPS)
                        .maxIterations(MAX_STEPS)
                        .build();
        ScalingLaw law = form.law(new LevenbergMarquardtOptimizer().optimize(problem).getPoint());
        if (crosstalk && law.crosstalk() == 0) {
            return fit(workers, speedups, serial, false);
        }
        if (serial && law.serial() == 0) {
            return fit(workers, speedups, false, crosstalk);
        }
        return law;
    }

    /** Where the parameters are in a point; 0 if they are fixed. The first is log single. */
    private record Form(int serial, int crosstalk) {

        RealVector clamp(RealVector point) {
            RealVector clamped = point.copy();
            if (serial > 0) {
                clamped.setEntry(serial, Math.min(1, Math.max(0, point.getEntry(serial))));
            }
            if (crosstalk > 0) {
                clamped.setEntry(crosstalk, Math.max(0, point.getEntry(crosstalk)));
            }
            return clamped;
        }

        ScalingLaw law(RealVector point) {
            return new ScalingLaw(
                    Math.exp(point.getEntry(0)),
                    serial > 0 ? point.getEntry(serial) : 0,
                    crosstalk > 0 ? point.getEntry(crosstalk) : 0);
        }
    }

    /** Logarithms of predicted by measured speedups, and their derivatives. */
    private static MultivariateJacobianFunction model(
            Form form, double[] workers, double[] speedups) {
        return point -> {
            ScalingLaw law = form.law(point);
            RealVector errors = new ArrayRealVector(workers.length);
            Array2DRowRealMatrix slopes =
                    new Array2DRowRealMatrix(workers.length, point.getDimension());
            for (int i = 0; i < workers.length; i++) {
                double count = workers[i];
                double slowdown =
                        1 + law.serial() * (count - 1) + law.crosstalk() * count * (count - 1);
                errors.setEntry(i, Math.log(law.speedup(count) / speedups[i]));
                slopes.setEntry(i, 0, 1);
                if (form.serial > 0) {
                    slopes.setEntry(i, form.serial, -(count - 1) / slowdown);
                }
                if (form.crosstalk > 0) {
                    slopes.setEntry(i, form.crosstalk, -count * (count - 1) / slowdown);
                }
            }
            return new Pair<>(errors, slopes);
        };
    }
}
