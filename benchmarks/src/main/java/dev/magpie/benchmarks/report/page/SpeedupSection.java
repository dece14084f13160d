package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Fit;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import dev.magpie.benchmarks.report.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Speedup curves with their fits. Used once. */
final class SpeedupSection {

    private final Document document;
    private final Results results;
    private final StringBuilder html = new StringBuilder();

    SpeedupSection(Document document) {
        this.document = document;
        results = document.results();
    }

    String html() {
        speedups();
        return html.toString();
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
            html.append("</h3>").append(SpeedupChart.html(curve, document.cpus()));
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
            text.append(": serial share ").append(Html.percent(fit.serial().median()));
            text.append(" <small>(").append(Html.percent(fit.serial().min())).append("..");
            text.append(Html.percent(fit.serial().max())).append(")</small>");
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

    private void paragraph(String style, String content) {
        html.append(Html.paragraph(style, content));
    }
}
