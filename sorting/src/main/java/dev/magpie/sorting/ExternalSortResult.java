package dev.magpie.sorting;

import java.time.Duration;

/**
 * What an {@link ExternalSort} did.
 *
 * @param bytes length of the input
 * @param runs sorted parts that were merged; 1 if the input was sorted in memory, 0 if it was empty
 * @param mergePasses how often everything was merged; 0 if the input was sorted in memory
 * @param elapsed from the call to the moment when the output was in its place
 */
public record ExternalSortResult(long bytes, int runs, int mergePasses, Duration elapsed) {}
