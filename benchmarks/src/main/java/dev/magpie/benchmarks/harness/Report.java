package dev.magpie.benchmarks.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The rows of one run with the machine they come from.
 *
 * @param machine what ran it, by property
 * @param rows what was measured
 */
public record Report(Map<String, String> machine, List<Row> rows) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** A Markdown table. */
    public String table() {
        StringBuilder text = new StringBuilder();
        text.append("| what | required | measured | verdict |\n|---|---|---|---|\n");
        for (Row row : rows) {
            text.append("| ").append(row.what());
            text.append(" | ").append(orDash(row.required()));
            text.append(" | ").append(row.measured());
            text.append(" | ").append(orDash(row.verdict())).append(" |\n");
        }
        return text.toString();
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /**
     * Writes this report as JSON.
     *
     * @param file overwritten
     */
    public void write(Path file) {
        try {
            JSON.writeValue(file.toFile(), this);
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot write " + file + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Reads a report.
     *
     * @param file as {@link #write} wrote it
     * @return the report
     */
    public static Report read(Path file) {
        try {
            return JSON.readValue(file.toFile(), Report.class);
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot read " + file + ": " + ex.getMessage(), ex);
        }
    }
}
