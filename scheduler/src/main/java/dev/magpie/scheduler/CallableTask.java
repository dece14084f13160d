package dev.magpie.scheduler;

import java.util.concurrent.Callable;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A submitted callable: a task that can be interrupted while it runs.
 *
 * <p>The runner is guarded by this object's monitor, which no other code can reach before the task
 * is handed out; it is held for a few instructions.
 */
final class CallableTask<V extends @Nullable Object> extends Task<V> implements RunnableFuture<V> {

    private @Nullable Callable<? extends V> callable;
    private @Nullable Thread runner;
    private boolean interruptPending;

    CallableTask(Callable<? extends V> callable) {
        this.callable = callable;
        markSubmitted();
    }

    @Override
    V exec() {
        Callable<? extends V> body = callable;
        if (body == null) {
            throw new IllegalStateException("task was started twice: " + this);
        }
        CallableTask<?> outer = begin();
        try {
            return body.call();
        } catch (Exception ex) {
            throw Throwables.<RuntimeException>rethrow(ex);
        } finally {
            end(outer);
        }
    }

    private @Nullable CallableTask<?> begin() {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            runner = thread;
        }
        return thread instanceof WorkerThread worker ? worker.worker().exchangeCurrent(this) : null;
    }

    private void end(@Nullable CallableTask<?> outer) {
        callable = null;
        synchronized (this) {
            runner = null;
        }
        if (Thread.currentThread() instanceof WorkerThread worker) {
            CallableTask<?> unused = worker.worker().exchangeCurrent(outer);
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
        boolean cancelled = tryCancel();
        if (cancelled) {
            callable = null; // not kept while the cancelled task waits in a queue
            if (mayInterruptIfRunning) {
                interruptRunner();
            }
        }
        return cancelled;
    }

    private synchronized void interruptRunner() {
        if (runner != null) {
            runner.interrupt();
        } else {
            interruptPending = true;
        }
    }

    /** While another task runs on top of this one, an interrupt meant for this one waits. */
    synchronized void suspend() {
        runner = null;
    }

    synchronized void resume() {
        runner = Thread.currentThread();
        if (interruptPending) {
            interruptPending = false;
            runner.interrupt();
        }
    }
}
