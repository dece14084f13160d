package dev.magpie.scheduler.coordination;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.TaskScope;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a thread waits until a future is done, whatever its outcome: in a worker, without its core.
 */
final class Waits {

    private Waits() {}

    /**
     * Waits until the future is done.
     *
     * @throws InterruptedException if the thread was interrupted before or meanwhile
     * @throws CancellationException if the task that calls was cancelled before
     */
    static void await(CompletableFuture<?> future) throws InterruptedException {
        if (mustWait(future)) {
            boolean unused = block(() -> awaitOutcome(future));
        }
    }

    /**
     * Waits until the future is done or the time is over.
     *
     * @return whether it is done
     * @throws InterruptedException if the thread was interrupted before or meanwhile
     * @throws CancellationException if the task that calls was cancelled before
     */
    static boolean awaitNanos(CompletableFuture<?> future, long nanos) throws InterruptedException {
        if (!mustWait(future)) {
            return true;
        }
        long deadline = System.nanoTime() + nanos;
        return nanos > 0 && block(() -> awaitOutcome(future, deadline)) || future.isDone();
    }

    /** Waits until the future is done; an interrupt is kept for the caller. */
    static void awaitUninterruptibly(CompletableFuture<?> future) {
        boolean interrupted = false;
        while (!future.isDone()) {
            try {
                boolean unused = block(() -> awaitOutcome(future));
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the future is done, and cancels it if the time is over before or the thread is
     * interrupted: there and then, since the thread may have to wait for its core afterwards, and
     * would be served in vain meanwhile.
     *
     * @return whether it is done, other than by that
     * @throws InterruptedException if the thread was interrupted before or meanwhile
     * @throws CancellationException if the task that calls was cancelled before
     */
    static boolean awaitOrCancel(CompletableFuture<?> future, long nanos)
            throws InterruptedException {
        if (!mustWait(future)) {
            return true;
        }
        long deadline = System.nanoTime() + nanos;
        return nanos > 0 && block(() -> awaitOutcomeOrCancel(future, deadline))
                || !future.cancel(false);
    }

    private static boolean awaitOutcomeOrCancel(CompletableFuture<?> future, long deadline)
            throws InterruptedException {
        try {
            return awaitOutcome(future, deadline) || !future.cancel(false);
        } catch (InterruptedException ex) {
            boolean unused = future.cancel(false);
            throw ex;
        }
    }

    /**
     * Waits until a promise is served, and gives it up otherwise.
     *
     * @return whether it was served; if that was at the same moment as an interrupt or a
     *     cancellation, the interrupt status is kept
     * @throws InterruptedException if the thread was interrupted before or meanwhile
     * @throws CancellationException if the task that calls was cancelled before
     */
    static boolean awaitServed(Promise<?> promise, long nanos) throws InterruptedException {
        try {
            return awaitOrCancel(promise, nanos);
        } catch (InterruptedException ex) {
            if (promise.cancel(false)) {
                throw ex;
            }
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error ex) { // cancelled before, or no room on the stack to wait
            if (promise.cancel(false)) {
                throw ex;
            }
        }
        return true;
    }

    private static boolean mustWait(CompletableFuture<?> future) throws InterruptedException {
        throwIfInterrupted();
        if (future.isDone()) {
            return false;
        }
        TaskScope.throwIfCancelled();
        return true;
    }

    static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static boolean awaitOutcome(CompletableFuture<?> future) throws InterruptedException {
        if (future instanceof Promise<?> promise) {
            return promise.awaitDone(System.nanoTime() + Long.MAX_VALUE);
        }
        try {
            @Nullable Object unused = future.get();
        } catch (ExecutionException | CancellationException ex) {
            return true; // done, and the caller looks how
        }
        return true;
    }

    private static boolean awaitOutcome(CompletableFuture<?> future, long deadline)
            throws InterruptedException {
        if (future instanceof Promise<?> promise) {
            return promise.awaitDone(deadline);
        }
        try {
            @Nullable Object unused =
                    future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException ex) {
            return false;
        } catch (ExecutionException | CancellationException ex) {
            return true; // done, and the caller looks how
        }
        return true;
    }

    /** What a wait does. */
    private interface Wait {
        boolean call() throws InterruptedException;
    }

    private static boolean block(Wait wait) throws InterruptedException {
        try {
            return Scheduler.blocking(wait::call);
        } catch (InterruptedException | RuntimeException ex) {
            throw ex;
        } catch (Exception ex) {
            throw new AssertionError("a wait threw", ex);
        }
    }
}
