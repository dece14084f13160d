package dev.magpie.benchmarks.report.result;

import dev.magpie.benchmarks.harness.Figure;

/**
 * A framework's time with one number of threads.
 *
 * @param threads its width
 * @param oversubscribed whether the machine has fewer CPUs than that
 * @param nanos of each round
 * @param millis their median, in milliseconds
 * @param speedup median of the rounds' ratios of the baseline's time to this one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared nor changed
public record Point(
        int threads, boolean oversubscribed, double[] nanos, Figure millis, Figure speedup) {

    private static final double MILLI = 1e6;

    /**
     * The point of some rounds.
     *
     * @param threads its width
     * @param cpus of the machine
     * @param nanos of each round
     * @param baseline the baseline's, of the same rounds
     * @return the point
     */
    public static Point of(int threads, int cpus, double[] nanos, double[] baseline) {
        return new Point(
                threads, threads > cpus, nanos, millis(nanos), Figure.ratio(baseline, nanos));
    }

    /**
     * A median in milliseconds.
     *
     * @param nanos of each round
     * @return with its spread
     */
    public static Figure millis(double[] nanos) {
        double[] millis = new double[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            millis[i] = nanos[i] / MILLI;
        }
        return Figure.of(millis);
    }
}
