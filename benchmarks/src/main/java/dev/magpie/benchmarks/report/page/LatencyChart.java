package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Latency;
import java.util.ArrayList;
import java.util.List;

/**
 * Latencies by percentile: across, each step to the right leaves a tenth of the samples above it;
 * at the right edge is the longest. Stateless.
 */
final class LatencyChart {

    private static final double WIDTH = 400;
    private static final double HEIGHT = 250;
    private static final double LEAST_MICROS = 0.5;
    private static final List<Double> PERCENTILES = List.of(0.0, 50.0, 90.0, 99.0, 99.9, 99.99);

    private LatencyChart() {}

    static String html(List<Latency> latencies) {
        double top = 10;
        double deepest = 2.2;
        for (Latency latency : latencies) {
            for (double[] point : latency.distribution()) {
                top = Math.max(top, point[1] * 1.5);
                if (point[0] < 100) {
                    deepest = Math.max(deepest, place(point[0]) + 0.2);
                }
            }
        }
        double end = deepest;
        Chart chart =
                new Chart(
                        latencies.get(0).title() + ", by percentile",
                        WIDTH,
                        HEIGHT,
                        new Chart.Range(0, end, false),
                        new Chart.Range(LEAST_MICROS, top, true));
        List<Double> shown = PERCENTILES.stream().filter(p -> place(p) <= end).toList();
        chart.across(
                "percentile of the samples",
                shown.stream().map(LatencyChart::place).toList(),
                shown.stream().map(p -> p == 0 ? "0" : "p" + Axis.label(p)).toList());
        chart.up("microseconds", 7);
        for (int i = latencies.size() - 1; i >= 0; i--) {
            Latency latency = latencies.get(i);
            List<double[]> points = new ArrayList<>();
            for (double[] point : latency.distribution()) {
                points.add(new double[] {point[0] < 100 ? place(point[0]) : end, point[1]});
            }
            if (points.size() == 1) { // a lone sample: at every percentile
                points.add(0, new double[] {0, points.get(0)[1]});
            }
            chart.line(SpeedupChart.colour(latency.framework()), "", points);
        }
        for (Latency latency : latencies) {
            String framework = latency.framework();
            chart.legend(framework, SpeedupChart.colour(framework), "");
        }
        return chart.html();
    }

    /** The number of nines. */
    private static double place(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }
}
