package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Fit;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import dev.magpie.benchmarks.report.result.Profile;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.result.Validation;
import dev.magpie.benchmarks.report.result.WorkerSplit;
import java.util.Locale;

/** A report's tables as Markdown. Used once. */
public final class Markdown {

    private static final double MILLI = 1e6;

    private final Document document;
    private final Results results;
    private final StringBuilder text = new StringBuilder();

    /**
     * The tables of a report.
     *
     * @param document the report
     */
    public Markdown(Document document) {
        this.document = document;
        results = document.results();
    }

    /** All tables. */
    public String text() {
        text.append("# Magpie speedup report\n\n`").append(document.command()).append("`, ");
        text.append(document.started()).append(document.complete() ? "" : ", not complete");
        text.append(document.quick() ? ", quick" : "").append("\n");
        losses();
        speedups();
        fits();
        profiles();
        costs();
        latencies();
        workers();
        machine();
        return text.toString();
    }

    private void heading(String title, String... columns) {
        text.append("\n## ").append(title).append("\n\n");
        row(columns);
        text.append("|---".repeat(columns.length)).append("|\n");
    }

    private void row(String... cells) {
        for (String cell : cells) {
            text.append("| ").append(cell.replace("|", "\\|")).append(' ');
        }
        text.append("|\n");
    }

    private static String number(double value) {
        return Figure.of(value).toString();
    }

    private void losses() {
        if (document.losses().isEmpty()) {
            text.append("\n## Where we lose\n\nIn none of these figures, by more than 2 %.\n");
            return;
        }
        heading("Where we lose", "what", "rival", "times worse", "", "Magpie", "rival's");
        document.losses()
                .forEach(
                        loss ->
                                row(
                                        loss.what(),
                                        loss.rival(),
                                        number(loss.factor()),
                                        loss.certain() ? "certain" : "overlapping",
                                        loss.magpie(),
                                        loss.other()));
    }

    private void speedups() {
        if (results.curves().isEmpty()) {
            return;
        }
        heading("Speedups", "workload", "who", "threads", "ms", "speedup", "command");
        for (Curve curve : results.curves()) {
            String command = "`" + curve.command() + "`";
            row(
                    curve.title(),
                    curve.baseline(),
                    "1",
                    curve.baselineMillis().toString(),
                    "1",
                    command);
            for (Line line : curve.lines()) {
                for (Point point : line.points()) {
                    row(
                            curve.title(),
                            line.framework(),
                            point.threads() + (point.oversubscribed() ? " (oversubscribed)" : ""),
                            point.millis().toString(),
                            point.speedup().toString(),
                            command);
                }
            }
        }
    }

    private void fits() {
        if (results.curves().isEmpty()) {
            return;
        }
        heading("Fits to Magpie's points", "workload", "law", "serial share", "crosstalk", "basis");
        for (Curve curve : results.curves()) {
            for (Fit fit : curve.fits()) {
                row(
                        curve.title(),
                        fit.name(),
                        fit.serial().toString(),
                        fit.crosstalk().toString(),
                        fit.basis());
            }
        }
    }

    private void profiles() {
        if (results.profiles().isEmpty()) {
            return;
        }
        heading(
                "Work and span",
                "workload",
                "work, ms",
                "span, ms",
                "parallelism",
                "burdened span, ms",
                "migration, us",
                "measured",
                "error of estimate, %",
                "error of simulation, %");
        for (Profile profile : results.profiles()) {
            Validation validation = profile.validation();
            row(
                    profile.title(),
                    number(profile.numbers().work() / MILLI),
                    number(profile.numbers().span() / MILLI),
                    number(profile.numbers().parallelism()),
                    number(profile.numbers().burdenedSpan() / MILLI),
                    number(profile.migrationNanos() / 1e3),
                    validation == null
                            ? "-"
                            : validation.measured() + " at " + validation.threads(),
                    validation == null ? "-" : number(validation.estimateError()),
                    validation == null ? "-" : number(validation.simulationError()));
        }
        heading("Speedup to be expected", "workload", "cores", "bound", "estimate", "simulated");
        for (Profile profile : results.profiles()) {
            profile.forecasts()
                    .forEach(
                            f ->
                                    row(
                                            profile.title(),
                                            "" + f.cores(),
                                            number(f.bound()),
                                            number(f.estimate()),
                                            f.simulated().toString()));
        }
    }

    private void costs() {
        if (!results.forkCosts().isEmpty()) {
            heading("Per-task cost", "JDK", "framework", "ns a call", "command");
            results.forkCosts()
                    .forEach(
                            cost ->
                                    row(
                                            cost.jdk(),
                                            cost.framework(),
                                            cost.nanosPerCall().toString(),
                                            "`" + cost.command() + "`"));
        }
    }

    private void latencies() {
        if (!results.latencies().isEmpty()) {
            heading(
                    "Latency, us",
                    "situation",
                    "pool",
                    "median",
                    "p99",
                    "longest",
                    "samples",
                    "command");
            results.latencies()
                    .forEach(
                            latency ->
                                    row(
                                            latency.title(),
                                            latency.framework(),
                                            latency.median().toString(),
                                            latency.tail().toString(),
                                            latency.longest().toString(),
                                            "" + latency.samples(),
                                            "`" + latency.command() + "`"));
        }
        if (!results.idle().isEmpty()) {
            heading("CPU time, % of a CPU", "pool", "idle", "a no-op a millisecond", "command");
            results.idle()
                    .forEach(
                            idle ->
                                    row(
                                            idle.framework(),
                                            idle.idle().toString(),
                                            idle.trickle().toString(),
                                            "`" + idle.command() + "`"));
        }
    }

    private void workers() {
        if (results.splits().isEmpty()) {
            return;
        }
        heading(
                "Workers",
                "workload",
                "worker",
                "run, ms",
                "search, ms",
                "park, ms",
                "forks",
                "steals",
                "looks");
        for (WorkerSplit split : results.splits()) {
            split.workers()
                    .forEach(
                            time ->
                                    row(
                                            split.title() + ", " + split.rounds() + " rounds",
                                            "" + time.worker(),
                                            number(time.runNanos() / MILLI),
                                            number(time.searchNanos() / MILLI),
                                            number(time.parkNanos() / MILLI),
                                            "" + time.forks(),
                                            "" + time.steals(),
                                            "" + time.stealAttempts()));
        }
    }

    private void machine() {
        heading("Machine and noise", "what", "value");
        document.machine()
                .forEach((group, facts) -> facts.forEach((name, value) -> row(name, value)));
        row(
                "calibrated loop, times its best: median, p90, worst",
                String.format(
                        Locale.ROOT,
                        "%.2f, %.2f, %.2f",
                        document.noise().median(),
                        document.noise().ninetieth(),
                        document.noise().worst()));
        if (document.noise().stolenPercent() >= 0) {
            row("CPU time gone to other machines, %", number(document.noise().stolenPercent()));
        }
    }
}
