package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.ForkCost;
import dev.magpie.benchmarks.report.result.Latency;
import dev.magpie.benchmarks.report.result.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Per-task cost, latency and idle CPU. Used once. */
final class CostSection {

    private static final double BAR_WIDTH = 340;
    private static final double BAR_TEXT = 96;

    private final Results results;
    private final StringBuilder html = new StringBuilder();

    CostSection(Document document) {
        results = document.results();
    }

    String html() {
        forkCosts();
        latencies();
        idle();
        return html.toString();
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

    private void paragraph(String style, String content) {
        html.append(Html.paragraph(style, content));
    }
}
