package dev.magpie.benchmarks.report.page;

import dev.magpie.benchmarks.harness.Figure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Pieces of HTML. Stateless. */
final class Html {

    private static final double MILLI = 1e6;
    private static final double MAX_SCALE = 1.2;

    /** From so many letters on, a first cell gets a column that is not too narrow. */
    private static final int LONG = 20;

    private Html() {}

    /** Text that is no markup. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String code(String text) {
        return "<code>" + escape(text) + "</code>";
    }

    /** A picture with a description. */
    static String svg(String description, double width, double height, String body) {
        // as wide as its place, but letters not much larger than those of the page
        return String.format(
                        Locale.ROOT,
                        "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 %.0f %.0f\""
                                + " style=\"max-width:%.0fpx\" aria-label=\"%s\">",
                        width,
                        height,
                        MAX_SCALE * width,
                        escape(description))
                + body
                + "</svg>";
    }

    /** A table; cells are HTML, those of columns from the second on numbers if they say so. */
    static String table(List<String> heads, List<List<String>> rows, int firstNumber) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (int i = 0; i < heads.size(); i++) {
            html.append(cell("th", i >= firstNumber, heads.get(i)));
        }
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                boolean isLong = i == 0 && row.get(i).length() > LONG;
                html.append(
                        cell(isLong ? "td class=\"long\"" : "td", i >= firstNumber, row.get(i)));
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>").toString();
    }

    private static String cell(String tag, boolean number, String content) {
        String name = tag.substring(0, 2);
        return "<" + tag + (number ? " class=\"number\">" : ">") + content + "</" + name + ">";
    }

    /** A paragraph of HTML; of a style, or of none. */
    static String paragraph(String style, String content) {
        return (style.isEmpty() ? "<p>" : "<p class=\"" + style + "\">") + content + "</p>";
    }

    /** A share as percentage. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A time in milliseconds. */
    static String millis(double nanos) {
        return String.format(Locale.ROOT, nanos < MILLI ? "%.3f ms" : "%.1f ms", nanos / MILLI);
    }

    /** A figure, its spread small. */
    static String figure(Figure figure, String unit) {
        String text = figure.toString();
        int spread = text.indexOf(" (");
        String median = spread < 0 ? text : text.substring(0, spread);
        String rest =
                spread < 0 ? "" : " <small>" + escape(text.substring(spread + 1)) + "</small>";
        return median + (unit.isEmpty() ? "" : " " + unit) + rest;
    }

    /** A file beside this class. */
    static String resource(String name) {
        try (InputStream stream = Html.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
