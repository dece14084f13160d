package dev.magpie.scheduler;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A callable as a task: one that can be interrupted while it runs.
 *
 * <p>The runner is guarded by this object's monitor, which no other code can reach before the task
 * is handed out; it is held for a few instructions.
 */
final class CallableTask<V extends @Nullable Object> extends Task<V> implements RunnableFuture<V> {

    private final boolean isSubmitted;
    private @Nullable Callable<? extends V> callable;
    private @Nullable Thread runner;
    private boolean interruptPending;

    /** A task that will be forked. */
    CallableTask(Callable<? extends V> callable) {
        this.callable = callable;
        isSubmitted = false;
    }

    /** A task that will be submitted to the pool of the given home. */
    CallableTask(Callable<? extends V> callable, Waiter home) {
        this.callable = callable;
        isSubmitted = true;
        markSubmitted(home);
    }

    @Override
    V exec() {
        Callable<? extends V> body = callable;
        if (body == null) {
            throw new CancellationException(); // cancelled in this very moment
        }
        Worker worker =
                Thread.currentThread() instanceof WorkerThread thread ? thread.worker() : null;
        CallableTask<?> covered = worker == null ? null : worker.cover(this);
        boolean interrupted = worker != null && worker.setInterruptAside();
        resume();
        try {
            return body.call();
        } catch (Exception ex) {
            throw Throwables.<RuntimeException>rethrow(ex);
        } finally {
            suspend();
            if (isSubmitted) {
                callable = null; // an adapted one may be reinitialized
            }
            if (worker != null) {
                worker.uncover(covered, interrupted);
            }
        }
    }

    /**
     * Runs the task in the caller unless it was started; for those who got it back from {@code
     * shutdownNow}.
     */
    @Override
    public void run() {
        runTask();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (tryCancel()) {
            callable = null; // not kept while the cancelled task waits in a queue
            if (mayInterruptIfRunning) {
                interruptRunner();
            }
        }
        return isCancelled();
    }

    private synchronized void interruptRunner() {
        if (runner != null) {
            runner.interrupt();
        } else {
            interruptPending = true;
        }
    }

    /** From here on an interrupt meant for this task waits until it is resumed. */
    synchronized void suspend() {
        runner = null;
    }

    /** This task runs in the calling thread from here on. */
    synchronized void resume() {
        runner = Thread.currentThread();
        if (interruptPending) {
            interruptPending = false;
            runner.interrupt();
        }
    }
}
