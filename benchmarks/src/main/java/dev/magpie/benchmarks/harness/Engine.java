package dev.magpie.benchmarks.harness;

/** A running pool of one framework. */
public interface Engine extends AutoCloseable {

    /** Name and width, such as {@code magpie@2}. */
    String label();

    /**
     * Computes a problem's answer from the calling thread, which is no worker.
     *
     * @param problem what to compute
     * @return what the framework says
     */
    long solve(Problem problem);

    /** What the engine says of itself, one line. */
    String describe();

    @Override
    void close();
}
