package dev.magpie.scheduler.coordination;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed when it is first asked for, by one caller; the others wait for it.
 *
 * <pre>{@code
 * Lazy<Model> model = Lazy.of(Model::load);
 * model.get().apply(input);
 * }</pre>
 *
 * <p>A failure is thrown, as itself, to the caller that ran the initialiser and to those that
 * waited for it; the next caller tries again, unless failures are kept. An initialiser that asks
 * for its own value, itself or by way of other lazy values on whichever threads, gets an {@link
 * IllegalStateException}. It may also hang, undetected, if it waits by other means for something
 * that asks for the value, such as a task that it has forked.
 *
 * <p><b>Threads.</b> Any. Once the value is there, {@code get} is wait-free: one load. Before that
 * it is blocking: by the rules of this package, and not interruptible.
 *
 * <p><b>Memory.</b> The initialiser's actions happen-before a return from {@code get}.
 *
 * @param <T> the value's type; null is no value
 */
public final class Lazy<T> {

    private static final VarHandle VALUE;
    private static final VarHandle ATTEMPT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            VALUE = lookup.findVarHandle(Lazy.class, "value", Object.class);
            ATTEMPT = lookup.findVarHandle(Lazy.class, "attempt", Attempt.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final Supplier<? extends T> initialiser;
    private final boolean keepsFailures;

    /** Told of a failure before anybody else is. */
    private final Consumer<? super Lazy<T>> whenFailed;

    private @Nullable Object value; // C7: stored by release, loaded by acquire

    /** Who computes; null if nobody does, or the value is there. */
    private volatile @Nullable Attempt<T> attempt;

    Lazy(
            Supplier<? extends T> initialiser,
            boolean keepsFailures,
            Consumer<? super Lazy<T>> whenFailed) {
        this.initialiser = Objects.requireNonNull(initialiser, "initialiser");
        this.keepsFailures = keepsFailures;
        this.whenFailed = whenFailed;
    }

    /**
     * A value whose initialiser is run again after it failed.
     *
     * @param initialiser computes the value, which must not be null
     * @param <T> the value's type
     * @return a new lazy value
     */
    public static <T> Lazy<T> of(Supplier<? extends T> initialiser) {
        return new Lazy<>(initialiser, false, failed -> {});
    }

    /**
     * A value whose initialiser is run once: if it fails, all callers get that failure.
     *
     * @param initialiser computes the value, which must not be null
     * @param <T> the value's type
     * @return a new lazy value
     */
    public static <T> Lazy<T> keepingFailures(Supplier<? extends T> initialiser) {
        return new Lazy<>(initialiser, true, failed -> {});
    }

    // ---- getting

    /**
     * The value, if it is there already. Wait-free.
     *
     * @return the value, or null
     */
    @SuppressWarnings("unchecked") // only values are stored
    public @Nullable T getIfPresent() {
        return (T) VALUE.getAcquire(this); // C7
    }

    /**
     * The value. Runs the initialiser if nobody has; waits if somebody does.
     *
     * @return the value
     * @throws IllegalStateException if the initialiser asks for its own value
     * @throws NullPointerException if the initialiser returned null
     * @throws RuntimeException what the initialiser threw
     */
    public T get() {
        T present = getIfPresent();
        return present == null ? getSlowly() : present;
    }

    private T getSlowly() {
        Headroom.ensureForWait(); // and to end an attempt whose initialiser overflows the stack
        Attempt<T> mine = new Attempt<>(Thread.currentThread());
        Attempt<T> current = begin(mine);
        if (current == mine) {
            return run(mine);
        }
        if (current == null) {
            return Objects.requireNonNull(getIfPresent());
        }
        current.await();
        return current.outcome();
    }

    /**
     * The value, waited for during a limited time. If nobody computes it yet the caller does,
     * however long that takes.
     *
     * @param timeout the longest wait for another caller; does not wait if it is not positive
     * @param unit its unit
     * @return the value
     * @throws TimeoutException if another caller did not come to an end in that time
     * @throws InterruptedException if the thread was interrupted while it waited
     * @throws IllegalStateException if the initialiser asks for its own value
     * @throws NullPointerException if the initialiser returned null
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     * @throws RuntimeException what the initialiser threw
     */
    public T get(long timeout, TimeUnit unit) throws InterruptedException, TimeoutException {
        long nanos = unit.toNanos(timeout);
        T present = getIfPresent();
        if (present != null) {
            return present;
        }
        Headroom.ensureForWait();
        Attempt<T> mine = new Attempt<>(Thread.currentThread());
        Attempt<T> current = begin(mine);
        if (current == mine) {
            return run(mine);
        }
        if (current == null) {
            return Objects.requireNonNull(getIfPresent());
        }
        if (!current.await(nanos)) {
            throw new TimeoutException("another caller still computes the value");
        }
        return current.outcome();
    }

    /**
     * The value, in a future. However many ask, the initialiser runs once, and no thread waits. If
     * the executor accepts the initialiser and never runs it, as one does that is shut down at
     * once, the value never comes, neither to this caller nor to any other. What it throws is
     * thrown here; the attempt ends with it only if the initialiser has not begun.
     *
     * @param executor runs the initialiser, unless somebody does already
     * @return a future that completes with the value or the initialiser's failure; to complete or
     *     cancel it from outside has no effect on others, and leaves nothing behind
     * @throws java.util.concurrent.RejectedExecutionException if the executor rejects it
     */
    public CompletableFuture<T> getAsync(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        T present = getIfPresent();
        if (present != null) {
            return CompletableFuture.completedFuture(present);
        }
        Headroom.ensureForWait(); // the executor may run it here
        Attempt<T> mine = new Attempt<>(null);
        Attempt<T> current = begin(mine);
        if (current == null) {
            return CompletableFuture.completedFuture(Objects.requireNonNull(getIfPresent()));
        }
        if (current == mine) {
            Once computation = new Once(() -> runAsync(mine));
            try {
                executor.execute(
                        () -> {
                            // thrown to the executor, and on to who asked if it runs there
                            Headroom.ensureForChange();
                            computation.run();
                        });
            } catch (Throwable ex) { // checked ones of other languages, too
                if (computation.begin()) {
                    end(mine, ex);
                }
                throw ex;
            }
        }
        return current.copy();
    }

    // ---- computing

    /** The attempt that is under way, or the given one; null if the value is there. */
    private @Nullable Attempt<T> begin(Attempt<T> fresh) {
        while (true) {
            Attempt<T> current = attempt;
            if (current != null) {
                return current;
            }
            if (ATTEMPT.compareAndSet(this, null, fresh)) {
                T present = getIfPresent();
                if (present == null) {
                    return fresh;
                }
                attempt = null; // the last one has succeeded meanwhile
                fresh.succeed(present); // somebody may wait for this one already
                return null;
            }
        }
    }

    private void runAsync(Attempt<T> mine) {
        mine.own(Thread.currentThread());
        try {
            T unused = run(mine);
        } catch (Throwable ex) {
            // whoever asked finds it in the attempt
        }
    }

    private T run(Attempt<T> mine) {
        T computed;
        try {
            computed =
                    Objects.requireNonNull(
                            initialiser.get(), "the initialiser must return a value, was null");
        } catch (Throwable ex) {
            end(mine, ex);
            throw ex;
        }
        VALUE.setRelease(this, computed); // C7
        attempt = null;
        mine.succeed(computed);
        return computed;
    }

    private void end(Attempt<T> mine, Throwable failure) {
        if (!keepsFailures) {
            attempt = null;
        }
        try {
            whenFailed.accept(this);
        } finally { // a key that throws when it is looked up must not keep others waiting
            mine.fail(failure);
        }
    }

    @Override
    public String toString() {
        T present = getIfPresent();
        return "Lazy[" + (present == null ? "not computed" : present) + "]";
    }
}
