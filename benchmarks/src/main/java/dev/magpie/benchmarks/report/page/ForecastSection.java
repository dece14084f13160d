package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Profile;
import dev.magpie.benchmarks.report.result.Results;
import dev.magpie.benchmarks.report.result.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Work and span, and speedups to be expected. Used once. */
final class ForecastSection {

    private final Results results;
    private final StringBuilder html = new StringBuilder();

    ForecastSection(Document document) {
        results = document.results();
    }

    String html() {
        forecasts();
        return html.toString();
    }

    private void forecasts() {
        if (results.profiles().isEmpty()) {
            return;
        }
        html.append("<h2 id=\"past\">Work, span, and the way past this machine</h2>");
        paragraph(
                "",
                "Each workload ran with a recorder in place of a pool. <b>Work</b> is the time of"
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
                            Html.millis(profile.numbers().work()),
                            Html.millis(profile.numbers().span()),
                            count(profile.numbers().parallelism()),
                            Html.millis(profile.numbers().burdenedSpan()),
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

    private static String count(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }

    private static String signed(double percent) {
        return String.format(Locale.ROOT, "%+.1f %%", percent);
    }

    private void paragraph(String style, String content) {
        html.append(Html.paragraph(style, content));
    }
}
