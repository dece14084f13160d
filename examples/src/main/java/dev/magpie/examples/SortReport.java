package dev.magpie.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The result of a race, as a table or as JSON. */
final class SortReport {

    /** A clock that saw no time pass would divide by zero. */
    private static final double MIN_MILLIS = 1e-6;

    private final Map<String, Object> settings;
    private final Machine machine;
    private final List<Run> runs;

    /** {@code settings} holds what was sorted, with the names that it gets in reports. */
    SortReport(Map<String, Object> settings, Machine machine, List<Run> runs) {
        this.settings = settings;
        this.machine = machine;
        this.runs = runs;
    }

    // ---- JSON

    /** One JSON object on one line. */
    String json() {
        Map<String, Object> root = new LinkedHashMap<>(settings);
        root.put("machine", machine);
        root.put("runs", runs.stream().map(this::row).toList());
        try {
            return new ObjectMapper().writeValueAsString(root);
        } catch (JsonProcessingException ex) {
            throw new IllegalStateException("the report cannot be written as JSON", ex);
        }
    }

    private Map<String, Object> row(Run run) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", run.contestant.name());
        row.put("threads", run.contestant.threads());
        row.put("medianMillis", run.medianMillis());
        row.put("minMillis", run.minMillis());
        row.put("maxMillis", run.maxMillis());
        row.put("coldMillis", run.coldMillis());
        overSequential(run).ifPresent(factor -> row.put("speedup", rounded(factor)));
        overForkJoin(run).ifPresent(factor -> row.put("speedupOverForkJoin", rounded(factor)));
        if (!run.detail.isEmpty()) {
            row.put("detail", run.detail);
        }
        row.put("verified", run.verified);
        row.put("oversubscribed", run.isOversubscribed(machine.cpus()));
        return row;
    }

    private static double rounded(double factor) {
        return Math.round(factor * 1000) / 1000.0;
    }

    // ---- speedups

    private OptionalDouble overSequential(Run run) {
        return speedup(run, Contestant.SEQUENTIAL, 1);
    }

    /** Against the pool of the same width. */
    private OptionalDouble overForkJoin(Run run) {
        return speedup(run, Contestant.FORK_JOIN, run.contestant.threads());
    }

    private OptionalDouble speedup(Run run, String baseName, int baseThreads) {
        return runs.stream()
                .filter(base -> base.contestant.name().equals(baseName))
                .filter(base -> base.contestant.threads() == baseThreads)
                .mapToDouble(base -> millis(base) / millis(run))
                .findFirst();
    }

    private static double millis(Run run) {
        return Math.max(MIN_MILLIS, run.medianMillis());
    }

    // ---- the table

    /** Several lines of text, without the last line's end. */
    String table() {
        List<String> lines = new ArrayList<>();
        lines.add(sorted());
        lines.add(machine.toString());
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%-20s %7s %10s %22s %10s %14s %11s",
                        "contestant",
                        "threads",
                        "median ms",
                        "min..max ms",
                        "cold ms",
                        "vs Arrays.sort",
                        "vs ForkJoin"));
        runs.forEach(run -> lines.add(line(run)));
        lines.add("");
        lines.addAll(notes());
        return String.join(System.lineSeparator(), lines);
    }

    private String sorted() {
        List<String> parts = new ArrayList<>();
        settings.forEach((name, value) -> parts.add(name + " " + value));
        return "magpie sort: " + String.join(", ", parts);
    }

    private String line(Run run) {
        return String.format(
                Locale.ROOT,
                "%-20s %7d %10.2f %22s %10.2f %14s %11s%s%s",
                run.contestant.name(),
                run.contestant.threads(),
                run.medianMillis(),
                String.format(Locale.ROOT, "%.2f..%.2f", run.minMillis(), run.maxMillis()),
                run.coldMillis(),
                times(overSequential(run)),
                times(overForkJoin(run)),
                run.isOversubscribed(machine.cpus()) ? "  oversubscribed" : "",
                run.verified ? "" : "  WRONG RESULT");
    }

    private static String times(OptionalDouble factor) {
        return factor.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2fx", factor.getAsDouble());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(
                "cold: the first sort of the row, from the top row down, before anything is compiled"
                        + " for it; not part of the median.");
        notes.add(
                "arrays-parallelsort: called inside a ForkJoinPool as wide as the row; it splits as"
                        + (CommonParallelism.isSettable()
                                ? " for a common pool of that width."
                                : " for a common pool of the largest width (this JDK fixes that at"
                                        + " its start), and is sequential at width 1."));
        if (runs.stream().anyMatch(run -> run.isOversubscribed(machine.cpus()))) {
            notes.add("oversubscribed: more threads than CPUs; no speedup is to be expected.");
        }
        if (settings.containsKey("trace")) {
            notes.add("trace: of one more sort, not measured; open it at https://ui.perfetto.dev.");
        }
        for (Run run : runs) {
            if (!run.detail.isEmpty()) {
                notes.add(run + ": " + run.detail + ".");
            }
        }
        return notes;
    }
}
