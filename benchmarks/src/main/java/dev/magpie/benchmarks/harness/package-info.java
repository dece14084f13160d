/** Engines, races, figures and their report. */
@NullMarked
package dev.magpie.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
