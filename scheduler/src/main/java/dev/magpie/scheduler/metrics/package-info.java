/** A scheduler's numbers for Micrometer, which users add to their class path themselves. */
@NullMarked
package dev.magpie.scheduler.metrics;

import org.jspecify.annotations.NullMarked;
