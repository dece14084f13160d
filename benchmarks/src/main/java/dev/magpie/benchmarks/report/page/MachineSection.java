package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.result.WorkerSplit;
import dev.magpie.benchmarks.report.result.WorkerTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the workers did, the noise and the machine. Used once. */
final class MachineSection {

    private static final double BAR_WIDTH = 340;
    private static final double BAR_TEXT = 96;

    private final Document document;
    private final Results results;
    private final StringBuilder html = new StringBuilder();

    MachineSection(Document document) {
        this.document = document;
        results = document.results();
    }

    String html() {
        workers();
        machine();
        return html.toString();
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
                        Html.percent(time.runNanos() / Math.max(1, all)) + " run",
                        new Bars.Part(1, time.runNanos()),
                        new Bars.Part(5, time.searchNanos()),
                        new Bars.Part(0, time.parkNanos()));
                rows.add(
                        List.of(
                                "" + time.worker(),
                                Html.millis(time.runNanos()),
                                Html.millis(time.searchNanos()),
                                Html.millis(time.parkNanos()),
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
        html.append(Html.paragraph(style, content));
    }
}
