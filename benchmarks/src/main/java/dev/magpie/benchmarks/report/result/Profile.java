package dev.magpie.benchmarks.report.result;

import dev.magpie.benchmarks.graph.WorkSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workload's work and span, and what they let expect.
 *
 * @param workload its key
 * @param title what is computed
 * @param command measures it again
 * @param numbers work, span and burdened span; work is the time of one Magpie worker
 * @param recordedNanos work as recorded, before it was scaled to that
 * @param migrationNanos cost of a migration: the burden of a fork
 * @param forecasts one a number of cores, ascending
 * @param validation at the widest measured point, or null if only one core was measured
 * @param note how the graph was recorded
 */
public record Profile(
        String workload,
        String title,
        String command,
        WorkSpan numbers,
        double recordedNanos,
        double migrationNanos,
        List<Forecast> forecasts,
        @Nullable Validation validation,
        String note) {}
