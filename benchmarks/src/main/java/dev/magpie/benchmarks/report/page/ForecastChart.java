package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Forecast;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import dev.magpie.benchmarks.report.result.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The speedups to be expected on more cores, both axes logarithmic. Stateless. */
final class ForecastChart {

    private static final double WIDTH = 352;
    private static final double HEIGHT = 250;

    private ForecastChart() {}

    static String html(Profile profile, @Nullable Curve curve) {
        List<Forecast> forecasts = profile.forecasts();
        double most = forecasts.get(forecasts.size() - 1).cores();
        double top = 1.2;
        double bottom = 0.9;
        for (Forecast forecast : forecasts) {
            top = Math.max(top, forecast.bound() * 1.3);
            bottom = Math.min(bottom, Math.min(forecast.estimate(), forecast.simulated().min()));
        }
        Line magpie = curve == null ? null : curve.magpie();
        if (magpie != null) {
            for (Point point : magpie.points()) {
                bottom = Math.min(bottom, point.oversubscribed() ? 1 : point.speedup().min());
            }
        }
        top = Math.max(top, most);
        List<Double> cores = forecasts.stream().map(f -> (double) f.cores()).toList();
        Chart chart =
                new Chart(
                        "Speedup to be expected of " + profile.title() + " by number of cores",
                        WIDTH,
                        HEIGHT,
                        new Chart.Range(0.9, most * 1.12, true),
                        new Chart.Range(Math.max(0.05, bottom * 0.9), top, true));
        chart.across("cores", cores, cores.stream().map(Axis::label).toList());
        chart.up("speedup", 6);
        chart.line(0, "dash", List.of(new double[] {1, 1}, new double[] {most, most}));
        chart.line(5, "thin", points(forecasts, Forecast::bound));
        chart.line(2, "", points(forecasts, Forecast::estimate));
        chart.line(3, "", points(forecasts, f -> f.simulated().median()));
        for (Forecast forecast : forecasts) {
            chart.point(
                    3,
                    false,
                    forecast.cores(),
                    forecast.simulated().median(),
                    forecast.simulated().min(),
                    forecast.simulated().max());
        }
        if (magpie != null) {
            List<double[]> measured = new ArrayList<>();
            for (Point point : magpie.points()) {
                if (!point.oversubscribed()) {
                    measured.add(new double[] {point.threads(), point.speedup().median()});
                    chart.point(
                            1,
                            false,
                            point.threads(),
                            point.speedup().median(),
                            point.speedup().min(),
                            point.speedup().max());
                }
            }
            if (!measured.isEmpty()) {
                chart.line(1, "", measured);
            }
        }
        chart.legend("measured", 1, "").legend("simulated stealing", 3, "");
        chart.legend("estimate with burden", 2, "").legend("bound by work and span", 5, "thin");
        return chart.legend("ideal", 0, "dash").html();
    }

    private static List<double[]> points(
            List<Forecast> forecasts, ToDoubleFunction<Forecast> value) {
        return forecasts.stream()
                .map(f -> new double[] {f.cores(), value.applyAsDouble(f)})
                .toList();
    }
}
