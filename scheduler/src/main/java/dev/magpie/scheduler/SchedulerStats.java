package dev.magpie.scheduler;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a scheduler's workers did since it started. Immutable; estimates while tasks run.
 *
 * @param workers one entry a worker, by index
 * @param spares one entry for each spare worker that was ever needed
 * @param waitingSubmissions submissions that no worker has taken yet
 * @param parkedWorkers workers asleep
 */
public record SchedulerStats(
        List<WorkerStats> workers,
        List<WorkerStats> spares,
        int waitingSubmissions,
        int parkedWorkers) {

    /**
     * Tasks forked by all workers.
     *
     * @return the sum
     */
    public long forks() {
        return sum(WorkerStats::forks);
    }

    /**
     * Tasks taken by one worker from another.
     *
     * @return the sum
     */
    public long steals() {
        return sum(WorkerStats::steals);
    }

    /**
     * Tasks that workers ran while a join of theirs waited for another.
     *
     * @return the sum
     */
    public long helps() {
        return sum(WorkerStats::helps);
    }

    /**
     * Times that a worker made private tasks visible to thieves.
     *
     * @return the sum
     */
    public long publications() {
        return sum(WorkerStats::publications);
    }

    /**
     * Times that a worker went to sleep.
     *
     * @return the sum
     */
    public long parks() {
        return sum(WorkerStats::parks);
    }

    private long sum(ToLongFunction<WorkerStats> part) {
        return Stream.concat(workers.stream(), spares.stream()).mapToLong(part).sum();
    }
}
