/** A binary tree of tasks that is cancelled while it runs. */
@NullMarked
package dev.magpie.benchmarks.cancel;

import org.jspecify.annotations.NullMarked;
