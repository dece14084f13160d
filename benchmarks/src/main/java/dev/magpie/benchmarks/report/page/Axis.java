package dev.magpie.benchmarks.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scale from values to places on a picture.
 *
 * @param from the value at the beginning
 * @param to the value at the end, above {@code from}
 * @param logarithmic whether equal ratios have equal lengths; then both are above 0
 * @param start where the beginning is
 * @param end where the end is
 */
record Axis(double from, double to, boolean logarithmic, double start, double end) {

    private static final double[] ROUND = {1, 2, 5, 10};

    Axis {
        if (!(from < to) || logarithmic && !(from > 0)) {
            throw new IllegalArgumentException(
                    "an axis must ascend, and a logarithmic one be above 0, was "
                            + from
                            + " to "
                            + to);
        }
    }

    /** Whether a value is between its ends. */
    boolean holds(double value) {
        return value >= from && value <= to;
    }

    /** Where a value is; beyond the ends, at the end. */
    double at(double value) {
        double clamped = Math.min(to, Math.max(from, value));
        double share =
                logarithmic
                        ? Math.log(clamped / from) / Math.log(to / from)
                        : (clamped - from) / (to - from);
        return start + share * (end - start);
    }

    /** Round values along it, about as many. */
    List<Double> ticks(int about) {
        return logarithmic ? powers(about) : steps(about);
    }

    private List<Double> steps(int about) {
        double raw = (to - from) / Math.max(1, about);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = 10 * power;
        for (double round : ROUND) {
            if (round * power >= raw * 0.999) {
                step = round * power;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(from / step - 1e-9); i * step <= to * (1 + 1e-9); i++) {
            ticks.add(i * step + 0.0); // never minus zero
        }
        return ticks;
    }

    private List<Double> powers(int about) {
        double decades = Math.log10(to / from);
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
            double unit = Math.pow(10, power);
            addWithin(ticks, unit);
            if (decades < about / 3.0) {
                addWithin(ticks, 2 * unit);
                addWithin(ticks, 5 * unit);
            }
        }
        return ticks;
    }

    private void addWithin(List<Double> ticks, double value) {
        if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) {
            ticks.add(value);
        }
    }

    /** A value in few digits. */
    static String label(double value) {
        if (Math.abs(value) < 1e-9) {
            return "0";
        }
        if (Math.abs(value) >= 1e6) {
            return label(value / 1e6) + "M";
        }
        if (Math.abs(value) >= 1e4) {
            return label(value / 1e3) + "k";
        }
        if (Math.abs(value - Math.rint(value)) < 1e-9) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, "%.3g", value).replaceAll("0+$", "");
    }
}
