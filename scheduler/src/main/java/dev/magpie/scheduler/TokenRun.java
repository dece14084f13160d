package dev.magpie.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a worker's stack that runs under one token: what the worker pushes at or above the
 * base belongs to the token.
 *
 * <p><b>Threads.</b> The final fields are read by thieves and by those who cancel. The runner is
 * guarded by this object's monitor, which is held for a few instructions; so an interrupt that is
 * meant for this run comes while it is the newest of its worker, or not at all.
 */
final class TokenRun {

    /** Null: what runs here belongs to no tree, whatever lies below. */
    final @Nullable CancelToken token;

    final long base;
    final @Nullable TokenRun below;

    /** The innermost scope that was open in this worker before. */
    final @Nullable TaskScope<?, ?> scope;

    /** Whether an interrupt for what lies below was set aside. Owner only. */
    boolean interrupted;

    private @Nullable Thread runner;

    TokenRun(
            @Nullable CancelToken token,
            long base,
            @Nullable TokenRun below,
            @Nullable TaskScope<?, ?> scope) {
        this.token = token;
        this.base = base;
        this.below = below;
        this.scope = scope;
    }

    boolean isCancelled() {
        return token != null && token.isCancelled();
    }

    /** From here on the calling thread takes the interrupts that are meant for this run. */
    void resume() {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            runner = thread;
        }
        if (isCancelled()) { // after the runner was set: one of both sees the other
            thread.interrupt();
        }
    }

    /** From here on interrupts wait until the run is resumed. */
    synchronized void suspend() {
        runner = null;
    }

    /** Interrupts the runner, if there is one now. The token was cancelled before. */
    synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }
}
