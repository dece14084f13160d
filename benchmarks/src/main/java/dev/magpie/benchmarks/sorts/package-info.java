/** What is sorted, and by whom. */
@NullMarked
package dev.magpie.benchmarks.sorts;

import org.jspecify.annotations.NullMarked;
