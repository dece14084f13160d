package dev.magpie.sorting;

/**
 * Where a sorted run lies in a file.
 *
 * @param from its first byte
 * @param to its end, exclusive
 */
record Segment(long from, long to) {}
