/** Internal. */
@NullMarked
package dev.magpie.scheduler.idle;

import org.jspecify.annotations.NullMarked;
