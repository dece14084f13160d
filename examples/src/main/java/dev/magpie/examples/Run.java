package dev.magpie.examples;

import java.util.Arrays;

/** What one contestant reached: times in nanoseconds, the cold first one apart. */
final class Run {

    final Contestant contestant;
    long coldNanos;
    boolean verified = true;
    String detail = "";
    private final long[] nanos;
    private int count;

    Run(Contestant contestant, int rounds) {
        this.contestant = contestant;
        nanos = new long[rounds];
    }

    void add(long elapsed) {
        nanos[count++] = elapsed;
    }

    private double millis(double quantile) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        double place = quantile * (count - 1);
        long low = sorted[(int) Math.floor(place)];
        long high = sorted[(int) Math.ceil(place)];
        return (low + high) / 2e6;
    }

    double median() {
        return millis(0.5);
    }

    double min() {
        return millis(0);
    }

    double max() {
        return millis(1);
    }

    boolean oversubscribed() {
        return contestant.threads() > Runtime.getRuntime().availableProcessors();
    }
}
