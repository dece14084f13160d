package dev.magpie.benchmarks.harness;

import java.util.concurrent.ExecutorService;

/** An engine that is an executor service as well. */
public interface PoolEngine extends Engine {

    /** Number of workers. */
    int workers();

    /** The pool. */
    ExecutorService executor();

    /** A prefix that the names of its worker threads, and no others, have. */
    String threadPrefix();

    /** Whether no worker runs or looks for a task, as far as the pool tells. */
    boolean isParked();

    /**
     * Runs a problem inside a task of this engine.
     *
     * @param problem what to compute
     * @return its answer
     */
    long solveInside(Problem problem);
}
