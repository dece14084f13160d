package dev.magpie.scheduler;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A work-stealing scheduler: fork-join tasks and an {@link java.util.concurrent.ExecutorService} on
 * the same workers.
 *
 * <pre>{@code
 * try (Scheduler scheduler = Scheduler.create()) {
 *     long answer = scheduler.invoke(new Fib(40));
 * }
 * }</pre>
 *
 * <p>Thread-safe. {@code get} and {@code join} inside a worker run what belongs to the awaited task
 * meanwhile, and never deadlock for want of workers: a spare takes other work while a worker waits.
 * A task that throws, whatever it throws, never ends a worker.
 *
 * <p>A scheduler that is dropped without {@link #close} is shut down once it is unreachable: what
 * was submitted runs, then the workers end. Tasks that wait for their time in {@link #scheduled},
 * and scopes that are open, keep it reachable; running tasks do so only if they refer to it.
 */
public final class Scheduler extends AbstractExecutorService implements AutoCloseable {

    /** Ends the pools of schedulers that were dropped. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final SchedulerConfig config;
    private final Pool pool;
    private final boolean isCommon;
    private final @Nullable TaskDecorator decorator;

    Scheduler(SchedulerConfig config, Pool pool, boolean isCommon) {
        this.config = config;
        this.pool = pool;
        this.isCommon = isCommon;
        UnaryOperator<Runnable> operator = config.taskDecorator();
        decorator = operator == null ? null : new TaskDecorator(operator);
        pool.setScheduler(this);
        if (!isCommon) {
            Object unused = CLEANER.register(this, pool::close); // the pool holds this one weakly
        }
    }

    /**
     * Starts a scheduler with one worker per CPU that the process may use, or as many as the system
     * property {@code magpie.workers} says.
     *
     * @return a new scheduler
     * @throws IllegalArgumentException if that property is no number from 1 to 32767
     */
    public static Scheduler create() {
        return builder().build();
    }

    /**
     * A builder with default settings.
     *
     * @return a new builder
     */
    public static SchedulerBuilder builder() {
        return new SchedulerBuilder();
    }

    /**
     * The scheduler that serves tasks forked or invoked by threads that are no workers. Started at
     * first use, with daemon workers that are not pinned; it cannot be shut down.
     *
     * @return the same one at each call
     */
    public static Scheduler common() {
        return Common.SCHEDULER;
    }

    private static final class Common {
        static final Scheduler SCHEDULER =
                builder().name("magpie-common").pinning(Pinning.NONE).daemon(true).build(true);
    }

    // ---- tasks

    /**
     * Runs a task and returns its result. By a worker of this scheduler: at once, in the caller.
     *
     * @param task what to run
     * @param <T> the result's type
     * @return its result
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down
     * @throws java.util.concurrent.CancellationException if the task was cancelled
     * @throws RuntimeException whatever the task threw, as itself, with the caller's frames
     *     appended
     */
    public <T extends @Nullable Object> T invoke(Task<T> task) {
        return ownWorker() == null ? submit(task).join() : task.invoke();
    }

    /**
     * Hands a task over to the workers. One that is rejected is as it was before, and may be
     * submitted to another scheduler.
     *
     * @param task what to run
     * @param <T> the result's type
     * @return the same task
     * @throws RejectedExecutionException if the scheduler is shut down
     */
    public <T extends @Nullable Object> Task<T> submit(Task<T> task) {
        return submit(task, Priority.NORMAL);
    }

    private <T extends @Nullable Object> Task<T> hand(Task<T> task, Priority priority) {
        if (task.isDone() && !isShutdown()) {
            return task; // in the queue it would run as soon as it is reinitialized
        }
        boolean isFresh = task.isFresh();
        task.markSubmitted(pool.home());
        try {
            enqueue(task, priority);
        } catch (RejectedExecutionException ex) {
            if (isFresh && task.isUnclaimedOf(pool)) {
                task.unmarkSubmitted(pool.home());
            }
            throw ex;
        }
        return task;
    }

    /**
     * Hands a task over to the workers.
     *
     * @param task what to run
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down
     */
    public void execute(Task<?> task) {
        Object unused = submit(task);
    }

    // ---- lanes

    /**
     * Hands a task over to the workers in a lane.
     *
     * @param task what to run
     * @param priority its lane
     * @param <T> the result's type
     * @return the same task
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down
     */
    public <T extends @Nullable Object> Task<T> submit(Task<T> task, Priority priority) {
        Objects.requireNonNull(task, "task");
        return hand(task, Objects.requireNonNull(priority, "priority"));
    }

    /**
     * As {@link #submit(Callable)}, in a lane.
     *
     * @param callable what to run
     * @param priority its lane
     * @param <T> the result's type
     * @return its future
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down
     */
    public <T extends @Nullable Object> Task<T> submit(Callable<T> callable, Priority priority) {
        Objects.requireNonNull(priority, "priority");
        Task<T> task = newTask(decorated(Objects.requireNonNull(callable, "task")));
        enqueue(task, priority);
        return task;
    }

    /**
     * As {@link #execute(Runnable)}, in a lane.
     *
     * @param command what to run
     * @param priority its lane
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down
     */
    public void execute(Runnable command, Priority priority) {
        Objects.requireNonNull(priority, "priority");
        enqueue(new ExecuteTask(decorated(Objects.requireNonNull(command, "command"))), priority);
    }

    // ---- scopes

    /**
     * Opens a scope whose first failure cancels the rest: that of {@link
     * TaskScope.Joiner#awaitAllSuccessfulOrThrow}.
     *
     * @return a new scope, owned by the calling thread, which has to close it
     */
    public TaskScope<@Nullable Object, @Nullable Void> openScope() {
        return openScope(TaskScope.Joiner.awaitAllSuccessfulOrThrow());
    }

    /**
     * Opens a scope.
     *
     * @param joiner the policy, which serves this scope alone
     * @param <T> what the results of all tasks have in common
     * @param <R> the result of {@code join}
     * @return a new scope, owned by the calling thread, which has to close it
     */
    public <T extends @Nullable Object, R extends @Nullable Object> TaskScope<T, R> openScope(
            TaskScope.Joiner<? super T, ? extends R> joiner) {
        return openScope(joiner, UnaryOperator.identity());
    }

    /**
     * Opens a scope with a name or a deadline.
     *
     * @param joiner the policy, which serves this scope alone
     * @param settings makes the configuration of the default one, which has neither
     * @param <T> what the results of all tasks have in common
     * @param <R> the result of {@code join}
     * @return a new scope, owned by the calling thread, which has to close it
     */
    public <T extends @Nullable Object, R extends @Nullable Object> TaskScope<T, R> openScope(
            TaskScope.Joiner<? super T, ? extends R> joiner,
            UnaryOperator<TaskScope.Configuration> settings) {
        Objects.requireNonNull(joiner, "joiner");
        TaskScope.Configuration configuration =
                Objects.requireNonNull(
                        settings.apply(TaskScope.Configuration.DEFAULT), "configuration");
        return new TaskScope<>(this, ownWorker(), joiner, configuration);
    }

    // ---- the executor service

    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        if (command instanceof DelayedTask<?> delayed) {
            if (isShutdown()) {
                throw Pool.rejection(delayed); // it goes on waiting for its time, if it does
            }
            delayed.endDelayEarly();
        }
        if (command instanceof Task<?> task) {
            if (decorator != null && task instanceof CallableTask<?> fresh) {
                fresh.decorate(decorator); // from newTaskFor: invokeAll of the superclass
            }
            Object unused = hand(task, Priority.NORMAL);
        } else {
            enqueue(new ExecuteTask(decorated(command)), Priority.NORMAL);
        }
    }

    @Override
    public <T extends @Nullable Object> Task<T> submit(Callable<T> callable) {
        return submit(callable, Priority.NORMAL);
    }

    Runnable decorated(Runnable runnable) {
        return decorator == null ? runnable : decorator.decorate(runnable);
    }

    <T extends @Nullable Object> Callable<T> decorated(Callable<T> callable) {
        return decorator == null ? callable : decorator.decorate(callable);
    }

    @Override
    public <T extends @Nullable Object> Task<T> submit(Runnable runnable, T result) {
        return submit(Executors.callable(Objects.requireNonNull(runnable, "task"), result));
    }

    @Override
    public Task<?> submit(Runnable runnable) {
        return submit(Executors.callable(Objects.requireNonNull(runnable, "task")));
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return newTask(Objects.requireNonNull(callable, "task"));
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(
            Runnable runnable, T value) {
        return newTask(Executors.callable(runnable, value));
    }

    private <T extends @Nullable Object> CallableTask<T> newTask(Callable<T> callable) {
        return new CallableTask<>(callable, pool.home());
    }

    /**
     * As the interface says; by a worker of this scheduler, while all others are busy, the
     * callables run one after the other.
     */
    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        return mayWait()
                ? await(() -> super.invokeAny(tasks))
                : Scheduler.<T, RuntimeException>firstOf(tasks, this::submit, Task::get);
    }

    /** As {@link #invokeAny(Collection)}, for a limited time. */
    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (mayWait()) {
            return await(() -> super.invokeAny(tasks, timeout, unit));
        }
        long deadline = deadline(timeout, unit);
        try {
            return firstOf(
                    tasks,
                    this::submit,
                    task -> task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException ex) { // says what was left, not what was given
            throw new TimeoutException("no task was done after " + timeout + " " + unit);
        }
    }

    /** Whether others run what the calling thread waits for. */
    private boolean mayWait() {
        return ownWorker() == null || pool.hasIdleWorker();
    }

    /** Waits in the calling thread, whose core others have meanwhile if it is a worker. */
    private static <T extends @Nullable Object> T await(Callable<T> wait) {
        try {
            return blocking(wait);
        } catch (Exception ex) {
            throw Throwables.<RuntimeException>rethrow(ex); // what the caller declares
        }
    }

    private static long deadline(long timeout, TimeUnit unit) {
        return System.nanoTime() + Math.max(0, unit.toNanos(timeout));
    }

    /** How one call of {@code invokeAny} waits for one callable. */
    private interface Wait<T extends @Nullable Object, X extends Exception> {
        T get(Task<T> task) throws InterruptedException, ExecutionException, X;
    }

    private static <T extends @Nullable Object, X extends Exception> T firstOf(
            Collection<? extends Callable<T>> callables,
            Function<Callable<T>, Task<T>> submit,
            Wait<T, X> wait)
            throws InterruptedException, ExecutionException, X {
        List<Callable<T>> given = List.copyOf(callables); // refuses null before any of them runs
        ExecutionException failure = null;
        for (Callable<T> callable : given) {
            Task<T> task = submit.apply(callable);
            try {
                return wait.get(task);
            } catch (ExecutionException ex) {
                failure = ex;
            } finally {
                task.cancel(true); // the time was over, or an interrupt came
            }
        }
        if (failure == null) {
            throw new IllegalArgumentException("tasks must not be empty");
        }
        throw failure;
    }

    /**
     * This scheduler as a {@link ScheduledExecutorService}. Delayed tasks are handed to the workers
     * by one daemon thread, {@code name-timer}, which the first of them starts, which sleeps until
     * the next deadline, and which ends with this scheduler; everything else is this scheduler's.
     *
     * <p>As with {@link java.util.concurrent.ScheduledThreadPoolExecutor}: runs of one periodic
     * task never overlap; at a fixed rate late runs are caught up; a run that throws is the last
     * one. After {@code shutdown} periodic tasks are cancelled, and one-shot tasks run when they
     * are due, so that {@code close} waits for them; {@code shutdownNow} returns all of them. Other
     * than there, a cancelled task is forgotten at once. While a task waits for its time, or is
     * periodic, the scheduler is not collected.
     *
     * @return a view, thread-safe like this scheduler
     */
    public ScheduledExecutorService scheduled() {
        return new ScheduledView(this, pool);
    }

    Pool pool() {
        return pool;
    }

    private void enqueue(Task<?> task, Priority priority) {
        Worker worker = ownWorker();
        if (worker == null || priority == Priority.HIGH || pool.isClosing()) {
            pool.submit(task, priority);
        } else {
            worker.submitLocal(task);
        }
        Reference.reachabilityFence(this); // not collected, and so shut down, before it accepts
    }

    private @Nullable Worker ownWorker() {
        return Thread.currentThread() instanceof WorkerThread thread && thread.worker().isOf(pool)
                ? thread.worker()
                : null;
    }

    // ---- blocking and isolation

    /**
     * Runs something that blocks: input and output, a lock, a sleep. In a worker, others run in its
     * place meanwhile: an idle worker, or a spare, up to {@link SchedulerConfig#maxSpares()}. When
     * the call is over, the worker goes on as soon as no more workers run than {@link
     * #getParallelism()}. In any other thread: just runs it.
     *
     * <p>What it forks is not lost, but it should only block: while it runs it counts as asleep.
     *
     * @param callable what to run, in the calling thread
     * @param <T> the result's type
     * @return its result
     * @throws Exception what the callable threw
     */
    public static <T extends @Nullable Object> T blocking(Callable<T> callable) throws Exception {
        Objects.requireNonNull(callable, "callable");
        return Thread.currentThread() instanceof WorkerThread thread
                ? thread.worker().block(callable)
                : callable.call();
    }

    /**
     * Runs something whose joins run nothing foreign: a join inside runs only tasks that were
     * forked inside, and otherwise waits. So a caller that holds a lock which is not reentrant, or
     * is in the middle of changing something, cannot meet itself. In a thread that is no worker:
     * just runs it.
     *
     * <p>Without it a join may run any task that the same computation forked before.
     *
     * @param callable what to run, in the calling thread
     * @param <T> the result's type
     * @return its result
     * @throws Exception what the callable threw
     */
    public <T extends @Nullable Object> T isolated(Callable<T> callable) throws Exception {
        Objects.requireNonNull(callable, "callable");
        return Thread.currentThread() instanceof WorkerThread thread
                ? thread.worker().isolate(callable)
                : callable.call();
    }

    // ---- size and rest

    /**
     * Changes how many workers run at a time. More than {@link SchedulerConfig#workers()} are
     * reached with spares, which are not pinned; fewer, when workers come to the end of a task.
     *
     * @param parallelism 1 to the sum of {@link SchedulerConfig#workers()} and {@link
     *     SchedulerConfig#maxSpares()}
     * @return the number before
     * @throws IllegalArgumentException if {@code parallelism} is out of range
     */
    public int setParallelism(int parallelism) {
        int limit = config.workers() + config.maxSpares();
        if (parallelism < 1 || parallelism > limit) {
            throw new IllegalArgumentException(
                    "parallelism must be between 1 and " + limit + ", was " + parallelism);
        }
        return pool.resize(parallelism);
    }

    /**
     * Whether nothing is left to do: all workers are idle and no submission waits. It is not so
     * until the workers of a new scheduler have started and looked around.
     *
     * @return whether it was so a moment ago
     */
    public boolean isQuiescent() {
        return pool.isQuiescent();
    }

    /**
     * Waits until nothing is left to do. In a worker of this scheduler: helps, as {@link
     * Task#helpQuiesce()} does.
     *
     * @param timeout the longest wait
     * @param unit its unit
     * @return whether the scheduler was quiescent; false if the time was over, or the thread was
     *     interrupted, whose status is kept
     */
    public boolean awaitQuiescence(long timeout, TimeUnit unit) {
        long deadline = deadline(timeout, unit);
        Worker worker = ownWorker();
        return worker == null
                ? await(() -> pool.awaitQuiescence(deadline))
                : worker.joins.helpQuiesce(deadline);
    }

    // ---- life cycle

    /**
     * Accepts no more submissions; those that were accepted run, and the workers end. Returns at
     * once.
     */
    @Override
    public void shutdown() {
        if (!isCommon) {
            pool.close();
        }
    }

    /**
     * Accepts no more submissions, interrupts what runs, and takes back what never started.
     *
     * @return the runnables that never started; futures among them can still be run or cancelled.
     *     Tasks are cancelled
     */
    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> unstarted = new ArrayList<>();
        if (!isCommon) {
            for (Task<?> task : pool.closeNow()) {
                unstarted.add(asRunnable(task));
            }
        }
        return unstarted;
    }

    private static Runnable asRunnable(Task<?> task) {
        if (task instanceof ExecuteTask execute) {
            return execute.runnable();
        }
        if (task instanceof Runnable runnable) {
            return runnable;
        }
        task.cancel(false); // a thread may wait for it in invoke
        return task::quietlyInvoke;
    }

    /**
     * Shuts down and waits until everything submitted has run and all workers have ended. When the
     * calling thread is interrupted, what runs is interrupted as well, and what never started is
     * cancelled. By a worker of this scheduler: shuts down and returns at once.
     */
    @Override
    public void close() {
        shutdown();
        if (ownWorker() != null || isCommon) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                awaitLastWorker();
                break;
            } catch (InterruptedException ex) {
                if (!interrupted) {
                    cancelAll(shutdownNow());
                }
                interrupted = true;
            }
        }
        awaitThreads();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody else has these: who waits for one would wait for ever. */
    private static void cancelAll(List<Runnable> unstarted) {
        for (Runnable runnable : unstarted) {
            if (runnable instanceof Future<?> future) {
                future.cancel(false);
            }
        }
    }

    private void awaitLastWorker() throws InterruptedException {
        boolean unused = awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /** The last instructions of the threads lie behind the latch. */
    private void awaitThreads() {
        for (Worker worker : pool.workers()) {
            awaitEnd(worker.thread());
        }
        Thread timer = pool.timer().thread();
        if (timer != null) {
            awaitEnd(timer);
        }
    }

    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isShutdown() {
        return pool.isClosing();
    }

    @Override
    public boolean isTerminated() {
        return pool.terminated().getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(unit, "unit");
        return isTerminated() || await(() -> pool.terminated().await(timeout, unit));
    }

    // ---- seen from outside

    /**
     * How this scheduler was configured, and what it decided.
     *
     * @return the configuration
     */
    public SchedulerConfig config() {
        return config;
    }

    /**
     * How many workers run at a time.
     *
     * @return the number, at least 1
     */
    public int getParallelism() {
        return pool.permits.total();
    }

    /**
     * What the workers did so far.
     *
     * @return a snapshot; the numbers are estimates while tasks run
     */
    public SchedulerStats stats() {
        return SchedulerStats.of(pool, config.workers());
    }

    /** Shows this scheduler to management until it ends. */
    void register() {
        try {
            SchedulerBean.register(config, pool);
        } catch (RuntimeException ex) {
            shutdown(); // nobody else can: the builder returns nothing
            throw ex;
        }
    }

    /**
     * Records what each worker does from now on, into bounded buffers, until the timeline is
     * stopped: about 65,000 events a worker, 1.5 MiB. Forks and joins cost as much as without.
     *
     * @return the recording
     * @throws IllegalStateException if one is recorded already
     */
    public Timeline trace() {
        return trace(Timeline.DEFAULT_EVENTS);
    }

    /**
     * The same, with a bound of the caller's choice.
     *
     * @param eventsPerWorker how many events of each worker are kept, the newest: 1 to 16777216
     * @return the recording
     * @throws IllegalArgumentException if {@code eventsPerWorker} is out of range
     * @throws IllegalStateException if a timeline is recorded already
     * @throws OutOfMemoryError if there is no memory for so many events; nothing is recorded then
     */
    public Timeline trace(int eventsPerWorker) {
        return Timeline.start(pool.instruments, config.name(), eventsPerWorker);
    }

    @Override
    public String toString() {
        String state = isTerminated() ? "terminated" : isShutdown() ? "shutting down" : "running";
        return "Scheduler["
                + config.name()
                + ", "
                + state
                + ", workers="
                + config.workers()
                + " ("
                + config.workersDecision()
                + "), parked="
                + pool.idle.parked()
                + ", waiting submissions="
                + pool.submissionsWaiting()
                + ", pinning="
                + config.pinning()
                + " ("
                + config.pinningDecision()
                + "), stackSize="
                + config.stackSize()
                + ", daemon="
                + config.daemon()
                + "]";
    }
}
