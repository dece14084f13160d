package dev.magpie.scheduler;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A callable as a task: one that can be interrupted while it runs. A worker of the pool that it was
 * submitted to is found by the task's token; any other thread that runs it is the runner.
 *
 * <p>The runner is guarded by this object's monitor, which no other code can reach before the task
 * is handed out; it is held for a few instructions.
 */
class CallableTask<V extends @Nullable Object> extends Task<V> implements RunnableFuture<V> {

    /** Whether it may run again: an adapted one may be reinitialized, a periodic one repeats. */
    private final boolean isReusable;

    private @Nullable Callable<? extends V> callable;
    private @Nullable Thread runner;
    private boolean interruptPending;

    /** A task that will be forked. */
    CallableTask(Callable<? extends V> callable) {
        this.callable = callable;
        isReusable = true;
    }

    /** A task that will be submitted to the pool of the given home. */
    CallableTask(Callable<? extends V> callable, Waiter home) {
        this.callable = callable;
        isReusable = false;
        beginSubmitted(home);
    }

    /** A task that will be submitted to the pool of the given home when its time has come. */
    CallableTask(Callable<? extends V> callable, Waiter home, boolean isPeriodic) {
        this.callable = callable;
        isReusable = isPeriodic;
        beginDelayed(home);
    }

    @Override
    V exec() {
        Callable<? extends V> body = callable;
        if (body == null) {
            throw new CancellationException(); // cancelled in this very moment
        }
        Worker worker =
                Thread.currentThread() instanceof WorkerThread thread ? thread.worker() : null;
        try {
            return worker != null && worker.findsByToken(this)
                    ? body.call()
                    : callAsRunner(body, worker);
        } catch (Exception ex) {
            throw Throwables.<RuntimeException>rethrow(ex);
        } finally {
            if (!isReusable) {
                callable = null;
            }
        }
    }

    /** Makes the calling thread the one that is interrupted when this task is. */
    private V callAsRunner(Callable<? extends V> body, @Nullable Worker worker) throws Exception {
        CallableTask<?> covered = worker == null ? null : worker.cover(this);
        boolean interrupted = worker != null && worker.setInterruptAside();
        resume();
        try {
            return body.call();
        } finally {
            suspend();
            if (worker != null) {
                worker.uncover(covered, interrupted);
            }
        }
    }

    @Override
    Class<?> bodyClass() {
        Callable<? extends V> body = callable;
        return body == null ? getClass() : body.getClass();
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
        Pool home = home();
        if (tryCancel()) {
            if (!isReusable) {
                callable = null; // not kept while the cancelled task waits in a queue
            }
            if (mayInterruptIfRunning && (home == null || !CancelToken.cancelTree(this, home))) {
                interruptRunner();
            }
        }
        return isCancelled();
    }

    /** Wraps what will run. Before the task is handed out to anybody else. */
    final void decorate(TaskDecorator decorator) {
        Callable<? extends V> body = callable;
        if (body != null) {
            callable = decorator.decorate(body);
        }
    }

    /** A periodic task will not run again. */
    final void dropCallable() {
        callable = null;
    }

    @Override
    final synchronized void forgetInterrupt() {
        interruptPending = false;
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
