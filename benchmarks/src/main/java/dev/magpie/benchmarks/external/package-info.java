/** Files of numbers, larger than memory. */
@NullMarked
package dev.magpie.benchmarks.external;

import org.jspecify.annotations.NullMarked;
