package dev.magpie.scheduler;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A callable that a scope has forked. It counts as submitted: whoever claims it runs it, or, if the
 * scope is cancelled by then, cancels it. The claimant tells the scope when it has ended.
 */
final class ScopeTask<V extends @Nullable Object> extends Task<V> {

    private final TaskScope<?, ?> scope;
    private @Nullable Callable<? extends V> callable;

    ScopeTask(TaskScope<?, ?> scope, Callable<? extends V> callable, Waiter home) {
        this.scope = scope;
        this.callable = callable;
        beginSubmitted(home);
    }

    @Override
    V exec() {
        Callable<? extends V> body = callable;
        if (body == null) {
            throw new CancellationException();
        }
        try {
            return body.call();
        } catch (Exception ex) {
            throw Throwables.<RuntimeException>rethrow(ex);
        }
    }

    @Override
    void runTask() {
        if (!claim()) {
            return;
        }
        V value = null;
        Throwable failure = null;
        try {
            value = execUnder(CancelToken.ofTask(this, scope.token()));
        } catch (Throwable ex) {
            failure = ex;
        }
        callable = null;
        if (scope.isCancelled() && (failure == null || isOfCancellation(failure))) {
            boolean unused = tryCancel();
        } else if (failure == null) {
            settle(NORMAL, value);
        } else {
            fail(failure);
        }
        scope.ended(this);
    }

    private static boolean isOfCancellation(Throwable failure) {
        return failure instanceof CancellationException || failure instanceof InterruptedException;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (claim()) {
            boolean unused = tryCancel();
            callable = null;
            scope.ended(this);
        } else if (tryCancel() && mayInterruptIfRunning) {
            boolean unused = CancelToken.cancelTree(this, scope.pool());
        }
        return isCancelled();
    }

    @Override
    boolean give(byte how, @Nullable Object value) {
        boolean isUnstarted = claim();
        boolean isFirst = super.give(how, value);
        if (isUnstarted) {
            callable = null;
            scope.ended(this);
        }
        return isFirst;
    }

    /** Cancels it in place of forking it; the scope does not count it. */
    void drop() {
        cancelUnstarted();
        callable = null;
    }

    Task<?> scopeEnd() {
        return scope.end();
    }

    boolean isOfWorker() {
        return scope.isOfWorker();
    }

    /** A hint for the owner, who may help the thief: whose it is. */
    void stolenBy(int worker) {
        setThief(worker);
        scope.setThief(worker);
    }
}
