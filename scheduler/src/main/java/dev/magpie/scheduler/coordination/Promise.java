package dev.magpie.scheduler.coordination;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One wait: a future that a structure settles, unless it was given up before. Whatever completes it
 * from outside gives it up: a cancellation, a time-out, a value of the user's own. Once the
 * structure has settled it, none of these has an effect any more, even if its dependents have not
 * run yet, so that nothing is handed to a wait that is over.
 *
 * <p><b>Threads.</b> Who wins the step from WAITING to HELD decides alone; it may go back. Who
 * gives up meets HELD for a few instructions at most, and waits for the decision.
 *
 * @param <T> what the structure hands over
 */
class Promise<T extends @Nullable Object> extends CompletableFuture<T> {

    private static final int WAITING = 0;
    private static final int HELD = 1;
    private static final int SETTLED = 2;
    private static final int GONE = 3;

    /** Who waits longer than this, in nanoseconds, waits without a limit: a hundred years. */
    private static final long UNLIMITED = Long.MAX_VALUE / 3;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Promise.class, "state", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** Where dependents run; null if in the thread that completes it, as if only a thread waits. */
    private final @Nullable Executor executor;

    /** The thread that waits, if one does. C11. */
    private volatile @Nullable Thread waiter;

    private volatile int state; // C3: all accesses are volatile or stronger

    Promise(@Nullable Executor executor) {
        this.executor = executor;
    }

    // ---- the structure

    /** Whether it can still be settled or given up. */
    boolean isOpen() {
        return state <= HELD;
    }

    /** In which order two are held: the lower first. Zero for all that wait at one place only. */
    long rank() {
        return 0;
    }

    /**
     * Keeps others from deciding, for a few instructions.
     *
     * @return false if it was decided before
     */
    boolean tryHold() {
        while (true) {
            int current = state;
            if (current == WAITING) {
                if (STATE.compareAndSet(this, WAITING, HELD)) {
                    return true;
                }
            } else if (current == HELD) {
                Thread.yield();
            } else {
                return false;
            }
        }
    }

    /** Lets others decide again. Precondition: held by the caller. */
    void unhold() {
        state = WAITING;
    }

    /** Decides; {@link #hand} or {@link #fail} must follow. Precondition: held by the caller. */
    void settle() {
        state = SETTLED;
    }

    /** Completes it, where its dependents belong. Precondition: settled by the caller. */
    void hand(@Nullable T value) {
        dispatch(() -> super.complete(value));
    }

    /** Completes it with a failure, where its dependents belong. As {@link #hand}. */
    void fail(Throwable failure) {
        dispatch(() -> super.completeExceptionally(failure));
    }

    /**
     * Completes it with what a supplier returns or throws, which runs there too. As {@link #hand}.
     */
    void resolve(Supplier<? extends T> outcome) {
        dispatch(new Resolution<>(this, outcome));
    }

    private boolean completeFirst(@Nullable T value) {
        return super.complete(value);
    }

    private boolean failFirst(Throwable failure) {
        return super.completeExceptionally(failure);
    }

    /**
     * Computes an outcome once, and completes a promise with it, if need be in a second run: the
     * first may have ended early for want of stack. Runs at the same time, by an executor that
     * throws although it runs what it was given, leave it to the first.
     */
    private static final class Resolution<T extends @Nullable Object> implements Runnable {
        private static final VarHandle RUNNING;

        static {
            try {
                RUNNING =
                        MethodHandles.lookup()
                                .findVarHandle(Resolution.class, "running", boolean.class);
            } catch (ReflectiveOperationException ex) {
                throw new ExceptionInInitializerError(ex);
            }
        }

        private final Promise<T> promise;
        private final Supplier<? extends T> outcome;
        private volatile boolean running;

        // of who runs it; handed on by running
        private boolean computed;
        private @Nullable T value;
        private @Nullable Throwable failure;

