package dev.magpie.scheduler;

/**
 * How a scheduler was configured, and what it decided. Immutable.
 *
 * @param workers number of workers
 * @param name prefix of the worker threads' names
 * @param pinning what was asked for
 * @param pinningDecision what came of it, in words
 * @param stackSize stack size of a worker thread in bytes; virtual memory until touched
 * @param daemon whether worker threads keep the JVM from ending (false) or not (true)
 */
public record SchedulerConfig(
        int workers,
        String name,
        Pinning pinning,
        String pinningDecision,
        long stackSize,
        boolean daemon) {}
