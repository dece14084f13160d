package dev.magpie.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * What stands in a deque or in the queue for a scope's task. It is an object of its own, so that a
 * join of the task never takes it off the deque by the fast path, which does not look how much
 * stack is left: a ticket that was taken is always used.
 */
final class ScopeTicket extends Task<@Nullable Void> {

    private final ScopeTask<?> task;

    ScopeTicket(ScopeTask<?> task) {
        this.task = task;
    }

    @Override
    @SuppressWarnings("NullAway") // the result type says nullable; only JSpecify mode would see it
    @Nullable Void exec() {
        runTask();
        return null;
    }

    @Override
    void runTask() {
        int thief = thief();
        if (thief >= 0) {
            task.stolenBy(thief);
        }
        task.runTask();
    }

    /** The end of its scope. */
    Task<?> scopeEnd() {
        return task.scopeEnd();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return task.cancel(mayInterruptIfRunning);
    }

    /** A part of a running computation, unless an outside thread waits for it. */
    @Override
    boolean isSubmission() {
        return !task.isOfWorker();
    }

    @Override
    boolean startsTree() {
        return true;
    }
}
