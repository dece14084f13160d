package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.graph.StealingSimulation;
import dev.magpie.benchmarks.graph.TaskGraph;
import dev.magpie.benchmarks.graph.WorkSpan;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Forecast;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import dev.magpie.benchmarks.report.result.Profile;
import dev.magpie.benchmarks.report.result.Validation;
import dev.magpie.benchmarks.report.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records a workload's graph and forecasts its speedups. Times of the graph are scaled so that its
 * work is the time of one Magpie worker: a recording sees how the work is distributed, but it is
 * not compiled as the workload is.
 */
final class Profiler {

    private static final int[] CORES = {1, 2, 4, 8, 16, 32, 64, 128};

    /** So many tasks, or so, are kept. */
    private static final double TASKS = 20_000;

    private static final double LEAST_GRAIN_NANOS = 500;

    private final Setting setting;
    private final Workload workload;
    private final Curve curve;
    private final double migrationNanos;
    private final double baselineNanos;
    private final double oneWorkerNanos;
    private final double grainNanos;

    /**
     * A profiler.
     *
     * @param setting of the part
     * @param workload what is recorded
     * @param curve its measured speedups
     * @param migrationNanos cost of a migration
     */
    Profiler(Setting setting, Workload workload, Curve curve, double migrationNanos) {
        this.setting = setting;
        this.workload = workload;
        this.curve = curve;
        this.migrationNanos = migrationNanos;
        baselineNanos = Figure.of(curve.baselineNanos()).median();
        Line magpie = curve.magpie();
        Point one = magpie == null ? null : magpie.at(1);
        oneWorkerNanos = one == null ? 0 : Figure.of(one.nanos()).median();
        grainNanos = Math.max(LEAST_GRAIN_NANOS, baselineNanos / TASKS);
    }

    /** Records, measures and forecasts. */
    Profile profile() {
        TaskGraph serial = record(1);
        double recorded = serial.measured().work();
        double factor = oneWorkerNanos > 0 ? oneWorkerNanos / recorded : 1;
        // of a sort that is cut by workers, the graph for the most
        TaskGraph widest = workload.isCutByWorkers() ? record(CORES[CORES.length - 1]) : serial;
        List<Forecast> forecasts = new ArrayList<>();
        for (int cores : CORES) {
            forecasts.add(
                    forecast(cores, workload.isCutByWorkers() ? record(cores) : serial, factor));
            setting.progress().accept(0.8 + 0.2 * forecasts.size() / CORES.length);
        }
        return new Profile(
                curve.workload(),
                curve.title(),
                curve.command(),
                numbers(widest, factor),
                recorded,
                migrationNanos,
                forecasts,
                validation(serial, factor),
                workload.graphNote());
    }

    private TaskGraph record(int workers) {
        return workload.record(workers, grainNanos, 0);
    }

    /**
     * Work, span and burdened span in the workload's own time. The burdened span is that of the
     * kept graph, whose tasks are long enough to be stolen; the burden itself is not scaled.
     */
    private WorkSpan numbers(TaskGraph graph, double factor) {
        WorkSpan plain = graph.measured().scaled(factor);
        double burdened = burdenedSpan(graph, factor);
        return new WorkSpan(plain.work(), plain.span(), burdened, plain.forks());
    }

    private double burdenedSpan(TaskGraph graph, double factor) {
        return WorkSpan.of(graph.root(), migrationNanos / factor).burdenedSpan() * factor;
    }

    private Forecast forecast(int cores, TaskGraph graph, double factor) {
        WorkSpan numbers = numbers(graph, factor);
        double[] simulated = new double[setting.scale().seeds()];
        for (int seed = 0; seed < simulated.length; seed++) {
            StealingSimulation.Outcome outcome =
                    StealingSimulation.run(graph.root(), cores, migrationNanos, factor, seed);
            simulated[seed] = baselineNanos / outcome.makespanNanos();
        }
        return new Forecast(
                cores,
                baselineNanos / numbers.bound(cores),
                baselineNanos / numbers.estimate(cores),
                Figure.of(simulated));
    }

    private @Nullable Validation validation(TaskGraph serial, double factor) {
        Line magpie = curve.magpie();
        Integer threads = curve.widest();
        if (magpie == null || threads == null || threads < 2) {
            return null;
        }
        Point point = magpie.at(threads);
        if (point == null) {
            return null;
        }
        Forecast forecast =
                forecast(threads, workload.isCutByWorkers() ? record(threads) : serial, factor);
        double measured = point.speedup().median();
        return new Validation(
                threads,
                point.speedup(),
                100 * (forecast.estimate() / measured - 1),
                100 * (forecast.simulated().median() / measured - 1));
    }
}
