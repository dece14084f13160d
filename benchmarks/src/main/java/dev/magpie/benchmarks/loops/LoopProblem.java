package dev.magpie.benchmarks.loops;

import dev.magpie.scheduler.Parallel;

/** A loop over an array with next to no work an element, written for each rival. */
public interface LoopProblem {

    /** What it does. */
    String name();

    /** What the JDK offers for it, run in a ForkJoinPool. */
    String rival();

    /** Prepares the arrays for any number of passes. Untimed. */
    void reset();

    /** One pass of a plain loop; the result depends on the pass. */
    long sequential();

    /** One pass on Magpie. */
    long magpie(Parallel parallel);

    /** One pass of the rival; called by a thread of the pool. */
    long forkJoin();

    /** What the passes since the last reset left behind. Untimed. */
    long digest();
}
