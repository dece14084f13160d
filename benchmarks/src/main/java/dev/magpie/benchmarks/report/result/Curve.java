package dev.magpie.benchmarks.report.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.magpie.benchmarks.harness.Figure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workload's speedups.
 *
 * @param workload its key
 * @param title what is computed, with its size
 * @param command measures it again
 * @param baseline name of the sequential baseline
 * @param baselineNanos of each round
 * @param baselineMillis their median
 * @param lines one a framework, Magpie's first
 * @param fits of Magpie's line
 * @param engines what the pools said of themselves, by name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared nor changed
public record Curve(
        String workload,
        String title,
        String command,
        String baseline,
        double[] baselineNanos,
        Figure baselineMillis,
        List<Line> lines,
        List<Fit> fits,
        Map<String, String> engines) {

    /** Magpie's line, or null if there is none. */
    @JsonIgnore
    public @Nullable Line magpie() {
        return lines.stream().filter(Line::isMagpie).findFirst().orElse(null);
    }

    /** The greatest width that the machine has CPUs for, or null if none was measured. */
    @JsonIgnore
    public @Nullable Integer widest() {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .filter(point -> !point.oversubscribed())
                .map(Point::threads)
                .max(Integer::compare)
                .orElse(null);
    }
}
