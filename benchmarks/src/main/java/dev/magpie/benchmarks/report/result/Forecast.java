package dev.magpie.benchmarks.report.result;

import dev.magpie.benchmarks.harness.Figure;

/**
 * The speedup to be expected on a number of cores.
 *
 * @param cores how many
 * @param bound no schedule is faster: work and span laws
 * @param estimate from work and burdened span
 * @param simulated by random stealing on the recorded graph, with the spread of seeds
 */
public record Forecast(int cores, double bound, double estimate, Figure simulated) {}
