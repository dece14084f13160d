package dev.magpie.scheduler.coordination;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Read-copy-update: an immutable value that readers get with one load, and writers replace as a
 * whole. What a reader got stays as it is, however often it is replaced, until the garbage
 * collector takes it.
 *
 * <pre>{@code
 * Snapshot<Map<String, Rule>> rules = new Snapshot<>(Map.of());
 * Rule rule = rules.get().get(host);
 * rules.updateAndGet(old -> with(old, host, rule)); // a copy
 * }</pre>
 *
 * <p>It is an {@link java.util.concurrent.atomic.AtomicReference} that is never null, and says what
 * it is for. Use it for what is read far more often than written; a large value that is often
 * written is better in a concurrent collection. What is not garbage-collected needs {@link Epoch}
 * as well.
 *
 * <p><b>Threads.</b> Any, as long as nobody changes a value that was given here. {@code get} and
 * {@code set} are wait-free; updates are lock-free: some writer always succeeds.
 *
 * <p><b>Memory.</b> Actions before a value is set happen-before those after it is got.
 *
 * @param <T> the value's type
 */
public final class Snapshot<T> {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Snapshot.class, "value", Object.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private volatile T value;

    /**
     * A snapshot.
     *
     * @param initial the first value
     */
    public Snapshot(T initial) {
        value = Objects.requireNonNull(initial, "initial");
    }

    /**
     * The value. Wait-free.
     *
     * @return the newest value
     */
    public T get() {
        return value;
    }

    /**
     * Replaces the value. Wait-free; an update that is under way is repeated with it.
     *
     * @param next the next value
     */
    public void set(T next) {
        value = Objects.requireNonNull(next, "next");
    }

    /**
     * Replaces the value if it is still the one that was got. Lock-free.
     *
     * @param expected the value that it must be, the same object
     * @param next the next value
     * @return whether it was
     */
    public boolean compareAndSet(T expected, T next) {
        Objects.requireNonNull(expected, "expected");
        return VALUE.compareAndSet(this, expected, Objects.requireNonNull(next, "next"));
    }

    /**
     * Replaces the value by one that is made of it. Lock-free.
     *
     * @param update makes the next value, which must not be null, and leaves the one it gets as it
     *     is; repeated if another writer comes first
     * @return the next value
     */
    public T updateAndGet(UnaryOperator<T> update) {
        while (true) {
            T current = value;
            T next = update.apply(current);
            if (compareAndSet(current, next)) {
                return next;
            }
        }
    }

    /**
     * Replaces the value by one that is made of it. Lock-free.
     *
     * @param update makes the next value, which must not be null, and leaves the one it gets as it
     *     is; repeated if another writer comes first
     * @return the value before
     */
    public T getAndUpdate(UnaryOperator<T> update) {
        while (true) {
            T current = value;
            if (compareAndSet(current, update.apply(current))) {
                return current;
            }
        }
    }

    @Override
    public String toString() {
        return "Snapshot[" + value + "]";
    }
}
