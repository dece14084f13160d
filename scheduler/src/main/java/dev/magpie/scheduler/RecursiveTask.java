package dev.magpie.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * A task with a result; the counterpart of {@link java.util.concurrent.RecursiveTask}.
 *
 * @param <V> the result's type
 */
public abstract class RecursiveTask<V extends @Nullable Object> extends Task<V> {

    /** For subclasses. */
    protected RecursiveTask() {}

    /**
     * The computation.
     *
     * @return its result
     */
    protected abstract V compute();

    @Override
    final V exec() {
        return compute();
    }
}
