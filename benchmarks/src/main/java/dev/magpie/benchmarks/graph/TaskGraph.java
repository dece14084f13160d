package dev.magpie.benchmarks.graph;

/**
 * A recorded computation.
 *
 * @param root its first task; subtrees shorter than the grain of the recording are one strand each
 * @param measured of the whole, with the burden that was given to the recorder
 */
public record TaskGraph(TaskNode root, WorkSpan measured) {}
