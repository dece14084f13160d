package dev.magpie.benchmarks.report.result;

import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Latencies;
import java.util.List;

/**
 * How long submitted tasks waited.
 *
 * @param kind key of the situation
 * @param title the situation
 * @param framework whose
 * @param samples how many
 * @param late how many had not run after a second
 * @param median in microseconds, with the spread of blocks
 * @param tail the 99th percentile, the same
 * @param longest the same
 * @param distribution pairs of percentile and microseconds
 * @param command measures it again
 */
public record Latency(
        String kind,
        String title,
        String framework,
        long samples,
        long late,
        Figure median,
        Figure tail,
        Figure longest,
        List<double[]> distribution,
        String command) {

    private static final int TICKS_PER_HALF = 4;

    /**
     * Of recorded latencies.
     *
     * @param kind key of the situation
     * @param title the situation
     * @param framework whose
     * @param latencies what was recorded
     * @param late how many had not run after a second
     * @param command measures it again
     * @return their summary
     */
    public static Latency of(
            String kind,
            String title,
            String framework,
            Latencies latencies,
            long late,
            String command) {
        return new Latency(
                kind,
                title,
                framework,
                latencies.count(),
                late,
                latencies.micros(50),
                latencies.micros(99),
                latencies.micros(100),
                latencies.distribution(TICKS_PER_HALF),
                command);
    }
}
