package dev.magpie.scheduler;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A scheduler as a {@link ScheduledExecutorService}; all but the delays is the scheduler's. */
final class ScheduledView implements ScheduledExecutorService, AutoCloseable {

    private final Scheduler scheduler;
    private final Pool pool;

    ScheduledView(Scheduler scheduler, Pool pool) {
        this.scheduler = scheduler;
        this.pool = pool;
    }

    // ---- delays

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(callable(command), unit.toNanos(delay), 0);
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(
            Callable<V> callable, long delay, TimeUnit unit) {
        Objects.requireNonNull(callable, "callable");
        return add(scheduler.decorated(callable), unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
            Runnable command, long initialDelay, long period, TimeUnit unit) {
        Callable<?> callable = callable(command);
        long nanos = unit.toNanos(period);
        return add(callable, unit.toNanos(initialDelay), positive("period", nanos));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
            Runnable command, long initialDelay, long delay, TimeUnit unit) {
        Callable<?> callable = callable(command);
        long nanos = unit.toNanos(delay);
        return add(callable, unit.toNanos(initialDelay), -positive("delay", nanos));
    }

    private Callable<?> callable(Runnable command) {
        Objects.requireNonNull(command, "command");
        return Executors.callable(scheduler.decorated(command));
    }

    private static long positive(String name, long nanos) {
        if (nanos <= 0) {
            throw new IllegalArgumentException(
                    name + " must be greater than 0 ns, was " + nanos + " ns");
        }
        return nanos;
    }

    private <V extends @Nullable Object> ScheduledFuture<V> add(
            Callable<V> callable, long delay, long period) {
        DelayedTask<V> task = new DelayedTask<>(callable, scheduler, pool, delay, period);
        pool.timer().add(task);
        return task;
    }

    // ---- everything else

    @Override
    public void execute(Runnable command) {
        scheduler.execute(command);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return scheduler.submit(task);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        return scheduler.submit(task, result);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return scheduler.submit(task);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return scheduler.invokeAll(tasks);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return scheduler.invokeAll(tasks, timeout, unit);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        return scheduler.invokeAny(tasks);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return scheduler.invokeAny(tasks, timeout, unit);
    }

    @Override
    public void shutdown() {
        scheduler.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return scheduler.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return scheduler.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return scheduler.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return scheduler.awaitTermination(timeout, unit);
    }

    @Override
    public void close() {
        scheduler.close();
    }

    @Override
    public String toString() {
        return "ScheduledView[" + scheduler + ", delayed=" + pool.timer().size() + "]";
    }
}
