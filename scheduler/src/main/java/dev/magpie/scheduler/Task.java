package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work that can be forked and joined; the counterpart of {@link
 * java.util.concurrent.ForkJoinTask}.
 *
 * <p>Programs extend {@link RecursiveTask} or {@link RecursiveAction}. A task runs at most once,
 * unless {@link #reinitialize()} is called. {@link #fork()} by a worker keeps the task on that
 * worker's deque; by any other thread it goes to {@link Scheduler#common()}.
 *
 * <p><b>Memory.</b> Actions before {@code fork} or {@code submit} happen-before the task; the
 * task's actions happen-before a return from {@code join} or {@code get}, and before {@code isDone}
 * answers true.
 *
 * <p><b>Cancellation.</b> After {@code cancel} answered true the task is cancelled for good, and
 * every join or get that starts afterwards throws {@link CancellationException}. A task that has
 * not started never starts. The result of one that runs is dropped. A join that is under way in the
 * worker that forked the task may still return its result.
 *
 * @param <V> the result's type
 */
public abstract class Task<V extends @Nullable Object> implements Future<V> {

    /*
     * Threads. Any, except where a method says otherwise. Invariants. I1: a task is completed (NORMAL or FAILED) once,
     * after outcome was stored. I2: control CANCELLED or GIVEN is final and outweighs state. I3: until then outcome holds null
     * or the threads that wait. I4: a task whose control is not FORKED before it is popped is MARKED, so that one look
     * at state tells the forker that it may run the task. The inline path (a task popped by its own forker in join)
     * completes without a fence: see "E6" in the package documentation.
     */
    private static final byte NEW = 0;
    static final byte NORMAL = 1;
    private static final byte FAILED = 2;

    /** Not completed; control tells what it is. */
    private static final byte MARKED = 4;

    private static final int COMPLETED = NORMAL | FAILED;

    /** Not submitted: whoever pops or steals it runs it. */
    private static final byte FORKED = 0;

    /** Submitted: whoever wins the compare-and-set to CLAIMED runs it. */
    private static final byte SUBMITTED = 1;

    private static final byte CLAIMED = 2;

    /** To be submitted when its time has come: until then nobody runs it. */
    private static final byte DELAYED = -1;

    private static final byte SETTLED = 3;

    /** Somebody is about to end it in place of its computation. */
    private static final byte GIVING = 4;

    private static final byte CANCELLED = 5;

    /** Outcome is what somebody has given, unless the forker has stored its own result over it. */
    private static final byte GIVEN = 6;

    /** Stands for a null result where null would read as "nobody waits". */
    private static final Object NULL = new Object();

    private static final VarHandle OUTCOME;
    private static final VarHandle STATE;
    private static final VarHandle CONTROL;
    private static final VarHandle THIEF;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OUTCOME = lookup.findVarHandle(Task.class, "outcome", Object.class);
            STATE = lookup.findVarHandle(Task.class, "state", byte.class);
            CONTROL = lookup.findVarHandle(Task.class, "control", byte.class);
            THIEF = lookup.findVarHandle(Task.class, "thief", short.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** Result, failure, or the waiting threads. */
    private @Nullable Object outcome;

    /** Index plus one of the worker that stole this task; 0 if none did. */
    private short thief;

    private byte state;
    private byte control;

    Task() {}

    /**
     * Computes the result.
     *
     * @return the result
     */
    abstract V exec();

    // ---- fork and join

    /**
     * Makes this task available to other workers. By a worker: on its own deque, at the cost of two
     * plain stores. By any other thread: submitted to {@link Scheduler#common()}.
     *
     * @return this task
     */
    public final Task<V> fork() {
        if (Thread.currentThread() instanceof WorkerThread thread) {
            thread.fork(this);
        } else {
            Scheduler.common().submit(this);
        }
        return this;
    }

    /**
     * Returns the result when it is there. A worker runs this task itself if nobody took it, or
     * what belongs to it meanwhile; any other thread waits. Not interruptible.
     *
     * @return the result
     * @throws CancellationException if the task was cancelled
     * @throws RuntimeException whatever the task threw, as itself, with the joiner's frames
     *     appended to its trace
     */
    public final V join() {
        if (Thread.currentThread() instanceof WorkerThread thread) {
            return thread.popForJoin(this) ? runInline() : joinSlow(thread.worker());
        }
        return joinOutside();
    }

    private V joinSlow(Worker worker) {
        worker.tokens.check(); // a join that comes after the cancellation throws, done or not
        worker.joins.joinSlow(this);
        return report();
    }

    private V joinOutside() {
        awaitUninterruptibly();
        return report();
    }

    /**
     * Runs this task now, in the calling worker, and returns its result. From a thread that is no
     * worker: runs it on {@link Scheduler#common()}.
     *
     * @return the result
     * @throws CancellationException if the task was cancelled
     * @throws RuntimeException whatever the task threw, as itself
     */
    public final V invoke() {
        if (!(Thread.currentThread() instanceof WorkerThread)) {
            return Scheduler.common().invoke(this);
        }
        return isDone() ? report() : runInline();
    }

    /**
     * Runs two tasks and returns when both are done.
     *
     * @param first run by the caller
     * @param second forked
     * @throws RuntimeException what a failing task threw; the other one is cancelled if nobody has
     *     started it, and else waited for
     */
    public static void invokeAll(Task<?> first, Task<?> second) {
        InvokeAll.run(first, second);
    }

    /**
     * Runs tasks and returns when all are done.
     *
     * @param tasks what to run
     * @throws RuntimeException what a failing task threw; those that nobody has started are
     *     cancelled, the others waited for
     */
    public static void invokeAll(Task<?>... tasks) {
        invokeAll(List.of(tasks));
    }

    /**
     * Runs tasks and returns when all are done. All but the first are visible to thieves at once.
     *
     * @param tasks what to run
     * @param <T> the tasks' type
     * @return the tasks
     * @throws RuntimeException what a failing task threw; those that nobody has started are
     *     cancelled, the others waited for
     */
    public static <T extends Task<?>> Collection<T> invokeAll(Collection<T> tasks) {
        List<T> list =
                tasks instanceof RandomAccess && tasks instanceof List<T> given
                        ? given
                        : List.copyOf(tasks);
        InvokeAll.run(list);
        return tasks;
    }

    /** Waits like {@link #join()}, but neither returns nor throws what the task did. */
    public final void quietlyJoin() {
        if (Thread.currentThread() instanceof WorkerThread thread) {
            if (thread.popForJoin(this)) {
                runTask();
            }
            if (!isDone()) {
                thread.worker().joins.joinSlow(this);
            }
        } else {
            awaitUninterruptibly();
        }
    }

    /** Runs like {@link #invoke()}, but neither returns nor throws what the task did. */
    public final void quietlyInvoke() {
        if (!(Thread.currentThread() instanceof WorkerThread thread)) {
            Scheduler.common().submit(this).quietlyJoin();
        } else if (!isDone()) {
            runTask();
            thread.worker().joins.joinSlow(this);
        }
    }

    /**
     * Wraps a runnable as a task that can be forked.
     *
     * @param runnable what to run
     * @return a new task whose result is null
     */
    public static Task<?> adapt(Runnable runnable) {
        return adapt(Executors.callable(Objects.requireNonNull(runnable, "runnable")));
    }

    /**
     * Wraps a runnable as a task that can be forked.
     *
     * @param runnable what to run
     * @param result the result when it has run
     * @param <T> the result's type
     * @return a new task
     */
    public static <T extends @Nullable Object> Task<T> adapt(Runnable runnable, T result) {
        return adapt(Executors.callable(Objects.requireNonNull(runnable, "runnable"), result));
    }

    /**
     * Wraps a callable as a task that can be forked. What it throws arrives at join as itself,
     * checked exceptions included.
     *
     * @param callable what to call
     * @param <T> the result's type
     * @return a new task
     */
    public static <T extends @Nullable Object> Task<T> adapt(Callable<? extends T> callable) {
        return new CallableTask<>(Objects.requireNonNull(callable, "callable"));
    }

    /**
     * Takes this task back if the calling worker forked it last and nobody took it.
     *
     * @return whether it was taken back: it may be run, or forked again
     */
    public final boolean tryUnfork() {
        return Thread.currentThread() instanceof WorkerThread thread
                && thread.worker().tryUnfork(this);
    }

    /**
     * Makes a task that is done ready to be forked again; its result is forgotten. Only when nobody
     * waits for it or runs it, nor a queue holds it: a submission that a worker has run in a wait
     * for it, or that was cancelled or completed meanwhile, stays where it lies for a while, and
     * would run once more.
     */
    public final void reinitialize() {
        outcome = null;
        thief = 0;
        control = FORKED;
        forgetInterrupt();
        STATE.setRelease(this, NEW);
    }

    /** What was meant for a run that is over, or never came, is not meant for the next one. */
    void forgetInterrupt() {}

    // ---- running

    /** The path of a task that its own forker popped: no atomic read-modify-write, no fence. */
    private V runInline() {
        if (state != NEW) { // I4
            return runSettled();
        }
        V value;
        try {
            value = exec();
        } catch (Throwable ex) {
            return failInline(ex);
        }
        if (value != null) { // the field is null already, and its barrier is not free
            outcome = value;
        } else if (control != FORKED) {
            return runSettled(); // it has ended itself; to look in each case costs up to a tenth
        }
        STATE.setRelease(this, NORMAL); // E6
        return value;
    }

    private V failInline(Throwable ex) {
        fail(ex);
        if (isGiven()) {
            return runSettled();
        }
        throw Throwables.<RuntimeException>rethrow(ex);
    }

    /** The same for one that was submitted, run before, or ended by other means. */
    private V runSettled() {
        runTask();
        WorkerThread.current().worker().joins.joinSlow(this);
        return report();
    }

    /**
     * Runs a task that was stolen, submitted or popped by chance, unless it was run or cancelled.
     * Throws nothing; wakes who waits.
     */
    void runTask() {
        if (isCompleted() || control != FORKED && !claim()) {
            return;
        }
        try {
            settle(NORMAL, control == FORKED ? exec() : execSubmitted());
        } catch (Throwable ex) {
            fail(ex);
        }
    }

    /** Runs a submission that the caller has claimed, in a worker under a new token. */
    final V execSubmitted() {
        if (!(Thread.currentThread() instanceof WorkerThread thread)) {
            return exec();
        }
        CallableTask<?> covered = thread.worker().cover(null);
        try {
            return execUnder(CancelToken.ofTask(this, null));
        } finally {
            if (covered != null) {
                thread.worker().uncover(covered);
            }
        }
    }

    /**
     * Runs a task that was submitted: a token covers all that it forks.
     *
     * @throws CancellationException if it was cancelled before it began
     * @throws IllegalStateException if it left a scope open
     */
    final V execUnder(CancelToken token) {
        TokenStack tokens = WorkerThread.current().worker().tokens;
        TokenRun run = tokens.enter(token);
        boolean clean = true;
        V value;
        try {
            if (isCancelled() || run.isCancelled()) {
                throw new CancellationException();
            }
            value = exec();
        } finally {
            clean = tokens.exit(run);
        }
        if (!clean) {
            throw new IllegalStateException("scope must be closed by the task that opened it");
        }
        return value;
    }

    final void fail(Throwable ex) {
        try {
            settle(FAILED, ex);
        } catch (StackOverflowError | OutOfMemoryError again) {
            Object waiters = outcome; // plain accesses need no stack
            outcome = ex;
            state = FAILED;
            Waiter.wakeAll(waiters);
        }
    }

    final void settle(byte result, @Nullable Object value) {
        if (settleControl()) {
            Object waiters =
                    OUTCOME.getAndSet(this, value == null ? NULL : value); // E7: pairs with await()
            STATE.setVolatile(this, result);
            Waiter.wakeAll(waiters);
        }
    }

    private boolean settleControl() {
        byte current = control();
        while (current < SETTLED && !isCompleted()) {
            if (CONTROL.compareAndSet(this, current, SETTLED)) {
                return true;
            }
            current = control();
        }
        return false;
    }

    /**
     * Marks a task that nobody else knows yet as submitted to the pool of the given home, or moves
     * one there that another pool has given back.
     */
    final void markSubmitted(Waiter home) {
        if (!isCompleted() && CONTROL.compareAndSet(this, FORKED, SUBMITTED)) {
            state = MARKED; // I4
            OUTCOME.compareAndSet(this, null, home);
        } else if (isUnclaimed() && home() != Waiter.homeOf(home)) {
            boolean unused = register(home.copyOfHome()); // it may have waiters, which stay
        }
    }

    /**
     * Takes {@link #markSubmitted} back for a pool that did not accept the task, unless somebody
     * has cancelled it: another pool may become its home.
     */
    final void unmarkSubmitted(Waiter home) {
        if (STATE.compareAndSet(this, MARKED, NEW)) { // first: who cancels a FORKED task looks here
            if (CONTROL.compareAndSet(this, SUBMITTED, FORKED)) {
                OUTCOME.compareAndSet(this, home, null);
            } else {
                STATE.compareAndSet(this, NEW, MARKED); // I4
            }
        }
    }

    /** Marks a task that is being constructed as submitted to the pool of the given home. */
    final void beginSubmitted(Waiter home) {
        begin(SUBMITTED, home);
    }

    /** Marks a task that is being constructed as one that will be submitted later. */
    final void beginDelayed(Waiter home) {
        begin(DELAYED, home);
    }

    private void begin(byte first, Waiter home) {
        control = first;
        state = MARKED; // I4
        outcome = home;
    }

    /** The time of a delayed task has come. Returns false if it was cancelled before. */
    final boolean endDelay() {
        return CONTROL.compareAndSet(this, DELAYED, SUBMITTED);
    }

    /** Makes a claimed task a delayed one again. Returns false if it was cancelled meanwhile. */
    final boolean beginDelay() {
        return CONTROL.compareAndSet(this, CLAIMED, DELAYED);
    }

    /** Wins the right to run a submitted task. */
    final boolean claim() {
        return control() == SUBMITTED && CONTROL.compareAndSet(this, SUBMITTED, CLAIMED);
    }

    /** Whether the task was submitted, so that {@code shutdownNow} may hand it back. */
    boolean isSubmission() {
        return isUnclaimed();
    }

    /** Whether it belongs to no tree of tasks but its own, wherever it lies. */
    boolean startsTree() {
        return isSubmission();
    }

    /** Whether it runs under a token of its own, whatever runs below. */
    boolean bringsToken() {
        return isUnclaimed();
    }

    /** The class of what a user handed over: of this task, or of what it wraps. */
    Class<?> bodyClass() {
        return getClass();
    }

    /** Whether it was forked and not stolen, as far as one sees. */
    final boolean mayLieInDeque() {
        return control() == FORKED && thief() < 0;
    }

    final boolean isUnclaimed() {
        return control() == SUBMITTED;
    }

    /** Whether it was not submitted, run or cancelled so far. */
    final boolean isFresh() {
        return control() == FORKED && !isCompleted();
    }

    /** Whether this is a submission that nobody has started, and of the given pool. */
    final boolean isUnclaimedOf(Pool pool) {
        return isUnclaimed() && Waiter.homeOf(OUTCOME.getAcquire(this)) == pool;
    }

    final void setThief(int worker) {
        THIEF.setOpaque(this, (short) (worker + 1)); // E8: a hint; a stale one costs a failed steal
    }

    /** Index of the worker that stole this task, or -1. */
    final int thief() {
        return (short) THIEF.getOpaque(this) - 1;
    }

    // ---- ending it by other means

    /**
     * Ends this task with the given result, unless it is done: {@link #join} and {@link #get}
     * return it. A task that has not started never starts; what one that runs returns or throws is
     * dropped, and what it has forked goes on. One exception: if the worker that forked a task runs
     * it, and it returns something other than null, that may take the place of what was given. A
     * task that ends itself therefore returns null.
     *
     * @param value the result
     */
    public void complete(V value) {
        boolean unused = give(NORMAL, value);
    }

    /**
     * Ends this task with the given failure, unless it is done: {@link #join} throws it as itself,
     * {@link #get} wraps it. Otherwise like {@link #complete}.
     *
     * @param failure what the task shall have thrown
     * @throws NullPointerException if {@code failure} is null
     */
    public void completeExceptionally(Throwable failure) {
        boolean unused = give(FAILED, Objects.requireNonNull(failure, "failure"));
    }

    /** Ends this task with the result null, unless it is done; like {@link #complete}. */
    public final void quietlyComplete() {
        boolean unused = give(NORMAL, null);
    }

    /** Ends the task in place of its computation. Returns whether this call did. */
    boolean give(byte how, @Nullable Object value) {
        Ending given = new Ending(how, value);
        byte current = control();
        while (current < SETTLED && !isCompleted()) {
            if (CONTROL.compareAndSet(this, current, GIVING)) {
                if (current == FORKED && !STATE.compareAndSet(this, NEW, MARKED)) { // I4
                    CONTROL.setVolatile(this, SETTLED); // its forker was faster
                    return false;
                }
                Object waiters = OUTCOME.getAndSet(this, given); // E7: pairs with register()
                CONTROL.setVolatile(this, GIVEN);
                Waiter.wakeAll(waiters);
                return true;
            }
            current = control();
        }
        return false;
    }

    private boolean isGiven() {
        return control() == GIVEN || control() == GIVING;
    }

    // ---- the Future

    @Override
    public final boolean isDone() {
        return isCompleted() || control() >= CANCELLED;
    }

    @Override
    public final boolean isCancelled() {
        return control() == CANCELLED;
    }

    /**
     * Cancels the task if it is not done.
     *
     * @param mayInterruptIfRunning whether to stop a submitted task that runs, with all that it has
     *     forked, at any depth: what has not started never starts, what runs finds the next {@link
     *     #fork} or {@link #join} throwing {@link CancellationException}, and the workers that run
     *     it are interrupted. A task that was forked is not interrupted by itself
     * @return whether the task is cancelled; false if it was done already
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        Pool home = mayInterruptIfRunning ? home() : null;
        if (!tryCancel()) {
            return isCancelled();
        }
        if (home != null) {
            boolean unused = CancelToken.cancelTree(this, home);
        }
        return true;
    }

    /** The pool that it was submitted to; null if it was not, or is done. */
    final @Nullable Pool home() {
        return Waiter.homeOf(OUTCOME.getAcquire(this));
    }

    /** Returns whether this call cancelled the task. */
    final boolean tryCancel() {
        while (!isCompleted()) {
            byte current = control();
            if (current >= SETTLED) {
                return false;
            }
            if (CONTROL.compareAndSet(this, current, CANCELLED)) {
                if (current == FORKED && !STATE.compareAndSet(this, NEW, MARKED)) { // I4
                    CONTROL.setVolatile(this, SETTLED); // its forker was faster
                    return false;
                }
                Waiter.wakeAll(OUTCOME.getAndSet(this, NULL));
                return true;
            }
        }
        return false;
    }

    /** Cancels a submission that nobody will run, however little stack is left. */
    final void cancelUnstarted() {
        try {
            boolean unused = claim() && tryCancel();
        } catch (StackOverflowError ex) {
            Object waiters = outcome; // plain accesses need no stack
            control = CANCELLED;
            outcome = NULL;
            Waiter.wakeAll(waiters);
        }
    }

    @Override
    public final V get() throws InterruptedException, ExecutionException {
        if (!isDone() && Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!(Thread.currentThread() instanceof WorkerThread thread)) {
            if (!isDone()) {
                Waiter.await(this, true, 0L);
            }
        } else if (thread.popForJoin(this)) {
            runTask();
        }
        if (!isDone()) {
            WorkerThread.current().worker().joins.joinSlow(this, true);
        }
        return reportWrapped();
    }

    @Override
    public final V get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long nanos = unit.toNanos(timeout);
        if (!isDone() && Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!isDone() && (nanos <= 0 || !awaitNanos(nanos))) {
            throw new TimeoutException("task was not done after " + timeout + " " + unit);
        }
        return reportWrapped();
    }

    // No @Override on the next two: Future has them since Java 19, and this class on 17 as well.

    /**
     * The result of a task that is known to have one; never waits.
     *
     * @return the result
     * @throws IllegalStateException if the task is not done, was cancelled, or failed
     */
    @SuppressWarnings("MissingOverride")
    public final V resultNow() {
        Ending ending = ending();
        return switch (ending.how) {
            case NORMAL -> typed(ending.value);
            case FAILED ->
                    throw new IllegalStateException("task must have a result, had failed: " + this);
            case CANCELLED ->
                    throw new IllegalStateException(
                            "task must have a result, was cancelled: " + this);
            default ->
                    throw new IllegalStateException(
                            "task must have a result, was not done: " + this);
        };
    }

    /**
     * What a task threw that is known to have failed; never waits.
     *
     * @return the throwable
     * @throws IllegalStateException if the task is not done, was cancelled, or has a result
     */
    @SuppressWarnings("MissingOverride")
    public final Throwable exceptionNow() {
        Ending ending = ending();
        return switch (ending.how) {
            case FAILED -> ending.failure();
            case NORMAL ->
                    throw new IllegalStateException("task must have failed, had a result: " + this);
            case CANCELLED ->
                    throw new IllegalStateException(
                            "task must have failed, was cancelled: " + this);
            default ->
                    throw new IllegalStateException("task must have failed, was not done: " + this);
        };
    }

    /**
     * Whether the task ended with a result.
     *
     * @return whether it did
     */
    public final boolean isCompletedNormally() {
        return ending().how == NORMAL;
    }

    /**
     * Whether the task failed or was cancelled.
     *
     * @return whether it did
     */
    public final boolean isCompletedAbnormally() {
        byte how = ending().how;
        return how == FAILED || how == CANCELLED;
    }

    /**
     * What the task threw.
     *
     * @return the throwable, a new {@link CancellationException} if it was cancelled, or null
     */
    public final @Nullable Throwable getException() {
        Ending ending = ending();
        return switch (ending.how) {
            case FAILED -> (Throwable) ending.value;
            case CANCELLED -> new CancellationException();
            default -> null;
        };
    }

    /**
     * The result, if there is one already.
     *
     * @return the result, or null
     */
    public final @Nullable V getRawResult() {
        Ending ending = ending();
        return ending.how == NORMAL ? typed(ending.value) : null;
    }

    final boolean failedWithStackOverflow() {
        return (byte) STATE.getAcquire(this) == FAILED && outcome instanceof StackOverflowError;
    }

    /** Precondition: done. */
    private V report() {
        Ending ending = ending();
        return switch (ending.how) {
            case CANCELLED -> throw new CancellationException();
            case FAILED ->
                    throw Throwables.<RuntimeException>rethrow(
                            Throwables.withJoinerFrames(ending.failure()));
            default -> typed(ending.value);
        };
    }

    private V reportWrapped() throws ExecutionException {
        Ending ending = ending();
        return switch (ending.how) {
            case CANCELLED -> throw new CancellationException();
            case FAILED -> throw new ExecutionException(ending.failure());
            default -> typed(ending.value);
        };
    }

    /** How a task ended: NORMAL, FAILED or CANCELLED; anything else if it is not done. */
    private record Ending(byte how, @Nullable Object value) {

        Throwable failure() {
            return (Throwable) Objects.requireNonNull(value);
        }
    }

    private Ending ending() {
        byte last = control();
        if (last == CANCELLED) {
            return new Ending(CANCELLED, null);
        }
        byte how = (byte) STATE.getAcquire(this);
        Object stored = OUTCOME.getAcquire(this);
        if (stored instanceof Ending given) {
            return given;
        }
        while (last == GIVEN && (how & COMPLETED) == 0) {
            Thread.onSpinWait(); // its forker has stored a result over it, and is about to say so
            how = (byte) STATE.getAcquire(this);
            last = control();
        }
        return new Ending(how, stored);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // V says whether null is a value
    private V typed(@Nullable Object result) {
        return result == NULL || result instanceof Waiter ? null : (V) result;
    }

    // ---- waiting

    private boolean awaitNanos(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        if (Thread.currentThread() instanceof WorkerThread thread) {
            return thread.worker().joins.joinUntil(this, deadline);
        }
        return isDone() || Waiter.await(this, true, Math.max(1, deadline - System.nanoTime()));
    }

    private void awaitUninterruptibly() {
        if (!isDone()) {
            try {
                Waiter.await(this, false, 0L);
            } catch (InterruptedException ex) {
                throw new AssertionError("uninterruptible wait was interrupted", ex);
            }
        }
    }

    /** Adds a waiter. Returns false if the task is done or about to be. */
    final boolean register(Waiter waiter) {
        while (!isDone()) {
            Object current = OUTCOME.getAcquire(this);
            if (current != null && !(current instanceof Waiter)) {
                return false; // completed between the two reads, or in the next few instructions
            }
            waiter.next = Waiter.withoutRetired((Waiter) current);
            if (OUTCOME.compareAndSet(this, current, waiter)) { // E7: pairs with settle()
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the completion is sure to look for waiters: not so for a task that its forker may
     * still run inline, nor for one that is cancelled meanwhile, which may have found no waiters
     * because the forker had stored its result over them. Who sees that is done, or about to be.
     */
    final boolean wakesWaiters() {
        byte current = control();
        return current != FORKED && current < SETTLED || thief() >= 0;
    }

    // ---- the calling worker

    /**
     * The scheduler whose worker calls.
     *
     * @return the scheduler, or null if the calling thread is no worker, or if the scheduler was
     *     dropped and collected while this task ran
     */
    public static @Nullable Scheduler getPool() {
        return Thread.currentThread() instanceof WorkerThread thread
                ? thread.worker().scheduler()
                : null;
    }

    /**
     * Whether the calling thread is a worker; the name is the one known from {@link
     * java.util.concurrent.ForkJoinTask}.
     *
     * @return whether it is
     */
    public static boolean inForkJoinPool() {
        return Thread.currentThread() instanceof WorkerThread;
    }

    /**
     * Runs tasks until nothing is left to do in the calling worker's scheduler; in any other
     * thread, waits until that holds for {@link Scheduler#common()}. What is run may be anything:
     * the caller must not hold what it might wait for.
     */
    public static void helpQuiesce() {
        if (Thread.currentThread() instanceof WorkerThread thread) {
            boolean unused =
                    thread.worker().joins.helpQuiesce(System.nanoTime() + Long.MAX_VALUE / 2);
        } else {
            boolean unused = Scheduler.common().awaitQuiescence(Long.MAX_VALUE / 2, NANOSECONDS);
        }
    }

    /**
     * Number of tasks that the calling worker has forked and that nobody has taken yet.
     *
     * @return an estimate; 0 if the calling thread is no worker
     */
    public static int getQueuedTaskCount() {
        return Thread.currentThread() instanceof WorkerThread thread
                ? thread.worker().deque.size()
                : 0;
    }

    /**
     * How many more tasks the calling worker has forked than there are other workers without work:
     * programs stop splitting when it exceeds a small number.
     *
     * @return an estimate; 0 if the calling thread is no worker
     */
    public static int getSurplusQueuedTaskCount() {
        return Thread.currentThread() instanceof WorkerThread thread
                ? thread.worker().surplus()
                : 0;
    }

    private boolean isCompleted() {
        return ((byte) STATE.getAcquire(this) & COMPLETED) != 0;
    }

    private byte control() {
        return (byte) CONTROL.getAcquire(this);
    }

    @Override
    public String toString() {
        String status = describe(ending().how);
        return getClass().getName()
                + "@"
                + Integer.toHexString(System.identityHashCode(this))
                + "["
                + status
                + "]";
    }

    private static String describe(byte ending) {
        return switch (ending) {
            case CANCELLED -> "cancelled";
            case NORMAL -> "completed normally";
            case FAILED -> "completed exceptionally";
            default -> "not completed";
        };
    }
}
