package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Failure;
import dev.magpie.benchmarks.report.result.Loss;
import dev.magpie.benchmarks.report.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one HTML page that loads nothing. Used once. */
public final class Page {

    private final Document document;
    private final Results results;
    private final StringBuilder html = new StringBuilder();

    /**
     * The page of a report.
     *
     * @param document the report
     */
    public Page(Document document) {
        this.document = document;
        results = document.results();
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
        html.append(new SpeedupSection(document).html());
        html.append(new ForecastSection(document).html());
        html.append(new CostSection(document).html());
        html.append(new MachineSection(document).html());
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
                                        + document.cpus()
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

    private void paragraph(String style, String content) {
        html.append(Html.paragraph(style, content));
    }
}
