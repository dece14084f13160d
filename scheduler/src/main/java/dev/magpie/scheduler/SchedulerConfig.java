package dev.magpie.scheduler;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a scheduler was configured, and what it decided. Immutable.
 *
 * @param workers number of workers
 * @param workersDecision where that number comes from, in words
 * @param name prefix of the worker threads' names
 * @param pinning what was asked for
 * @param pinningDecision what came of it, in words
 * @param stackSize stack size of a worker thread in bytes; virtual memory until touched
 * @param maxSpares the greatest number of spare workers, which run in the place of blocked ones
 * @param daemon whether worker threads keep the JVM from ending (false) or not (true); a thread
 *     factory's threads outweigh it
 * @param threadFactory after whose threads the workers are shaped; null if none was set
 * @param taskDecorator what is applied to submissions; null if none was set
 * @param uncaughtExceptionHandler who hears of what runnables given to {@code execute} throw; null
 *     if none was set
 * @param jmx whether the scheduler is registered with the platform's management server, as a {@link
 *     SchedulerMXBean}
 * @param reportHeldMonitors whether joins are reported that are made while the caller holds a
 *     monitor or a lock
 * @param clearThreadLocals whether workers forget their thread-locals after each submission
 */
public record SchedulerConfig(
        int workers,
        String workersDecision,
        String name,
        Pinning pinning,
        String pinningDecision,
        long stackSize,
        int maxSpares,
        boolean daemon,
        @Nullable ThreadFactory threadFactory,
        @Nullable UnaryOperator<Runnable> taskDecorator,
        @Nullable UncaughtExceptionHandler uncaughtExceptionHandler,
        boolean jmx,
        boolean reportHeldMonitors,
        boolean clearThreadLocals) {}
