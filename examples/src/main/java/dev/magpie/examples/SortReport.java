package dev.magpie.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a race, as a table or as JSON. */
final class SortReport {

    private final Map<String, Object> settings;
    private final List<Run> runs;

    SortReport(Map<String, Object> settings, List<Run> runs) {
        this.settings = settings;
        this.runs = runs;
    }

    String json() {
        Map<String, Object> root = new LinkedHashMap<>(settings);
        root.put("machine", machine());
        List<Map<String, Object>> rows = new ArrayList<>();
        runs.forEach(run -> rows.add(row(run)));
        root.put("runs", rows);
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
        row.put("medianMillis", round(run.median()));
        row.put("minMillis", round(run.min()));
        row.put("maxMillis", round(run.max()));
        row.put("coldMillis", round(run.coldNanos / 1e6));
        row.put("speedup", round(speedup("arrays-sort", 1, run)));
        row.put(
                "speedupVsForkJoin",
                round(speedup("forkjoin-merge", run.contestant.threads(), run)));
        row.put("verified", run.verified);
        row.put("oversubscribed", run.oversubscribed());
        return row;
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** How many times faster a run is than the named one; 0 if that did not take part. */
    private double speedup(String name, int threads, Run run) {
        Run base = find(name, threads);
        return base == null ? 0 : base.median() / Math.max(1e-6, run.median());
    }

    private @Nullable Run find(String name, int threads) {
        for (Run run : runs) {
            if (run.contestant.name().equals(name) && run.contestant.threads() == threads) {
                return run;
            }
        }
        return null;
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append(settings).append('\n').append(machine()).append('\n');
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-20s %7s %10s %21s %10s %12s %12s%n",
                        "contestant",
                        "threads",
                        "median ms",
                        "min..max ms",
                        "cold ms",
                        "x Arrays.sort",
                        "x ForkJoin"));
        for (Run run : runs) {
            text.append(line(run));
        }
        text.append(
                        "parallelSort: called inside a ForkJoinPool of the row's width; it splits by the")
                .append(" common pool's parallelism, set to the largest width.\n");
        for (Run run : runs) {
            if (!run.detail.isEmpty()) {
                text.append(run.detail).append('\n');
            }
        }
        return text.toString();
    }

    private String line(Run run) {
        double forkJoin = speedup("forkjoin-merge", run.contestant.threads(), run);
        return String.format(
                Locale.ROOT,
                "%-20s %7d %10.2f %21s %10.1f %12.2fx %12s%s%s%n",
                run.contestant.name(),
                run.contestant.threads(),
                run.median(),
                String.format(Locale.ROOT, "%.2f..%.2f", run.min(), run.max()),
                run.coldNanos / 1e6,
                speedup("arrays-sort", 1, run),
                forkJoin == 0 ? "-" : String.format(Locale.ROOT, "%.2fx", forkJoin),
                run.oversubscribed() ? "  oversubscribed" : "",
                run.verified ? "" : "  WRONG RESULT");
    }

    private static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cpus", Runtime.getRuntime().availableProcessors());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        List<String> collectors = new ArrayList<>();
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            collectors.add(bean.getName());
        }
        machine.put("collectors", collectors);
        machine.put("flags", ManagementFactory.getRuntimeMXBean().getInputArguments());
        return machine;
    }
}
