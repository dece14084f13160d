package dev.magpie.benchmarks.harness;

import java.util.concurrent.ExecutorService;

/** A running executor service. */
public interface ExecutorEngine extends AutoCloseable {

    /** Name and width, such as {@code fixed@2}. */
    String label();

    /** The pool. */
    ExecutorService executor();

    /** Whether no worker runs or looks for a task, as far as the pool tells. */
    boolean isParked();

    @Override
    void close();
}