        Resolution(Promise<T> promise, Supplier<? extends T> outcome) {
            this.promise = promise;
            this.outcome = outcome;
        }

        @Override
        public void run() {
            if (!RUNNING.compareAndSet(this, false, true)) {
                return;
            }
            try {
                compute();
                complete();
            } finally {
                running = false; // a write, and no call: there may be no room for one
            }
        }

        private void compute() {
            if (!computed) {
                try {
                    value = outcome.get();
                } catch (Throwable ex) {
                    failure = ex;
                }
                computed = true;
            }
        }

        private void complete() {
            boolean unused =
                    failure == null ? promise.completeFirst(value) : promise.failFirst(failure);
        }
    }

    /**
     * By an executor, so that who settles does not run what depends on it: a chain of those would
     * otherwise grow on its stack. One that does not take it leaves no choice; one that throws may
     * have run it all the same, so that a completion must bear to be run twice.
     */
    private void dispatch(Runnable completion) {
        if (executor == null) {
            completion.run();
            wake();
            return;
        }
        try {
            executor.execute(completion);
        } catch (Throwable ex) { // checked ones of other languages, too
            completion.run();
        }
    }

    // ---- who waits

    /**
     * Does what the thread that waits was woken for, if that is something else than the outcome.
     *
     * @return whether there was something to do, and it must look again
     */
    boolean attend() {
        return false;
    }

    /**
     * Waits in the calling thread until it is done, or the time is over.
     *
     * @param deadline as {@link System#nanoTime} has it
     * @return whether it is done
     * @throws InterruptedException if it is not, and the thread was interrupted
     */
    final boolean awaitDone(long deadline) throws InterruptedException {
        waiter = Thread.currentThread(); // C11: before it looks
        ForkJoinPool.managedBlock(new Blocker(deadline));
        if (!isDone() && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return isDone();
    }

    /** Parks; a worker of a ForkJoinPool tells it. */
    private final class Blocker implements ForkJoinPool.ManagedBlocker {
        private final long deadline;

        Blocker(long deadline) {
            this.deadline = deadline;
        }

        @Override
        public boolean isReleasable() {
            while (attend()) {
                Thread.onSpinWait();
            }
            return isDone()
                    || Thread.currentThread().isInterrupted()
                    || deadline - System.nanoTime() <= 0;
        }

        @Override
        public boolean block() {
            long nanos = deadline - System.nanoTime();
            if (nanos > UNLIMITED) {
                LockSupport.park(Promise.this);
            } else {
                LockSupport.parkNanos(Promise.this, nanos);
            }
            return isReleasable();
        }
    }

    /** Whether a thread waits for it, and nothing else. */
    final boolean isThread() {
        return executor == null;
    }

    /** Wakes the thread that waits, if there is one. */
    final void wake() {
        LockSupport.unpark(waiter); // C11: after what it is woken for
    }

    // ---- everybody else

    /** Called once by who gave it up, before it is completed. */
    void gone() {}

    private boolean giveUp() {
        Headroom.ensureForChange();
        while (true) {
            int current = state;
            if (current == WAITING) {
                if (STATE.compareAndSet(this, WAITING, GONE)) {
                    gone();
                    return true;
                }
            } else if (current == HELD) {
                Thread.yield();
            } else {
                return false;
            }
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return giveUp() ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }

    @Override
    public boolean complete(T value) {
        return giveUp() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable ex) {
        return giveUp() && super.completeExceptionally(ex);
    }

    @Override
    public CompletableFuture<T> completeAsync(
            Supplier<? extends T> supplier, Executor supplierExecutor) {
        throw new UnsupportedOperationException("a wait cannot be completed by a supplier");
    }

    @Override
    public void obtrudeValue(T value) {
        throw new UnsupportedOperationException("the outcome of a wait cannot be replaced");
    }

    @Override
    public void obtrudeException(Throwable ex) {
        throw new UnsupportedOperationException("the outcome of a wait cannot be replaced");
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
