/** A tree with a million leaves, a task a node. */
@NullMarked
package dev.magpie.benchmarks.skynet;

import org.jspecify.annotations.NullMarked;
