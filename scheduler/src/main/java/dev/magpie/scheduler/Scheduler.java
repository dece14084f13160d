package dev.magpie.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 */
public final class Scheduler extends AbstractExecutorService implements AutoCloseable {

    private final SchedulerConfig config;
    private final Pool pool;
    private final boolean isCommon;

    Scheduler(SchedulerConfig config, Pool pool, boolean isCommon) {
        this.config = config;
        this.pool = pool;
        this.isCommon = isCommon;
        pool.setScheduler(this);
    }

    /**
     * Starts a scheduler with one worker per CPU that the process may use.
     *
     * @return a new scheduler
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
     * Hands a task over to the workers.
     *
     * @param task what to run
     * @param <T> the result's type
     * @return the same task
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down
     */
    public <T extends @Nullable Object> Task<T> submit(Task<T> task) {
        return hand(Objects.requireNonNull(task, "task"));
    }

    private <T extends @Nullable Object> Task<T> hand(Task<T> task) {
        task.markSubmitted(pool.home());
        enqueue(task);
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

    // ---- the executor service

    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        if (command instanceof Task<?> task) {
            Object unused = hand(task);
        } else {
            enqueue(new ExecuteTask(command));
        }
    }

    @Override
    public <T extends @Nullable Object> Task<T> submit(Callable<T> callable) {
        Task<T> task = newTask(Objects.requireNonNull(callable, "task"));
        enqueue(task);
        return task;
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
        return newTask(callable);
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
     * As the interface says; by a worker of this scheduler the callables run one after the other,
     * since waiting for the first of many would idle the worker.
     */
    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        return ownWorker() == null
                ? super.invokeAny(tasks)
                : Scheduler.<T, RuntimeException>firstOf(tasks, task -> submit(task).get());
    }

    /** As {@link #invokeAny(Collection)}, for a limited time. */
    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (ownWorker() == null) {
            return super.invokeAny(tasks, timeout, unit);
        }
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        return firstOf(
                tasks,
                task -> submit(task).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    }

    /** What one call of {@code invokeAny} does with one callable. */
    private interface Attempt<T extends @Nullable Object, X extends Exception> {
        T run(Callable<T> task) throws InterruptedException, ExecutionException, X;
    }

    private static <T extends @Nullable Object, X extends Exception> T firstOf(
            Collection<? extends Callable<T>> tasks, Attempt<T, X> attempt)
            throws InterruptedException, ExecutionException, X {
        ExecutionException failure = null;
        for (Callable<T> task : tasks) {
            try {
                return attempt.run(task);
            } catch (ExecutionException ex) {
                failure = ex;
            }
        }
        if (failure == null) {
            throw new IllegalArgumentException("tasks must not be empty");
        }
        throw failure;
    }

    private void enqueue(Task<?> task) {
        Worker worker = ownWorker();
        if (worker == null || pool.isClosing()) {
            pool.submit(task);
        } else {
            worker.submitLocal(task);
        }
    }

    private @Nullable Worker ownWorker() {
        return Thread.currentThread() instanceof WorkerThread thread && thread.worker().isOf(pool)
                ? thread.worker()
                : null;
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
     * calling thread is interrupted, what runs is interrupted as well. By a worker of this
     * scheduler: shuts down and returns at once.
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
                pool.terminated().await();
                break;
            } catch (InterruptedException ex) {
                if (!interrupted) {
                    List<Runnable> unused = shutdownNow();
                }
                interrupted = true;
            }
        }
        awaitThreads();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last instructions of the worker threads lie behind the latch. */
    private void awaitThreads() {
        for (Worker worker : pool.workers()) {
            boolean interrupted = false;
            while (worker.thread().isAlive()) {
                try {
                    worker.thread().join();
                } catch (InterruptedException ex) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
        return pool.terminated().await(timeout, unit);
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
     * Number of workers.
     *
     * @return the number, at least 1
     */
    public int getParallelism() {
        return config.workers();
    }

    /**
     * What the workers did so far.
     *
     * @return a snapshot; the numbers are estimates while tasks run
     */
    public SchedulerStats stats() {
        List<WorkerStats> all = Arrays.stream(pool.workers()).map(Worker::stats).toList();
        List<WorkerStats> regular = all.subList(0, config.workers());
        List<WorkerStats> spares = all.subList(config.workers(), all.size());
        return new SchedulerStats(
                List.copyOf(regular),
                List.copyOf(spares),
                pool.submissionsWaiting(),
                pool.idle.parked());
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
                + ", parked="
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
