/** Internal. */
@NullMarked
package dev.magpie.scheduler.deque;

import org.jspecify.annotations.NullMarked;
