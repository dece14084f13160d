package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Failure;
import dev.magpie.benchmarks.report.result.Fit;
import dev.magpie.benchmarks.report.result.ForkCost;
import dev.magpie.benchmarks.report.result.Latency;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Loss;
import dev.magpie.benchmarks.report.result.Point;
import dev.magpie.benchmarks.report.result.Profile;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.result.Validation;
import dev.magpie.benchmarks.report.result.WorkerSplit;
import dev.magpie.benchmarks.report.result.WorkerTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as one HTML page that loads nothing. Used once. */
public final class Page {

    private static final double BAR_WIDTH = 340;
    private static final double BAR_TEXT = 96;
    private static final double MILLI = 1e6;

    private final Document document;
    private final Results results;
    private final int cpus;
    private final StringBuilder html = new StringBuilder();

    /**
     * The page of a report.
     *
     * @param document the report
     */
    public Page(Document document) {
        this.document = document;
        results = document.results();
        String count =
                document.machine()
                        .getOrDefault("memory and limits", Map.of())
                        .getOrDefault("CPUs that the JVM may use", "1");
        cpus = Integer.parseInt(count);
    }

    /** The whole page. */
    public String html() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.append("<title>Magpie speedup report</title>");
        html.append("<link rel=\"icon\" href=\"data:,\"><style>");
        html.append(Html.resource("page.css")).append(Html.resource("chart.css"));
        html.append("</style></head><body>");
        head();
        summary();
        losses();
        speedups();
        forecasts();
        forkCosts();
        latencies();
        idle();
        workers();
        machine();
        return html.append("</body></html>\n").toString();
    }

    private void head() {
        html.append("<h1>Magpie speedup report</h1>");
        Map<String, String> processor = document.machine().getOrDefault("processor", Map.of());
        Map<String, String> software = document.machine().getOrDefault("software", Map.of());
        paragraph(
                "soft",
                Html.escape(
                                processor.getOrDefault("model", "unknown processor")
                                        + ", "
                                        + cpus
                                        + " CPUs; JDK "
                                        + software.getOrDefault("JDK", "unknown")
                                        + "; "
                                        + software.getOrDefault("collector", "")
                                        + ". Started "
                                        + document.started()
                                        + ", "
                                        + String.format(Locale.ROOT, "%.0f", document.seconds())
                                        + " s. ")
                        + Html.code(document.command()));
        if (!document.complete()) {
            paragraph(
                    "warn",
                    "This run was stopped, or parts of it failed: some figures are missing.");
        }
        if (document.quick()) {
            paragraph(
                    "warn",
                    "A quick run: small sizes and few rounds. It shows the shape, not the last digits.");
        }
        for (Failure failure : results.failures()) {
            paragraph(
                    "warn",
                    "No figures of "
                            + Html.escape(failure.part())
                            + ": "
                            + Html.escape(failure.reason()));
        }
        html.append(
                "<nav><a href=\"#lose\">Where we lose</a><a href=\"#speedup\">Speedup</a>"
                        + "<a href=\"#past\">Past this machine</a><a href=\"#cost\">Per-task cost</a>"
                        + "<a href=\"#latency\">Latency</a><a href=\"#workers\">Workers</a>"
                        + "<a href=\"#machine\">Machine and noise</a></nav>");
        paragraph(
                "soft",
                "Medians of interleaved rounds; in brackets and as vertical strokes the least and the"
                        + " greatest round. Each answer was checked. Each section has the command that"
                        + " measures it again.");
    }

    private void summary() {
        String chart = SummaryChart.html(document);
        if (!chart.isEmpty()) {
            html.append("<h2>At a glance</h2>");
            paragraph(
                    "",
                    "The fastest rival's time divided by Magpie's, as many threads as CPUs. Above 1"
                            + " Magpie is faster.");
            html.append("<div class=\"card\">").append(chart);
            html.append(Bars.legend(new int[] {1, 2}, "Magpie is faster", "the rival is faster"));
            html.append("</div>");
        }
    }

    private void losses() {
        html.append("<h2 id=\"lose\">Where we lose</h2>");
        if (document.losses().isEmpty()) {
            paragraph("", "In none of these figures, by more than two per cent.");
            return;
        }
        paragraph(
                "",
                "Found by the program in the figures below: every rival's median that is better by more"
                        + " than two per cent. It is certain if no round of the one overlaps a round of"
                        + " the other.");
        List<Loss> certain = document.losses().stream().filter(Loss::certain).toList();
        List<Loss> others = document.losses().stream().filter(loss -> !loss.certain()).toList();
        html.append(certain.isEmpty() ? "<p>None is certain.</p>" : losses(certain));
        if (!others.isEmpty()) {
            html.append("<details><summary>").append(others.size());
            html.append(" more, whose rounds overlap</summary>");
            html.append(losses(others)).append("</details>");
        }
    }

    private static String losses(List<Loss> losses) {
        List<List<String>> rows = new ArrayList<>();
        for (Loss loss : losses) {
            rows.add(
                    List.of(
                            Html.escape(loss.what()),
                            Html.escape(loss.rival()),
                            factor(loss.factor()),
                            Html.escape(loss.magpie()),
                            Html.escape(loss.other()),
                            Html.code(loss.command())));
        }
        List<String> heads =
                List.of("what", "rival", "times worse", "Magpie", "rival's", "command");
        return Html.table(heads, rows, 2);
    }

    private static String factor(double factor) {
        return Double.isInfinite(factor) ? "∞" : String.format(Locale.ROOT, "%.2f", factor);
    }

    private void speedups() {
        if (results.curves().isEmpty()) {
            return;
        }
        html.append("<h2 id=\"speedup\">Speedup curves</h2>");
        paragraph(
                "",
                "Speedup over the sequential baseline named above each axis. Hollow points have more"
                        + " threads than the machine has CPUs. Threads are spaced by doubling, so the"
                        + " ideal line bends.");
        html.append("<div class=\"grid\">");
        for (Curve curve : results.curves()) {
            html.append("<div class=\"card\"><h3>").append(Html.escape(curve.title()));
            html.append("</h3>").append(SpeedupChart.html(curve, cpus));
            html.append(fits(curve));
            html.append("<details><summary>figures and command</summary>");
            html.append(curveTable(curve));
            paragraph("soft", Html.code(curve.command()));
            paragraph(
                    "soft",
                    curve.engines().entrySet().stream()
                            .map(e -> Html.escape(e.getKey() + ": " + e.getValue()))
                            .collect(Collectors.joining("<br>")));
            html.append("</details></div>");
        }
        html.append("</div>");
    }

    private static String fits(Curve curve) {
        StringBuilder text = new StringBuilder();
        for (Fit fit : curve.fits()) {
            text.append("<p class=\"soft\">").append(Html.escape(fit.name()));
            text.append(": serial share ").append(percent(fit.serial().median()));
            text.append(" <small>(").append(percent(fit.serial().min())).append("..");
            text.append(percent(fit.serial().max())).append(")</small>");
            if (!fit.name().startsWith("Amdahl")) {
                text.append(", crosstalk ");
                text.append(String.format(Locale.ROOT, "%.5f", fit.crosstalk().median()));
                text.append(
                        String.format(
                                Locale.ROOT,
                                " <small>(%.5f..%.5f)</small>",
                                fit.crosstalk().min(),
                                fit.crosstalk().max()));
            }
            text.append("; ").append(Html.escape(fit.basis())).append(".</p>");
        }
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String curveTable(Curve curve) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        Html.escape(curve.baseline()),
                        "1",
                        Html.figure(curve.baselineMillis(), "ms"),
                        "1"));
        for (Line line : curve.lines()) {
            for (Point point : line.points()) {
                rows.add(
                        List.of(
                                Html.escape(line.framework()),
                                point.threads() + (point.oversubscribed() ? " *" : ""),
                                Html.figure(point.millis(), "ms"),
                                Html.figure(point.speedup(), "x")));
            }
        }
        return Html.table(List.of("who", "threads", "time", "speedup"), rows, 1);
    }

    private void forecasts() {
        if (results.profiles().isEmpty()) {
            return;
        }
        html.append("<h2 id=\"past\">Work, span, and the way past this machine</h2>");
        paragraph(
                "",
                "Each workload ran once with a recorder in place of a pool. <b>Work</b> is the time of"
                        + " one Magpie worker, <b>span</b> the longest path through its tasks;"
                        + " <b>parallelism</b> is work by span. The <b>burdened span</b> charges each fork"
                        + " on a path with a migration. No schedule is faster than the bound; the"
                        + " estimate is work / P + 1.7 burdened spans, as Cilkview has it; the simulation"
                        + " runs random stealing on the recorded graph, several seeds.");
        List<List<String>> rows = new ArrayList<>();
        for (Profile profile : results.profiles()) {
            Validation validation = profile.validation();
            rows.add(
                    List.of(
                            Html.escape(profile.title()),
                            millis(profile.numbers().work()),
                            millis(profile.numbers().span()),
                            count(profile.numbers().parallelism()),
                            millis(profile.numbers().burdenedSpan()),
                            count(profile.numbers().burdenedParallelism()),
                            String.format(Locale.ROOT, "%.1f us", profile.migrationNanos() / 1e3),
                            validation == null
                                    ? "-"
                                    : Html.figure(validation.measured(), "x")
                                            + " at "
                                            + validation.threads(),
                            validation == null ? "-" : signed(validation.estimateError()),
                            validation == null ? "-" : signed(validation.simulationError())));
        }
        html.append(
                Html.table(
                        List.of(
                                "workload",
                                "work",
                                "span",
                                "parallelism",
                                "burdened span",
                                "burdened par.",
                                "migration",
                                "measured",
                                "error of estimate",
                                "error of simulation"),
                        rows,
                        1));
        paragraph(
                "soft",
                "Errors: by how much the forecast of the speedup is above the one measured on as many"
                        + " cores as there are. Neither knows of shared caches and memory: what is bound"
                        + " by these will scale less.");
        html.append("<div class=\"grid\">");
        for (Profile profile : results.profiles()) {
            Curve curve =
                    results.curves().stream()
                            .filter(c -> c.workload().equals(profile.workload()))
                            .findFirst()
                            .orElse(null);
            html.append("<div class=\"card\"><h3>").append(Html.escape(profile.title()));
            html.append("</h3>").append(ForecastChart.html(profile, curve));
            paragraph("soft", "Recorded: " + Html.escape(profile.note()) + ".");
            html.append("<details><summary>figures and command</summary>");
            html.append(forecastTable(profile));
            paragraph("soft", Html.code(profile.command()));
            html.append("</details></div>");
        }
        html.append("</div>");
    }

    private static String forecastTable(Profile profile) {
        List<List<String>> rows = new ArrayList<>();
        profile.forecasts()
                .forEach(
                        f ->
                                rows.add(
                                        List.of(
                                                "" + f.cores(),
                                                count(f.bound()),
                                                count(f.estimate()),
                                                Html.figure(f.simulated(), ""))));
        return Html.table(List.of("cores", "bound", "estimate", "simulated"), rows, 1);
    }

    private static String millis(double nanos) {
        return String.format(Locale.ROOT, nanos < MILLI ? "%.3f ms" : "%.1f ms", nanos / MILLI);
    }

    private static String count(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }

    private static String signed(double percent) {
        return String.format(Locale.ROOT, "%+.1f %%", percent);
    }

    private void forkCosts() {
        if (results.forkCosts().isEmpty()) {
            return;
        }
        ForkCost first = results.forkCosts().get(0);
        html.append("<h2 id=\"cost\">Per-task cost</h2>");
        paragraph(
                "",
                "Time of a call of "
                        + Html.escape(first.title())
                        + ", with a fork and a join for every second call.");
        double most =
                results.forkCosts().stream()
                        .mapToDouble(cost -> cost.nanosPerCall().median())
                        .max()
                        .orElse(1);
        Bars bars = new Bars("Nanoseconds a call, by JDK and framework", BAR_WIDTH, BAR_TEXT, most);
        String jdk = "";
        List<List<String>> rows = new ArrayList<>();
        for (ForkCost cost : results.forkCosts()) {
            if (!cost.jdk().equals(jdk)) {
                jdk = cost.jdk();
                bars.group("JDK " + shortVersion(jdk));
            }
            bars.bar(
                    cost.framework(),
                    String.format(Locale.ROOT, "%.2f ns", cost.nanosPerCall().median()),
                    new Bars.Part(
                            SpeedupChart.colour(cost.framework()), cost.nanosPerCall().median()));
            rows.add(
                    List.of(
                            Html.escape(shortVersion(cost.jdk())),
                            Html.escape(cost.framework()),
                            Html.figure(cost.nanosPerCall(), "ns")));
        }
        html.append("<div class=\"grid\"><div class=\"card\">").append(bars.html());
        html.append("</div><div class=\"card\">");
        html.append(Html.table(List.of("JDK", "framework", "a call"), rows, 2));
        paragraph("soft", Html.code(first.command()));
        html.append("</div></div>");
    }

    private static String shortVersion(String jdk) {
        return jdk.split("[+]", 2)[0];
    }

    private void latencies() {
        if (results.latencies().isEmpty() && results.idle().isEmpty()) {
            return;
        }
        html.append("<h2 id=\"latency\">Latency and idle CPU</h2><div class=\"grid\">");
        Map<String, List<Latency>> byKind = new LinkedHashMap<>();
        for (Latency latency : results.latencies()) {
            byKind.computeIfAbsent(latency.kind(), kind -> new ArrayList<>()).add(latency);
        }
        for (List<Latency> latencies : byKind.values()) {
            html.append("<div class=\"card\"><h3>");
            html.append(Html.escape(latencies.get(0).title())).append("</h3>");
            html.append(LatencyChart.html(latencies));
            List<List<String>> rows = new ArrayList<>();
            for (Latency latency : latencies) {
                rows.add(
                        List.of(
                                Html.escape(latency.framework()),
                                Html.figure(latency.median(), "us"),
                                Html.figure(latency.tail(), "us"),
                                Html.figure(latency.longest(), "us"),
                                "" + latency.samples(),
                                "" + latency.late()));
            }
            html.append(
                    Html.table(
                            List.of(
                                    "pool",
                                    "median",
                                    "p99",
                                    "longest",
                                    "samples",
                                    "later than 1 s"),
                            rows,
                            1));
            paragraph("soft", Html.code(latencies.get(0).command()));
            html.append("</div>");
        }
        html.append("</div>");
    }

    private void idle() {
        if (results.idle().isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        results.idle()
                .forEach(
                        idle ->
                                rows.add(
                                        List.of(
                                                Html.escape(idle.framework()),
                                                Html.figure(idle.idle(), "%"),
                                                Html.figure(idle.trickle(), "%"))));
        html.append("<div class=\"card\"><h3>CPU time of the pool's threads, of one CPU</h3>");
        html.append(Html.table(List.of("pool", "idle", "a no-op a millisecond"), rows, 1));
        paragraph("soft", Html.code(results.idle().get(0).command()));
        html.append("</div>");
    }

    private void workers() {
        if (results.splits().isEmpty()) {
            return;
        }
        html.append("<h2 id=\"workers\">What the workers did</h2>");
        paragraph("", "Time while the workload ran, by worker; steals of all rounds.");
        html.append("<div class=\"grid\">");
        for (WorkerSplit split : results.splits()) {
            html.append("<div class=\"card\"><h3>").append(Html.escape(split.title()));
            html.append(", ").append(split.rounds()).append(" rounds</h3>");
            double most = 0;
            for (WorkerTime time : split.workers()) {
                most = Math.max(most, time.runNanos() + time.searchNanos() + time.parkNanos());
            }
            Bars bars =
                    new Bars("Run, search and park time of each worker", BAR_WIDTH, BAR_TEXT, most);
            List<List<String>> rows = new ArrayList<>();
            for (WorkerTime time : split.workers()) {
                double all = time.runNanos() + time.searchNanos() + time.parkNanos();
                bars.bar(
                        "worker " + time.worker(),
                        percent(time.runNanos() / Math.max(1, all)) + " run",
                        new Bars.Part(1, time.runNanos()),
                        new Bars.Part(5, time.searchNanos()),
                        new Bars.Part(0, time.parkNanos()));
                rows.add(
                        List.of(
                                "" + time.worker(),
                                millis(time.runNanos()),
                                millis(time.searchNanos()),
                                millis(time.parkNanos()),
                                "" + time.forks(),
                                "" + time.steals(),
                                "" + time.stealAttempts(),
                                "" + time.parks()));
            }
            html.append(bars.html());
            html.append(Bars.legend(new int[] {1, 5, 0}, "run", "search", "park"));
            html.append(
                    Html.table(
                            List.of(
                                    "", "run", "search", "park", "forks", "steals", "looks",
                                    "parks"),
                            rows,
                            1));
            paragraph("soft", Html.code(split.command()));
            html.append("</div>");
        }
        html.append("</div>");
    }

    private void machine() {
        html.append("<h2 id=\"machine\">Machine and noise</h2>");
        if (!document.noise().points().isEmpty()) {
            html.append("<div class=\"card\"><h3>Noise</h3>");
            html.append(NoiseChart.html(document.noise()));
            paragraph(
                    "soft",
                    String.format(
                                    Locale.ROOT,
                                    "A loop of a fixed length, run %d times between rounds, took"
                                            + " %.2f times its best time in the median, %.2f in nine"
                                            + " of ten runs, %.2f at worst.",
                                    document.noise().points().size(),
                                    document.noise().median(),
                                    document.noise().ninetieth(),
                                    document.noise().worst())
                            + (document.noise().stolenPercent() < 0
                                    ? ""
                                    : String.format(
                                            Locale.ROOT,
                                            " %.1f %% of the CPU time went to other machines on this"
                                                    + " host.",
                                            document.noise().stolenPercent())));
            html.append("</div>");
        }
        html.append("<div class=\"grid\">");
        document.machine()
                .forEach(
                        (group, facts) -> {
                            html.append("<div class=\"card\"><h3>").append(Html.escape(group));
                            html.append("</h3><dl>");
                            facts.forEach(
                                    (name, value) ->
                                            html.append("<dt>")
                                                    .append(Html.escape(name))
                                                    .append("</dt><dd>")
                                                    .append(Html.escape(value))
                                                    .append("</dd>"));
                            html.append("</dl></div>");
                        });
        html.append("</div>");
    }

    private void paragraph(String style, String content) {
        html.append(style.isEmpty() ? "<p>" : "<p class=\"" + style + "\">");
        html.append(content).append("</p>");
    }
}
