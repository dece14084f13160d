/**
 * The benchmarks by name: problem by contender, each problem with one size and one checker of its
 * answer.
 */
@NullMarked
package dev.magpie.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
