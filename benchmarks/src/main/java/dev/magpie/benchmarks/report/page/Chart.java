package dev.magpie.benchmarks.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of lines and points over two axes, as SVG that takes its colours from the page. Built
 * from back to front. Not thread-safe.
 */
final class Chart {

    private static final double LEFT = 44;
    private static final double RIGHT = 12;
    private static final double TOP = 14;
    private static final double BOTTOM = 40;

    private final double width;
    private final double height;
    private final Axis across;
    private final Axis up;
    private final StringBuilder body = new StringBuilder();
    private final List<String> legend = new ArrayList<>();
    private final String description;

    /** What both axes show. */
    record Range(double from, double to, boolean logarithmic) {}

    /**
     * An empty picture.
     *
     * @param description for those who do not see it
     * @param width in pixels, at full size
     * @param height in pixels
     * @param across values from left to right
     * @param up values from bottom to top
     */
    Chart(String description, double width, double height, Range across, Range up) {
        this.description = description;
        this.width = width;
        this.height = height;
        this.across = new Axis(across.from, across.to, across.logarithmic, LEFT, width - RIGHT);
        this.up = new Axis(up.from, up.to, up.logarithmic, height - BOTTOM, TOP);
    }

    /** A rule and a label at each value. */
    Chart across(String title, List<Double> ticks, List<String> labels) {
        for (int i = 0; i < ticks.size(); i++) {
            double x = across.at(ticks.get(i));
            line("rule", x, up.start(), x, up.end());
            text("", x, height - BOTTOM + 16, "middle", labels.get(i));
        }
        line("axis", LEFT, up.start(), width - RIGHT, up.start());
        text("", (LEFT + width - RIGHT) / 2, height - 6, "middle", title);
        return this;
    }

    /** A rule and a label at round values. */
    Chart across(String title, int about) {
        List<Double> ticks = across.ticks(about);
        return across(title, ticks, ticks.stream().map(Axis::label).toList());
    }

    /** A rule and a label at round values; the title stands above. */
    Chart up(String title, int about) {
        for (double tick : up.ticks(about)) {
            double y = up.at(tick);
            line("rule", LEFT, y, width - RIGHT, y);
            text("", LEFT - 6, y + 4, "end", Axis.label(tick));
        }
        line("axis", LEFT, up.start(), LEFT, up.end());
        text("", 2, TOP - 3, "start", title);
        return this;
    }

    /** Shades what is right of a value. */
    Chart shadeFrom(double from, String label) {
        double x = across.at(from);
        body.append(
                String.format(
                        Locale.ROOT,
                        "<rect class=\"shade\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                        x,
                        up.end(),
                        Math.max(0, width - RIGHT - x),
                        up.start() - up.end()));
        text("", width - RIGHT - 4, TOP + 13, "end", label);
        return this;
    }

    /** A line through points; those above or below the picture are left out. */
    Chart line(int colour, String style, List<double[]> points) {
        StringBuilder path = new StringBuilder();
        boolean drawn = false;
        for (double[] point : points) {
            boolean holds = up.holds(point[1]);
            if (holds) {
                double x = across.at(point[0]);
                path.append(
                        String.format(
                                Locale.ROOT,
                                drawn ? "L%.1f %.1f" : "M%.1f %.1f",
                                x,
                                up.at(point[1])));
            }
            drawn = holds;
        }
        body.append("<path class=\"").append(classes(colour, style));
        body.append("\" d=\"").append(path).append("\"/>");
        return this;
    }

    private static String classes(int colour, String style) {
        return "stroke s" + colour + (style.isEmpty() ? "" : " " + style);
    }

    /** Says what lines of a kind are. */
    Chart legend(String name, int colour, String style) {
        legend.add(
                "<li><svg viewBox=\"0 0 28 12\" aria-hidden=\"true\"><path class=\""
                        + classes(colour, style)
                        + "\" d=\"M1 6H27\"/></svg>"
                        + Html.escape(name)
                        + "</li>");
        return this;
    }

    /** A point with its spread; hollow if it counts less. */
    Chart point(int colour, boolean hollow, double x, double value, double min, double max) {
        double left = across.at(x);
        if (max > min) {
            body.append(
                    String.format(
                            Locale.ROOT,
                            "<path class=\"stroke thin s%d\" d=\"M%.1f %.1fV%.1f\"/>",
                            colour,
                            left,
                            up.at(min),
                            up.at(max)));
        }
        body.append(
                String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"/>",
                        hollow ? "hollow s" + colour : "f" + colour,
                        left,
                        up.at(value),
                        hollow ? "3.5" : "4"));
        return this;
    }

    /** A small point without spread. */
    Chart speck(int colour, double x, double value) {
        body.append(
                String.format(
                        Locale.ROOT,
                        "<circle class=\"f%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>",
                        colour,
                        across.at(x),
                        up.at(value)));
        return this;
    }

    private void line(String style, double fromX, double fromY, double toX, double toY) {
        body.append(
                String.format(
                        Locale.ROOT,
                        "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>",
                        style,
                        fromX,
                        fromY,
                        toX,
                        toY));
    }

    private void text(String style, double x, double y, String anchor, String text) {
        body.append(
                String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                        style,
                        x,
                        y,
                        anchor,
                        Html.escape(text)));
    }

    /** The picture and, below, its legend. */
    String html() {
        String list =
                legend.isEmpty() ? "" : "<ul class=\"legend\">" + String.join("", legend) + "</ul>";
        return Html.svg(description, width, height, body.toString()) + list;
    }
}
