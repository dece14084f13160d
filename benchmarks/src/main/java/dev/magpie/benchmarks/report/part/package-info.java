/** The parts of a report, each measured in a JVM of its own. */
@NullMarked
package dev.magpie.benchmarks.report.part;

import org.jspecify.annotations.NullMarked;
