/** Benchmarks under JMH. */
@NullMarked
package dev.magpie.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
