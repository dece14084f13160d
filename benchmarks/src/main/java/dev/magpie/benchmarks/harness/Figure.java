package dev.magpie.benchmarks.harness;

import java.util.Arrays;
import java.util.Locale;

/**
 * A median with its spread.
 *
 * @param median the middle value
 * @param min the smallest
 * @param max the largest
 */
public record Figure(double median, double min, double max) {

    /**
     * The figure of some values.
     *
     * @param values at least one
     * @return their median and spread
     */
    public static Figure of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a figure needs a value");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1]);
    }

    /**
     * The figure of an exact number.
     *
     * @param value the number
     * @return it, without spread
     */
    public static Figure ofCount(long value) {
        return of((double) value);
    }

    /**
     * The figure of pairwise ratios.
     *
     * @param numerators as many as denominators
     * @param denominators none of them 0
     * @return median and spread of the ratios
     */
    public static Figure ratio(double[] numerators, double[] denominators) {
        double[] ratios = new double[numerators.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = numerators[i] / denominators[i];
        }
        return of(ratios);
    }

    /** Median, with the spread where there is one. */
    @Override
    public String toString() {
        return min == max
                ? digits(median)
                : digits(median) + " (" + digits(min) + ".." + digits(max) + ")";
    }

    private static String digits(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int places = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
