package dev.magpie.benchmarks.report.result;

import dev.magpie.scheduler.WorkerStats;

/**
 * What a worker did.
 *
 * @param worker its index
 * @param runNanos time spent running tasks
 * @param searchNanos time spent looking for work
 * @param parkNanos time asleep
 * @param forks tasks forked
 * @param steals tasks taken from others
 * @param stealAttempts looks into others' deques
 * @param parks times it went to sleep
 */
public record WorkerTime(
        int worker,
        long runNanos,
        long searchNanos,
        long parkNanos,
        long forks,
        long steals,
        long stealAttempts,
        long parks) {

    /**
     * What a worker did between two snapshots.
     *
     * @param before the first
     * @param after the second
     * @return the difference
     */
    public static WorkerTime between(WorkerStats before, WorkerStats after) {
        return new WorkerTime(
                after.index(),
                after.runNanos() - before.runNanos(),
                after.searchNanos() - before.searchNanos(),
                after.parkNanos() - before.parkNanos(),
                after.forks() - before.forks(),
                after.steals() - before.steals(),
                after.stealAttempts() - before.stealAttempts(),
                after.parks() - before.parks());
    }

    /**
     * What a worker did in both.
     *
     * @param other of the same worker
     * @return the sums
     */
    public WorkerTime plus(WorkerTime other) {
        return new WorkerTime(
                worker,
                runNanos + other.runNanos,
                searchNanos + other.searchNanos,
                parkNanos + other.parkNanos,
                forks + other.forks,
                steals + other.steals,
                stealAttempts + other.stealAttempts,
                parks + other.parks);
    }
}
