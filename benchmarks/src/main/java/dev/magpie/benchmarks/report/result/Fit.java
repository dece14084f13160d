package dev.magpie.benchmarks.report.result;

import dev.magpie.benchmarks.fit.ScalingLaw;
import dev.magpie.benchmarks.harness.Figure;

/**
 * A law fitted to a framework's speedups.
 *
 * @param name of the law
 * @param basis which points it was fitted to
 * @param law fitted to all rounds
 * @param serial its serial share, with the spread of fits to single rounds
 * @param crosstalk its crosstalk, the same
 */
public record Fit(String name, String basis, ScalingLaw law, Figure serial, Figure crosstalk) {}
