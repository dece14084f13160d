/** Matrix multiplication by quarters. */
@NullMarked
package dev.magpie.benchmarks.matmul;

import org.jspecify.annotations.NullMarked;
