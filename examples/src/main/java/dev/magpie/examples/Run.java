package dev.magpie.examples;

import java.util.Arrays;

/** What one contestant reached: its times, the cold first one apart, and whether it was right. */
final class Run {

    private static final double NANOS_PER_MILLI = 1e6;

    final Contestant contestant;
    boolean verified = true;

    /** What the contestant told of its last turn. */
    String detail = "";

    private final long[] nanos;
    private long coldNanos;
    private int count;

    Run(Contestant contestant, int rounds) {
        this.contestant = contestant;
        nanos = new long[rounds];
    }

    void setCold(long elapsed) {
        coldNanos = elapsed;
    }

    void add(long elapsed) {
        nanos[count++] = elapsed;
    }

    double coldMillis() {
        return coldNanos / NANOS_PER_MILLI;
    }

    double medianMillis() {
        long[] sorted = sorted();
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / (2 * NANOS_PER_MILLI);
    }

    double minMillis() {
        return sorted()[0] / NANOS_PER_MILLI;
    }

    double maxMillis() {
        return sorted()[count - 1] / NANOS_PER_MILLI;
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted;
    }

    boolean isOversubscribed(int cpus) {
        return contestant.threads() > cpus;
    }

    @Override
    public String toString() {
        return contestant.name() + " x" + contestant.threads();
    }
}
