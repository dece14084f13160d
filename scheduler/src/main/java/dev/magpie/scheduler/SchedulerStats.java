package dev.magpie.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a scheduler's workers did since it started, and what they do now. Immutable; estimates while
 * tasks run, see {@link WorkerStats}. None is negative.
 *
 * @param workers one entry a worker, by index
 * @param spares one entry for each spare worker that was ever needed
 * @param waitingSubmissions submissions that no worker has taken yet
 * @param parkedWorkers workers asleep that a submission would wake, those that wait in joins
 *     included
 * @param activeSpares spare workers that were sent to work and have not come back
 * @param activeWorkers workers that run or look for work, spares included, and those that wait in
 *     joins
 * @param waitingWorkers those of them that wait in joins
 * @param threads worker threads that have not ended, spares included
 * @param externalSubmissions submissions that came from threads that are no workers of the
 *     scheduler
 * @param refusedSpares calls for a spare in vain, since their bound was reached or the system
 *     granted no thread
 */
public record SchedulerStats(
        List<WorkerStats> workers,
        List<WorkerStats> spares,
        int waitingSubmissions,
        int parkedWorkers,
        int activeSpares,
        int activeWorkers,
        int waitingWorkers,
        int threads,
        long externalSubmissions,
        long refusedSpares) {

    /** Counts that a racing reading made negative become 0, and parts at most their whole. */
    public SchedulerStats {
        workers = List.copyOf(workers);
        spares = List.copyOf(spares);
        waitingSubmissions = Math.max(0, waitingSubmissions);
        parkedWorkers = Math.max(0, parkedWorkers);
        activeSpares = Math.max(0, activeSpares);
        activeWorkers = Math.max(0, activeWorkers);
        waitingWorkers = Math.min(Math.max(0, waitingWorkers), activeWorkers);
        threads = Math.max(0, threads);
        externalSubmissions = Math.max(0, externalSubmissions);
        refusedSpares = Math.max(0, refusedSpares);
    }

    static SchedulerStats of(Pool pool, int regularWorkers) {
        List<WorkerStats> regular = new ArrayList<>();
        List<WorkerStats> spares = new ArrayList<>();
        for (Worker worker : pool.workers()) {
            (worker.index < regularWorkers ? regular : spares).add(WorkerStats.of(worker));
        }
        return new SchedulerStats(
                regular,
                spares,
                pool.submissionsWaiting(),
                pool.idle.parked(),
                pool.activeSpares(),
                pool.busyWorkers(),
                pool.blocked.get(),
                pool.livingWorkers(),
                pool.submissions.added(),
                pool.refusedSpares());
    }

    /**
     * Tasks forked by all workers.
     *
     * @return the sum
     */
    public long forks() {
        return sum(WorkerStats::forks);
    }

    /**
     * Tasks that workers took back from their own deques.
     *
     * @return the sum
     */
    public long localPops() {
        return sum(WorkerStats::localPops);
    }

    /**
     * Times that a worker looked into another's deque for a task.
     *
     * @return the sum
     */
    public long stealAttempts() {
        return sum(WorkerStats::stealAttempts);
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
     * Tasks that workers ran from their loops.
     *
     * @return the sum
     */
    public long runs() {
        return sum(WorkerStats::runs);
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
     * Times that a worker made private tasks visible to thieves because somebody asked for work.
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

    /**
     * Times that a worker was woken because there was work.
     *
     * @return the sum
     */
    public long wakeUps() {
        return sum(WorkerStats::wakeUps);
    }

    /**
     * Submissions from outside and by tasks.
     *
     * @return the sum
     */
    public long submissions() {
        return externalSubmissions + sum(WorkerStats::submissions);
    }

    /**
     * Tasks that lie in the workers' deques now; waiting submissions are counted apart.
     *
     * @return the sum
     */
    public long queuedTasks() {
        return sum(WorkerStats::queuedTasks);
    }

    /**
     * Workers that run or look for work and do not wait in a join.
     *
     * @return the number
     */
    public int runningWorkers() {
        return activeWorkers - waitingWorkers;
    }

    /**
     * Time that all workers spent running tasks.
     *
     * @return the sum in nanoseconds
     */
    public long runNanos() {
        return sum(WorkerStats::runNanos);
    }

    /**
     * Time that all workers spent looking for work.
     *
     * @return the sum in nanoseconds
     */
    public long searchNanos() {
        return sum(WorkerStats::searchNanos);
    }

    /**
     * Time that all workers were asleep.
     *
     * @return the sum in nanoseconds
     */
    public long parkNanos() {
        return sum(WorkerStats::parkNanos);
    }

    private long sum(ToLongFunction<WorkerStats> part) {
        return Stream.concat(workers.stream(), spares.stream()).mapToLong(part).sum();
    }
}
