package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Fit;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A workload's measured speedups, with the ideal line and the fitted laws. Stateless. */
final class SpeedupChart {

    private static final double WIDTH = 352;
    private static final double HEIGHT = 250;
    private static final int STEPS = 40;

    private SpeedupChart() {}

    /** The colour of a framework, the same on the whole page. */
    static int colour(String framework) {
        return switch (framework) {
            case Line.MAGPIE -> 1;
            case "ForkJoinPool" -> 2;
            case "fixed thread pool" -> 3;
            case "Arrays.parallelSort", "plain Chase-Lev" -> 4;
            default -> 5;
        };
    }

    static String html(Curve curve, int cpus) {
        List<Double> threads =
                curve.lines().stream()
                        .flatMap(line -> line.points().stream())
                        .map(point -> (double) point.threads())
                        .distinct()
                        .sorted()
                        .toList();
        double least = threads.get(0);
        double most = Math.max(least + 1, threads.get(threads.size() - 1));
        double top = top(curve);
        // logarithmic across, so that 1, 2, 4, 8 are as far apart from each other
        Chart chart =
                new Chart(
                        "Speedup of " + curve.title() + " by number of threads",
                        WIDTH,
                        HEIGHT,
                        new Chart.Range(least * 0.9, most * 1.12, true),
                        new Chart.Range(0, top, false));
        if (most > cpus) {
            double edge = Math.max(least * 0.9, cpus * 1.12);
            chart.shadeFrom(edge, "more threads than CPUs");
        }
        chart.across("threads", threads, threads.stream().map(Axis::label).toList());
        chart.up("speedup over " + curve.baseline(), 5);
        chart.line(0, "dash", ideal(least, most, top));
        for (Fit fit : curve.fits()) {
            boolean amdahl = fit.name().startsWith("Amdahl");
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i <= STEPS; i++) {
                double count = least * Math.pow(most / least, (double) i / STEPS);
                points.add(new double[] {count, fit.law().speedup(count)});
            }
            chart.line(1, amdahl ? "thin dash" : "thin dot", points);
        }
        List<Line> magpieLast = new ArrayList<>(curve.lines());
        Collections.reverse(magpieLast);
        for (Line line : magpieLast) {
            int colour = colour(line.framework());
            List<double[]> points = new ArrayList<>();
            for (Point point : line.points()) {
                points.add(new double[] {point.threads(), point.speedup().median()});
            }
            chart.line(colour, "", points);
            for (Point point : line.points()) {
                chart.point(
                        colour,
                        point.oversubscribed(),
                        point.threads(),
                        point.speedup().median(),
                        point.speedup().min(),
                        point.speedup().max());
            }
        }
        return legend(chart, curve).html();
    }

    private static Chart legend(Chart chart, Curve curve) {
        for (Line line : curve.lines()) {
            chart.legend(line.framework(), colour(line.framework()), "");
        }
        chart.legend("ideal", 0, "dash");
        for (Fit fit : curve.fits()) {
            boolean amdahl = fit.name().startsWith("Amdahl");
            String name = amdahl ? "Amdahl, fitted" : "Universal Scalability Law, fitted";
            chart.legend(name, 1, amdahl ? "thin dash" : "thin dot");
        }
        return chart;
    }

    /** The ideal line is cut where the measured ones end: it must not press them down. */
    private static double top(Curve curve) {
        double measured =
                curve.lines().stream()
                        .flatMap(line -> line.points().stream())
                        .mapToDouble(point -> point.speedup().median())
                        .max()
                        .orElse(1);
        return Math.max(2.2, measured * 1.25);
    }

    private static List<double[]> ideal(double least, double most, double top) {
        List<double[]> points = new ArrayList<>();
        double end = Math.min(most, top);
        for (int i = 0; i <= STEPS && end > least; i++) {
            double count = least * Math.pow(end / least, (double) i / STEPS);
            points.add(new double[] {count, count});
        }
        return points.isEmpty() ? List.of(new double[] {least, least}) : points;
    }
}
