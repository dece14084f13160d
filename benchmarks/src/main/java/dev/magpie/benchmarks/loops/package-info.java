/** Parallel loops over arrays: a reduction, an action for each element, prefix sums. */
@NullMarked
package dev.magpie.benchmarks.loops;

import org.jspecify.annotations.NullMarked;
