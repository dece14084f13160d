package dev.magpie.benchmarks.report.result;

import dev.magpie.benchmarks.harness.Figure;

/**
 * What a fork and its join cost.
 *
 * @param jdk which JDK
 * @param framework whose
 * @param nanosPerCall time of a call of the recursion, a task each
 * @param title what is computed
 * @param command measures it again
 */
public record ForkCost(
        String jdk, String framework, Figure nanosPerCall, String title, String command) {}
