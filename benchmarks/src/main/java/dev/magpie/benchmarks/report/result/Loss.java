package dev.magpie.benchmarks.report.result;

/**
 * A figure that is worse for Magpie than for a rival.
 *
 * @param what the figure
 * @param rival who is better
 * @param factor how many times worse, above 1
 * @param certain whether the spreads do not overlap
 * @param magpie its figure
 * @param other the rival's
 * @param command measures it again
 */
public record Loss(
        String what,
        String rival,
        double factor,
        boolean certain,
        String magpie,
        String other,
        String command) {}
