package dev.magpie.scheduler;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Structured concurrency on workers: tasks that are forked together, joined together, and never
 * outlive the block that forked them. Shaped after {@code
 * java.util.concurrent.StructuredTaskScope}.
 *
 * <pre>{@code
 * try (var scope = scheduler.openScope()) {
 *     Task<String> user = scope.fork(() -> findUser());
 *     Task<Integer> order = scope.fork(() -> fetchOrder());
 *     scope.join();
 *     return new Response(user.join(), order.join());
 * }
 * }</pre>
 *
 * <p><b>Owner.</b> The thread that opens a scope forks into it, joins it and closes it. By a worker
 * of the scheduler the tasks go to that worker's deque, and {@code join} runs them; only the task
 * that opened the scope may use it, not another one that the same thread runs meanwhile. By any
 * other thread they are submitted, and {@code join} waits. {@link #cancel} and {@link #isCancelled}
 * may be called by any thread. What a task has left open is closed when it ends: a submitted task
 * fails by that, and for a runnable given to {@code execute} the handler is told.
 *
 * <p><b>Cancellation.</b> A scope is cancelled when its {@link Joiner} says so, when its time is
 * over, by {@link #cancel}, by {@link #close} if something is unfinished, or with the scope or the
 * submitted task that it was opened under. From then on no task of it starts, nor what its tasks
 * have forked, at any depth; what runs finds its next fork or join throwing {@link
 * CancellationException}; workers that run a part of it are interrupted. A task that ends with a
 * result after that is cancelled all the same. Long loops without a fork call {@link
 * #throwIfCancelled}.
 *
 * <p><b>Memory.</b> A scope keeps a count of its tasks and not the tasks, unless its joiner does.
 * Actions before {@code fork} happen-before the task; the tasks' actions happen-before a return
 * from {@code join} or {@code close}. What a task of the scope has itself forked and not joined
 * when it ends is run or cancelled, and does not outlive the scope either.
 *
 * @param <T> what the results of all tasks have in common
 * @param <R> the result of {@code join}
 */
public final class TaskScope<T extends @Nullable Object, R extends @Nullable Object>
        implements AutoCloseable {

    private static final ThreadLocal<@Nullable TaskScope<?, ?>> INNERMOST_OF_THREAD =
            new ThreadLocal<>();

    private enum Reason {
        JOINER,
        CALL,
        TIMEOUT,
        CLOSE
    }

    private final Pool pool;
    private final Joiner<? super T, ? extends R> joiner;
    private final Configuration configuration;
    private final Thread owner = Thread.currentThread();
    private final @Nullable Worker worker;
    private final @Nullable TokenRun opener;
    private final @Nullable TaskScope<?, ?> outer;
    private final ScopeEnd end;
    private final CancelToken token;
    private final @Nullable CompletableFuture<@Nullable Void> timer;

    /** Keeps the scheduler reachable for as long as the scope is open. The owner's. */
    private @Nullable Scheduler keptOpen;

    /** Why the scope was cancelled first. */
    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();

    private final AtomicReference<@Nullable Throwable> joinerFailure = new AtomicReference<>();

    // the owner's
    private long forked;
    private long endedHere;
    private boolean isJoining;
    private boolean isJoined;
    private boolean isSealed;
    private boolean isClosed;
    private boolean isTelling;

    TaskScope(
            Scheduler scheduler,
            @Nullable Worker worker,
            Joiner<? super T, ? extends R> joiner,
            Configuration configuration) {
        keptOpen = scheduler;
        pool = scheduler.pool();
        this.worker = worker;
        this.joiner = joiner;
        this.configuration = configuration;
        end = new ScopeEnd(pool.home());
        opener = worker == null ? null : worker.tokens.current();
        token = CancelToken.ofScope(end, worker == null ? null : worker.tokens.token());
        outer = innermost();
        setInnermost(this);
        timer = startTimer(configuration.timeout);
    }

    /** A future of the JVM's, which fails at the deadline; completed before, it lets go of this. */
    private @Nullable CompletableFuture<@Nullable Void> startTimer(@Nullable Duration timeout) {
        if (timeout == null) {
            return null;
        }
        if (timeout.isZero() || timeout.isNegative()) {
            stop(Reason.TIMEOUT); // not some time later
            return null;
        }
        CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
        future.orTimeout(nanosOf(timeout), TimeUnit.NANOSECONDS)
                .whenComplete(
                        (unused, expired) -> {
                            if (expired != null && !end.isDone()) {
                                stop(Reason.TIMEOUT);
                            }
                        });
        return future;
    }

    private static long nanosOf(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException ex) {
            return Long.MAX_VALUE; // it is positive
        }
    }

    // ---- the owner

    /**
     * Forks a task. Owner only, before {@link #join}.
     *
     * @param callable what to call
     * @param <U> the result's type
     * @return the task; cancelled already if the scope is
     * @throws IllegalStateException if the caller is not the owner, or the scope was joined or
     *     closed
     * @throws CancellationException if the caller itself belongs to a tree that is cancelled
     * @throws RejectedExecutionException if the scheduler is shut down and the owner is not a
     *     worker of it
     */
    public <U extends T> Task<U> fork(Callable<? extends U> callable) {
        Objects.requireNonNull(callable, "callable");
        ensureOwner();
        ensureForking();
        ScopeTask<U> task = new ScopeTask<>(this, callable, pool.home());
        if (worker != null) {
            worker.tokens.check();
        }
        tellForked(task);
        if (token.isCancelled()) {
            task.drop();
            return task;
        }
        enqueue(task);
        forked++;
        return task;
    }

    /**
     * Forks a task without a result. Owner only, before {@link #join}.
     *
     * @param runnable what to run
     * @return the task, whose result is null; cancelled already if the scope is
     * @throws IllegalStateException if the caller is not the owner, or the scope was joined or
     *     closed
     * @throws CancellationException if the caller itself belongs to a tree that is cancelled
     * @throws RejectedExecutionException if the scheduler is shut down and the owner is not a
     *     worker of it
     */
    @SuppressWarnings("unchecked") // null is a value of any type that a runnable's result may have
    public Task<T> fork(Runnable runnable) {
        return fork((Callable<T>) Executors.callable(Objects.requireNonNull(runnable, "runnable")));
    }

    private void enqueue(ScopeTask<?> task) {
        try {
            if (worker == null) {
                pool.submit(new ScopeTicket(task), Priority.NORMAL);
            } else {
                worker.thread().fork(new ScopeTicket(task));
            }
        } catch (Throwable ex) { // rejected, or no stack or memory is left: it lies nowhere
            task.drop(); // the joiner knows it: whoever joins it finds it cancelled
            throw ex;
        }
    }

    @SuppressWarnings("unchecked") // the joiner only looks
    private void tellForked(ScopeTask<?> task) {
        try {
            if (joiner.onFork((Task<T>) task)) {
                stop(Reason.JOINER);
            }
        } catch (Throwable ex) {
            task.drop(); // the joiner may have kept it
            throw ex;
        }
    }

    /**
     * Waits until every task of the scope has ended, and returns what the joiner makes of them. A
     * worker runs them meanwhile. When the scope is cancelled what runs is still waited for: it
     * stops soon, and {@link #close} would wait for it anyway. Owner only; once, but again after an
     * {@link InterruptedException}.
     *
     * @return the joiner's result
     * @throws FailedException if the joiner fails, with its failure as the cause: for {@link
     *     Joiner#awaitAllSuccessfulOrThrow} what the first failing task threw, and what others
     *     threw as suppressed exceptions
     * @throws TimeoutException if the time was over before all tasks had ended
     * @throws CancellationException if the scope was cancelled by {@link #cancel}, or with what it
     *     was opened under
     * @throws InterruptedException if the caller is interrupted
     * @throws IllegalStateException if the caller is not the owner, or the scope was joined or
     *     closed
     */
    public R join() throws InterruptedException {
        ensureOwner();
        if (isJoined || isClosed) {
            throw new IllegalStateException(
                    this + " must be joined once, was " + (isClosed ? "closed" : "joined"));
        }
        isJoining = true;
        awaitEnd();
        isJoined = true;
        return outcome();
    }

    private void awaitEnd() throws InterruptedException {
        if (worker == null) {
            seal();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (Thread.currentThread() instanceof WorkerThread foreign) {
                foreign.worker().joins.joinSlow(end, true);
            } else {
                boolean unused = end.isDone() || Waiter.await(end, true, 0L);
            }
            return;
        }
        if (!isSealed) {
            worker.joins.runForScope();
            seal();
        }
        worker.joins.joinSlow(end, true);
    }

    private R outcome() {
        Reason first = reason.get();
        Throwable failure = joinerFailure.get();
        if (failure != null) {
            throw new FailedException(failure);
        }
        if (first == Reason.TIMEOUT) {
            throw new TimeoutException(this + " must end within " + configuration.timeout);
        }
        if (first != Reason.JOINER && token.isCancelled()) {
            throw new CancellationException(this + " was cancelled");
        }
        try {
            return joiner.result();
        } catch (FailedException ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new FailedException(ex);
        }
    }

    /**
     * Ends the scope: cancels what is unfinished and waits for it. Owner only; closing again does
     * nothing. Not interruptible: an interrupt is kept for the caller.
     *
     * @throws IllegalStateException if the caller is not the owner; or, when all is done, if the
     *     owner forked and never joined, or left a scope open that it had opened after this one
     */
    @Override
    public void close() {
        ensureOwner();
        if (isClosed) {
            return;
        }
        boolean forgotten = forked > 0 && !isJoining;
        boolean nested = false;
        for (TaskScope<?, ?> inner = innermost();
                inner != null && inner != this;
                inner = innermost()) {
            inner.finish();
            nested = true;
        }
        finish();
        if (forgotten) {
            throw new IllegalStateException(this + " must be joined before it is closed");
        }
        if (nested) {
            throw new IllegalStateException(this + " must be closed after the scopes inside it");
        }
    }

    /** Closes without complaint. */
    void finish() {
        seal();
        if (!end.isDone()) {
            stop(Reason.CLOSE);
        }
        if (worker == null) {
            end.quietlyJoin();
        } else {
            worker.joins.joinSlow(end);
        }
        isClosed = true;
        keptOpen = null;
        if (timer != null) {
            boolean unused = timer.complete(null);
        }
        setInnermost(outer);
    }

    private void seal() {
        if (!isSealed) {
            isSealed = true;
            end.seal(forked - endedHere);
        }
    }

    private void ensureOwner() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    this
                            + " must be used by its owner "
                            + owner.getName()
                            + ", was by "
                            + Thread.currentThread().getName());
        }
        if (worker != null && worker.tokens.current() != opener) {
            throw new IllegalStateException(this + " must be used by the task that opened it");
        }
        if (isTelling) { // of a task that has not been counted yet: close would wait for it
            throw new IllegalStateException(this + " must not be used inside onComplete");
        }
    }

    private void ensureForking() {
        if (isJoining || isClosed) {
            throw new IllegalStateException(
                    this + " must be open to fork, was " + (isClosed ? "closed" : "joined"));
        }
    }

    private @Nullable TaskScope<?, ?> innermost() {
        return worker == null ? INNERMOST_OF_THREAD.get() : worker.tokens.scope();
    }

    private void setInnermost(@Nullable TaskScope<?, ?> scope) {
        if (worker != null) {
            worker.tokens.setScope(scope);
        } else if (scope == null) {
            INNERMOST_OF_THREAD.remove();
        } else {
            INNERMOST_OF_THREAD.set(scope);
        }
    }

    // ---- anyone

    /** Cancels the scope, if nothing else has: {@link #join} throws. */
    public void cancel() {
        stop(Reason.CALL);
    }

    private void stop(Reason why) {
        if (reason.compareAndSet(null, why)) {
            token.cancel(pool);
        }
    }

    /**
     * Whether the scope is cancelled, by itself or with what it was opened under.
     *
     * @return whether it is
     */
    public boolean isCancelled() {
        return token.isCancelled();
    }

    /**
     * The cooperative check of a long computation: throws if the task that calls belongs to a scope
     * or to a submitted task that was cancelled. Costs a few loads. By a thread that is no worker:
     * does nothing.
     *
     * @throws CancellationException if it does
     */
    public static void throwIfCancelled() {
        if (Thread.currentThread() instanceof WorkerThread thread) {
            thread.worker().tokens.check();
        }
    }

    /** One of the tasks has ended: by its runner, or by who cancelled it before it began. */
    @SuppressWarnings("unchecked") // the joiner only looks
    void ended(ScopeTask<?> task) {
        boolean isOwner = Thread.currentThread() == owner;
        boolean isNested = isOwner && isTelling;
        if (isOwner) {
            isTelling = true;
        }
        try {
            boolean ignored = task.isCancelled() && token.isCancelled();
            if (!ignored && joiner.onComplete((Task<T>) task)) {
                stop(Reason.JOINER);
            }
        } catch (Throwable ex) {
            boolean unused = joinerFailure.compareAndSet(null, ex);
            stop(Reason.JOINER);
        }
        if (isOwner) {
            isTelling = isNested;
        }
        if (isOwner && !isSealed) {
            endedHere++;
        } else {
            end.leave();
        }
    }

    CancelToken token() {
        return token;
    }

    Pool pool() {
        return pool;
    }

    ScopeEnd end() {
        return end;
    }

    boolean isOfWorker() {
        return worker != null;
    }

    void setThief(int index) {
        end.setThief(index);
    }

    @Override
    public String toString() {
        return configuration.name == null ? "scope" : "scope " + configuration.name;
    }

    // ---- policies

    /**
     * What a scope makes of its tasks: when they are enough, and what {@code join} returns. One
     * joiner serves one scope.
     *
     * @param <T> what the results of all tasks have in common
     * @param <R> the result of {@code join}
     */
    public interface Joiner<T extends @Nullable Object, R extends @Nullable Object> {

        /**
         * Called by the owner for each task before it starts. What it throws, {@code fork} throws,
         * and the task is cancelled.
         *
         * @param task the task
         * @return whether to cancel the scope
         */
        default boolean onFork(Task<? extends T> task) {
            return false;
        }

        /**
         * Called for each task that has a result or failed, and for each that was cancelled alone;
         * not for those that were cancelled with their scope. By several threads at a time, of
         * which the owner may be one; it must not fork, join or close here. What it throws cancels
         * the scope, and {@code join} throws it in a {@link FailedException}.
         *
         * @param task the task, which is done
         * @return whether to cancel the scope
         */
        default boolean onComplete(Task<? extends T> task) {
            return false;
        }

        /**
         * Called by the owner in {@code join} when all tasks have ended, unless the scope was
         * cancelled by something other than this joiner.
         *
         * @return the result of {@code join}
         * @throws Throwable what {@code join} is to throw, in a {@link FailedException}
         */
        R result() throws Throwable;

        /**
         * Fail-fast: the first failure cancels the rest.
         *
         * @param <T> what the results of all tasks have in common
         * @return a joiner whose result is null, and which fails with the first failure; what other
         *     tasks threw, up to 64 of them, is suppressed in the {@link FailedException}
         */
        static <T extends @Nullable Object> Joiner<T, @Nullable Void> awaitAllSuccessfulOrThrow() {
            return new Joiners.FailFast<>();
        }

        /**
         * Fail-fast, and keeps the tasks.
         *
         * @param <T> what the results of all tasks have in common
         * @return a joiner whose result is the tasks in the order in which they were forked, and
         *     which fails like {@link #awaitAllSuccessfulOrThrow}
         */
        static <T extends @Nullable Object> Joiner<T, Stream<Task<T>>> allSuccessfulOrThrow() {
            return new Joiners.AllSuccessful<>();
        }

        /**
         * First success: the first result cancels the rest.
         *
         * @param <T> what the results of all tasks have in common
         * @return a joiner whose result is that of the first task that had one; it fails with the
         *     first failure, and the others suppressed, if none had, and with {@link
         *     java.util.NoSuchElementException} if there was no task
         */
        static <T extends @Nullable Object> Joiner<T, T> anySuccessfulResultOrThrow() {
            return new Joiners.FirstSuccess<>();
        }

        /**
         * Collects all: failures cancel nothing.
         *
         * @param <T> what the results of all tasks have in common
         * @return a joiner whose result is null; the tasks tell how they ended
         */
        static <T extends @Nullable Object> Joiner<T, @Nullable Void> awaitAll() {
            return new Joiners.All<>();
        }

        /**
         * Collects all until a task is enough.
         *
         * @param enough called for each task that has ended, by several threads at a time; true
         *     cancels the rest
         * @param <T> what the results of all tasks have in common
         * @return a joiner whose result is the tasks in the order in which they were forked,
         *     whatever became of them
         */
        static <T extends @Nullable Object> Joiner<T, Stream<Task<T>>> allUntil(
                Predicate<? super Task<? extends T>> enough) {
            return new Joiners.Until<>(Objects.requireNonNull(enough, "enough"));
        }
    }

    /** A scope's settings; immutable. */
    public static final class Configuration {

        static final Configuration DEFAULT = new Configuration(null, null);

        private final @Nullable String name;
        private final @Nullable Duration timeout;

        private Configuration(@Nullable String name, @Nullable Duration timeout) {
            this.name = name;
            this.timeout = timeout;
        }

        /**
         * With a name, which appears in messages.
         *
         * @param newName the name
         * @return a new configuration
         */
        public Configuration withName(String newName) {
            return new Configuration(Objects.requireNonNull(newName, "newName"), timeout);
        }

        /**
         * With a deadline: so long after it was opened the scope is cancelled, unless all its tasks
         * have ended and been joined, and {@code join} throws {@link TimeoutException}.
         *
         * @param newTimeout the time, counted from the opening of the scope; zero or less is over
         *     at once
         * @return a new configuration
         */
        public Configuration withTimeout(Duration newTimeout) {
            return new Configuration(name, Objects.requireNonNull(newTimeout, "newTimeout"));
        }

        @Override
        public String toString() {
            return "Configuration[name=" + name + ", timeout=" + timeout + "]";
        }
    }

    /** Thrown by {@code join} when the joiner fails; the cause says why. */
    public static final class FailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FailedException(Throwable cause) {
            super(cause);
        }
    }

    /** Thrown by {@code join} when the scope's time was over. */
    public static final class TimeoutException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TimeoutException(String message) {
            super(message);
        }
    }
}
