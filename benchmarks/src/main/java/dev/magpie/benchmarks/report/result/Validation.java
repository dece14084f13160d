package dev.magpie.benchmarks.report.result;

import dev.magpie.benchmarks.harness.Figure;

/**
 * Forecasts beside what was measured.
 *
 * @param threads where
 * @param measured Magpie's speedup
 * @param estimateError by how many percent the estimate is above the median measured
 * @param simulationError the same of the simulation
 */
public record Validation(
        int threads, Figure measured, double estimateError, double simulationError) {}
