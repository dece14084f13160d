/** Internal. */
@NullMarked
package dev.magpie.scheduler.topology;

import org.jspecify.annotations.NullMarked;
