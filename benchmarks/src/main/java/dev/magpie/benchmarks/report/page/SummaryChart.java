package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Document;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The main picture: Magpie's time beside its fastest rival's, workload by workload, with as many
 * threads as the machine has CPUs. Stateless.
 */
public final class SummaryChart {

    private static final double WIDTH = 440;

    private static final double TEXT_WIDTH = 190;

    private SummaryChart() {}

    private record Pair(String title, Point mine, Point other, String rival) {
        double ratio() {
            return other.millis().median() / mine.millis().median();
        }
    }

    static String html(Document document) {
        List<Pair> pairs = new ArrayList<>();
        for (Curve curve : document.results().curves()) {
            Pair pair = pair(curve);
            if (pair != null) {
                pairs.add(pair);
            }
        }
        if (pairs.isEmpty()) {
            return "";
        }
        double most = pairs.stream().mapToDouble(Pair::ratio).max().orElse(1);
        Bars bars =
                new Bars(
                        "How many times as fast as its rival Magpie is",
                        WIDTH,
                        TEXT_WIDTH,
                        Math.max(1, most));
        for (Pair pair : pairs) {
            bars.bar(
                    pair.title + ", " + threads(pair.mine),
                    String.format(Locale.ROOT, "%.2f x %s", pair.ratio(), pair.rival),
                    new Bars.Part(pair.ratio() >= 1 ? 1 : 2, pair.ratio()));
        }
        return bars.mark(1, "1 x: as fast as its fastest rival").html();
    }

    private static @Nullable Pair pair(Curve curve) {
        Line magpie = curve.magpie();
        Integer threads = curve.widest();
        if (magpie == null || threads == null) {
            return null;
        }
        Point mine = magpie.at(threads);
        Pair hardest = null;
        for (Line rival : curve.lines()) {
            Point other = rival.at(threads);
            if (!rival.isMagpie() && mine != null && other != null) {
                Pair pair = new Pair(curve.title(), mine, other, rival.framework());
                hardest = hardest == null || pair.ratio() < hardest.ratio() ? pair : hardest;
            }
        }
        return hardest;
    }

    private static String threads(Point point) {
        return point.threads() + (point.threads() == 1 ? " thread" : " threads");
    }

    /**
     * The picture as a file of its own.
     *
     * @param document the report
     * @return SVG for light and dark pages
     */
    public static String svg(Document document) {
        String inner = html(document);
        if (inner.isEmpty()) {
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"></svg>\n";
        }
        String css = Html.resource("page.css");
        String colours = css.substring(0, css.indexOf("* {"));
        String style = colours + Html.resource("chart.css");
        return inner.replaceFirst(
                                "<svg class=\"chart\"",
                                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"528\" class=\"chart\"")
                        .replaceFirst(">", "><style>" + style.replace("$", "\\$") + "</style>")
                + "\n";
    }
}
