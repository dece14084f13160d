package dev.magpie.benchmarks.graph;

import org.jspecify.annotations.Nullable;

/**
 * A fork-join task that is run by a {@link GraphRecorder}, at its fork and by the thread that forks
 * it. Forked and joined once, by the task that made it. Not thread-safe.
 *
 * @param <T> its result
 */
public abstract class RecordedTask<T> {

    /** Where and when it is recorded. */
    protected final GraphRecorder recorder;

    /** Set by its fork, read by its join. */
    GraphRecorder.@Nullable Forked forked;

    private @Nullable T result;

    /**
     * A task.
     *
     * @param recorder of the whole computation
     */
    protected RecordedTask(GraphRecorder recorder) {
        this.recorder = recorder;
    }

    /**
     * The computation, which may fork and join.
     *
     * @return its result
     */
    protected abstract T compute();

    /** Runs this task, as one that may run in parallel with what follows. */
    public final void fork() {
        recorder.enter();
        result = compute();
        forked = recorder.leave();
    }

    /**
     * Waits for this task.
     *
     * @return its result
     * @throws IllegalStateException if it was not forked, or is joined again
     */
    public final T join() {
        GraphRecorder.Forked end = forked;
        T value = result;
        if (end == null || value == null) {
            throw new IllegalStateException("a task is joined once, after its fork");
        }
        recorder.join(end);
        forked = null;
        return value;
    }
}
