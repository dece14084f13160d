/** Empty tasks, all forked by one. */
@NullMarked
package dev.magpie.benchmarks.fanout;

import org.jspecify.annotations.NullMarked;
