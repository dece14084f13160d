/** Models of scalability, fitted to measured speedups by least squares. */
@NullMarked
package dev.magpie.benchmarks.fit;

import org.jspecify.annotations.NullMarked;
