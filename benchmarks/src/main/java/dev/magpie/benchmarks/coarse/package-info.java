/** Tasks of known length, forked by one worker. */
@NullMarked
package dev.magpie.benchmarks.coarse;

import org.jspecify.annotations.NullMarked;
