package dev.magpie.benchmarks.harness;

import java.util.Map;
import java.util.Set;

/** What a {@link Race} measured: nanoseconds by contestant and round. */
public final class Timings {

    private final Map<String, double[]> nanos;

    Timings(Map<String, double[]> nanos) {
        this.nanos = nanos;
    }

    /** The contestants, in the order of their entry. */
    public Set<String> labels() {
        return nanos.keySet();
    }

    /**
     * A contestant's time.
     *
     * @param label who
     * @param unitNanos nanoseconds times units of work that make one of the figure's unit
     * @return the median over all rounds
     */
    public Figure time(String label, double unitNanos) {
        double[] values = of(label).clone();
        for (int i = 0; i < values.length; i++) {
            values[i] /= unitNanos;
        }
        return Figure.of(values);
    }

    /**
     * One contestant's time divided by another's, round by round.
     *
     * @param numerator who
     * @param denominator against whom
     * @return the median of the ratios
     */
    public Figure ratio(String numerator, String denominator) {
        return Figure.ratio(of(numerator), of(denominator));
    }

    /**
     * A contestant's times.
     *
     * @param label who
     * @return nanoseconds of each round
     */
    public double[] nanos(String label) {
        return of(label).clone();
    }

    private double[] of(String label) {
        double[] values = nanos.get(label);
        if (values == null) {
            throw new IllegalArgumentException("no contestant is called " + label);
        }
        return values;
    }
}
