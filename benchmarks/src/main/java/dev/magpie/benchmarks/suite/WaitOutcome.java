package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.report.result.Latency;
import dev.magpie.benchmarks.report.result.Results;
import java.util.ArrayList;
import java.util.List;

/** How long each contender let something wait: median, 99th percentile, longest. */
final class WaitOutcome implements Outcome {

    private static final double[] PERCENTILES = {50, 99, 100};

    /**
     * A contender's waits.
     *
     * @param label who
     * @param rival whose label the ratio is of, or its own
     * @param latencies the waits
     * @param late how many were cut off
     * @param more further figures, such as what else was done meanwhile
     */
    record Waits(String label, String rival, Latencies latencies, long late, List<Row> more) {

        /** Those of one of several; its reference is the first contender, of the same width. */
        static Waits of(
                List<String> labels, int index, Latencies latencies, long late, List<Row> more) {
            String label = labels.get(index);
            String first = labels.get(0).split("@", 2)[0];
            int width = label.indexOf('@');
            String same = width < 0 ? first : first + label.substring(width);
            String widest =
                    labels.stream().filter(l -> l.startsWith(first)).reduce("", (a, b) -> b);
            return new Waits(label, labels.contains(same) ? same : widest, latencies, late, more);
        }
    }

    private final String key;
    private final String title;
    private final List<Waits> waits;

    WaitOutcome(String key, String title, List<Waits> waits) {
        this.key = key;
        this.title = title;
        this.waits = List.copyOf(waits);
    }

    private static String name(double percentile) {
        return percentile == 100 ? "max" : "p" + (int) percentile;
    }

    private Figure ratio(Waits wait, double percentile) {
        for (Waits other : waits) {
            if (other.label().equals(wait.rival())) {
                return other.latencies().ratio(wait.latencies(), percentile);
            }
        }
        throw new IllegalStateException("no contender is called " + wait.rival());
    }

    private static boolean isReference(Waits wait) {
        return wait.label().equals(wait.rival());
    }

    @Override
    public String table() {
        String reference = waits.get(0).label().split("@", 2)[0];
        List<String> heads = new ArrayList<>();
        heads.add(title);
        for (double percentile : PERCENTILES) {
            heads.add(name(percentile) + ", us");
        }
        heads.add("p50 of " + reference + " / its");
        heads.add("p99 of " + reference + " / its");
        Table table = new Table(heads);
        for (Waits wait : waits) {
            List<String> cells = new ArrayList<>();
            cells.add(wait.label());
            for (double percentile : PERCENTILES) {
                cells.add(wait.latencies().micros(percentile).toString());
            }
            cells.add(isReference(wait) ? "-" : ratio(wait, 50).toString());
            cells.add(isReference(wait) ? "-" : ratio(wait, 99).toString());
            table.add(cells);
        }
        StringBuilder text = new StringBuilder(table.toString());
        for (Waits wait : waits) {
            for (Row row : wait.more()) {
                text.append(row.what()).append(": ").append(row.measured()).append('\n');
            }
        }
        return text.toString();
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Waits wait : waits) {
            for (double percentile : PERCENTILES) {
                rows.add(
                        Row.of(
                                title + ", " + name(percentile) + ", " + wait.label(),
                                "us",
                                wait.latencies().micros(percentile)));
            }
            rows.addAll(wait.more());
        }
        for (Waits wait : waits) {
            if (!isReference(wait)) {
                String who = ", " + wait.rival() + " / " + wait.label();
                rows.add(Row.of(title + ", p50" + who, "", ratio(wait, 50)));
                rows.add(Row.of(title + ", p99" + who, "", ratio(wait, 99)));
            }
        }
        return rows;
    }

    @Override
    public Results results(String command) {
        return Results.ofLatencies(
                waits.stream()
                        .map(
                                wait ->
                                        Latency.of(
                                                key,
                                                title,
                                                wait.label(),
                                                wait.latencies(),
                                                wait.late(),
                                                command))
                        .toList());
    }
}
