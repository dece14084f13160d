package dev.magpie.benchmarks.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars, each of some parts, with a label above and a text at its end. Built from top to
 * bottom. Not thread-safe.
 */
final class Bars {

    private static final double ROW = 38;
    private static final double BAR = 14;

    private final String description;
    private final double width;
    private final double textWidth;
    private final double most;
    private final StringBuilder body = new StringBuilder();
    private double y;

    /** A part of a bar. */
    record Part(int colour, double value) {}

    /**
     * No bars yet.
     *
     * @param description for those who do not see it
     * @param width in pixels, at full size
     * @param textWidth of that, kept free for the texts at the bars' ends
     * @param most the longest bar's value, above 0
     */
    Bars(String description, double width, double textWidth, double most) {
        this.description = description;
        this.width = width;
        this.textWidth = textWidth;
        this.most = most > 0 ? most : 1;
    }

    /** A line behind all bars so far at a value, and what it means, below. */
    Bars mark(double value, String label) {
        double x = value / most * (width - textWidth);
        String rule = "<path class=\"rule\" d=\"M%.1f 0V%.1f\"/>";
        body.insert(0, String.format(Locale.ROOT, rule, x, y));
        y += 14;
        text("", x, y, x > width / 2 ? "end" : "start", label);
        return this;
    }

    /** A heading. */
    Bars group(String title) {
        y += 18;
        text("strong", 0, y, "start", title);
        y += 4;
        return this;
    }

    /** A bar. */
    Bars bar(String label, String value, Part... parts) {
        text("", 0, y + 13, "start", label);
        double x = 0;
        for (Part part : parts) {
            double length = Math.max(0, part.value / most * (width - textWidth));
            body.append(
                    String.format(
                            Locale.ROOT,
                            "<rect class=\"f%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%s\"/>",
                            part.colour,
                            x,
                            y + 18,
                            Math.max(length, part.value > 0 ? 1 : 0),
                            BAR));
            x += length;
        }
        text("strong", x + 5, y + 18 + 11, "start", value);
        y += ROW;
        return this;
    }

    private void text(String style, double x, double top, String anchor, String text) {
        body.append(
                String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                        style,
                        x,
                        top,
                        anchor,
                        Html.escape(text)));
    }

    /** The picture. */
    String html() {
        return Html.svg(description, width, y + 4, body.toString());
    }

    /** A legend of colours and what they mean. */
    static String legend(int[] colours, String... names) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < colours.length; i++) {
            items.add(
                    "<li><svg viewBox=\"0 0 28 12\" aria-hidden=\"true\"><rect class=\"f"
                            + colours[i]
                            + "\" width=\"26\" height=\"11\"/></svg>"
                            + Html.escape(names[i])
                            + "</li>");
        }
        return "<ul class=\"legend\">" + String.join("", items) + "</ul>";
    }
}
