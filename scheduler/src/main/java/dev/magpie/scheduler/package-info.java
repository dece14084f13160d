/** A work-stealing fork-join engine: tasks, workers, and the scheduler that runs them. */
@NullMarked
package dev.magpie.scheduler;

import org.jspecify.annotations.NullMarked;
