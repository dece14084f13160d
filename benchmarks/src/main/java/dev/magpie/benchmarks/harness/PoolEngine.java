package dev.magpie.benchmarks.harness;

/** An engine that is an executor service as well. */
public interface PoolEngine extends Engine, ExecutorEngine {

    /** Number of workers. */
    int workers();

    /** A prefix that the names of its worker threads, and no others, have. */
    String threadPrefix();

    @Override
    String label();

    @Override
    void close();

    /**
     * Runs a problem inside a task of this engine.
     *
     * @param problem what to compute
     * @return its answer
     */
    long solveInside(Problem problem);
}
