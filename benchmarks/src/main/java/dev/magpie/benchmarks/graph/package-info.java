/**
 * The task graph of a fork-join computation: recorded in a serial run, measured (work, span,
 * burdened span) and executed again on any number of simulated workers.
 *
 * <p>A computation that forks and joins is a series-parallel graph. Run depth first by one thread,
 * each forked task at its fork, it visits every strand once, in an order in which all that a strand
 * waits for has been visited; so work and span are known when the run ends, in memory that grows
 * with the depth of the graph only (Leiserson, Schardl et al., Cilkscale; He, Leiserson and
 * Leiserson, "The Cilkview Scalability Analyzer", SPAA 2010, doi 10.1145/1810479.1810509).
 */
@NullMarked
package dev.magpie.benchmarks.graph;

import org.jspecify.annotations.NullMarked;
