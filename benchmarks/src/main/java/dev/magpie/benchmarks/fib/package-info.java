/** Fibonacci without a cut-off: the cost of a fork. */
@NullMarked
package dev.magpie.benchmarks.fib;

import org.jspecify.annotations.NullMarked;
