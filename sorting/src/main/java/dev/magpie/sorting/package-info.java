/** Parallel sorting on the scheduler's public API. */
@NullMarked
package dev.magpie.sorting;

import org.jspecify.annotations.NullMarked;
