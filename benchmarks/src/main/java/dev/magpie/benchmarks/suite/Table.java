package dev.magpie.benchmarks.suite;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table with even columns. Not thread-safe. */
final class Table {

    private final List<List<String>> lines = new ArrayList<>();

    Table(List<String> heads) {
        lines.add(List.copyOf(heads));
    }

    void add(List<String> cells) {
        lines.add(List.copyOf(cells));
    }

    @Override
    public String toString() {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            append(text, line, widths);
            if (line == lines.get(0)) {
                for (int width : widths) {
                    text.append("|").append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> line, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = line.get(i);
            text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
        }
        text.append("|\n");
    }
}
