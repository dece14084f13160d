package dev.magpie.benchmarks.report.workload;

import dev.magpie.benchmarks.harness.Contestant;

/**
 * A contestant of one framework and width.
 *
 * @param framework its name in the report
 * @param threads its width
 * @param contestant what is timed; its label is unique
 */
public record Entry(String framework, int threads, Contestant contestant) {}
