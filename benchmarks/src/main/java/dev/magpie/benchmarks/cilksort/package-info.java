/** A merge sort whose merges are parallel, too. */
@NullMarked
package dev.magpie.benchmarks.cilksort;

import org.jspecify.annotations.NullMarked;
