/** From nothing to the first result: what a pool costs a program that has just begun. */
@NullMarked
package dev.magpie.benchmarks.start;

import org.jspecify.annotations.NullMarked;
