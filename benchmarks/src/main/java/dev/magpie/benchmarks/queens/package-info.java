/** N-queens, a task per placement. */
@NullMarked
package dev.magpie.benchmarks.queens;

import org.jspecify.annotations.NullMarked;
