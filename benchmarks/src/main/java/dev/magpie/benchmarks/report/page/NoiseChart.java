package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Noise;

/** The calibrated loop's slowdown over time. Stateless. */
final class NoiseChart {

    private static final double WIDTH = 480;
    private static final double HEIGHT = 200;
    private static final double LEAST_TOP = 1.5;

    private NoiseChart() {}

    static String html(Noise noise) {
        double end = 1;
        for (Noise.SlowDown point : noise.points()) {
            end = Math.max(end, point.seconds());
        }
        Chart chart =
                new Chart(
                        "How much slower a calibrated loop ran than at best, over the run",
                        WIDTH,
                        HEIGHT,
                        new Chart.Range(0, end * 1.02, false),
                        new Chart.Range(0.9, Math.max(LEAST_TOP, noise.worst() * 1.1), true));
        chart.across("seconds since the start", 5);
        chart.up("time of the loop, 1 = undisturbed", 6);
        for (Noise.SlowDown point : noise.points()) {
            chart.speck(5, point.seconds(), point.factor());
        }
        return chart.html();
    }
}
