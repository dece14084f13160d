package dev.magpie.scheduler;

/**
 * What one worker did since it started, and what lies before it. Immutable.
 *
 * <p>Numbers that are read while the worker goes on are estimates: each is right about a moment,
 * but not all about the same. None is negative.
 *
 * @param index the worker's index
 * @param forks tasks that its tasks forked
 * @param steals tasks that it took from others
 * @param publications times that it made private tasks visible because somebody asked for work
 * @param runs tasks that it ran from its loop: submissions, stolen tasks and leftovers
 * @param helps tasks that it ran while a join waited
 * @param parks times that it went to sleep
 * @param cpu the CPU that it is bound to, or -1 if the operating system places it
 * @param localPops tasks that it took back from its own deque, in a join or in its loop
 * @param stealAttempts times that it looked into another's deque for a task, {@code steals} of them
 *     with success
 * @param wakeUps times that it was woken because there was work; a wait that ends since its task is
 *     done is none
 * @param submissions submissions that its tasks made to its own scheduler
 * @param queuedTasks tasks that lie in its deque now
 * @param publicTasks those of them that thieves see
 * @param runNanos time spent running tasks, in nanoseconds: all that is neither of the next two
 * @param searchNanos time spent looking for work, in its loop and in joins that wait, in
 *     nanoseconds
 * @param parkNanos time asleep, for want of work and in joins that wait, in nanoseconds
 */
public record WorkerStats(
        int index,
        long forks,
        long steals,
        long publications,
        long runs,
        long helps,
        long parks,
        int cpu,
        long localPops,
        long stealAttempts,
        long wakeUps,
        long submissions,
        int queuedTasks,
        int publicTasks,
        long runNanos,
        long searchNanos,
        long parkNanos) {

    /** Counts that a racing reading made negative become 0, and parts at most their whole. */
    public WorkerStats {
        forks = Math.max(0, forks);
        steals = Math.max(0, steals);
        publications = Math.max(0, publications);
        runs = Math.max(0, runs);
        helps = Math.max(0, helps);
        parks = Math.max(0, parks);
        localPops = Math.max(0, localPops);
        stealAttempts = Math.max(steals, stealAttempts);
        wakeUps = Math.max(0, wakeUps);
        submissions = Math.max(0, submissions);
        publicTasks = Math.max(0, publicTasks);
        queuedTasks = Math.max(publicTasks, queuedTasks);
        runNanos = Math.max(0, runNanos);
        searchNanos = Math.max(0, searchNanos);
        parkNanos = Math.max(0, parkNanos);
    }

    /** Plain reads of what the worker's thread writes: estimates. */
    static WorkerStats of(Worker worker) {
        WorkerCounters counters = worker.counters;
        long pushes = worker.deque.pushes();
        int queued = worker.deque.estimatedSize();
        long takenByOthers = worker.deque.takes() - counters.ownTakes;
        return new WorkerStats(
                worker.index,
                pushes - counters.submissionsPushed,
                counters.steals,
                counters.publications,
                counters.topLevelRuns,
                counters.helps,
                counters.parks,
                counters.cpu,
                pushes - takenByOthers - queued, // so that a fast pop counts nothing
                counters.stealAttempts,
                counters.wakeUps,
                counters.submissions,
                queued,
                worker.deque.publicSize(),
                worker.probe.nanos(StateClock.RUNNING),
                worker.probe.nanos(StateClock.SEARCHING),
                worker.probe.nanos(StateClock.PARKED));
    }
}
