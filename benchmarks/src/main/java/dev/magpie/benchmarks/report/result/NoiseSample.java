package dev.magpie.benchmarks.report.result;

/**
 * A run of the calibrated loop.
 *
 * @param part during which part of the report
 * @param jdk by which JDK, as loops of different compilers are not compared
 * @param epochMillis when
 * @param nanos how long it took
 */
public record NoiseSample(String part, String jdk, long epochMillis, double nanos) {}
