package dev.magpie.benchmarks.report.result;

/**
 * A part that gave no figures.
 *
 * @param part which
 * @param reason why
 */
public record Failure(String part, String reason) {}
