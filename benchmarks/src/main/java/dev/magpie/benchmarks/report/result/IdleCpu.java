package dev.magpie.benchmarks.report.result;

import dev.magpie.benchmarks.harness.Figure;

/**
 * CPU time of a pool's threads with nothing, or next to nothing, to do.
 *
 * @param framework whose
 * @param idle percent of a CPU, idle
 * @param trickle percent of a CPU, given a no-op a millisecond
 * @param command measures it again
 */
public record IdleCpu(String framework, Figure idle, Figure trickle, String command) {}
