/** The computations whose speedups are reported. */
@NullMarked
package dev.magpie.benchmarks.report.workload;

import org.jspecify.annotations.NullMarked;
