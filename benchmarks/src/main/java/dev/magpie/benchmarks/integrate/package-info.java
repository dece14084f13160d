/** Adaptive integration, a task per interval that is cut. */
@NullMarked
package dev.magpie.benchmarks.integrate;

import org.jspecify.annotations.NullMarked;
