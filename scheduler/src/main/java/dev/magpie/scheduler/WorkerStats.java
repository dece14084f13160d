package dev.magpie.scheduler;

/**
 * What one worker did since it started. Immutable.
 *
 * @param index the worker's index
 * @param forks tasks that its tasks forked
 * @param steals tasks that it took from others
 * @param publications times that it made private tasks visible
 * @param runs tasks that it ran from its loop: submissions, stolen tasks and leftovers
 * @param helps tasks that it ran while a join waited
 * @param parks times that it went to sleep
 * @param cpu the CPU that it is bound to, or -1 if the operating system places it
 */
public record WorkerStats(
        int index,
        long forks,
        long steals,
        long publications,
        long runs,
        long helps,
        long parks,
        int cpu) {}
