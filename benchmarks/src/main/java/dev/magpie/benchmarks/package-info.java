/** Problems and rivals, measured side by side. */
@NullMarked
package dev.magpie.benchmarks;

import org.jspecify.annotations.NullMarked;
