package dev.magpie.scheduler;

/**
 * A scheduler in a management console. Registered on request, see {@link
 * SchedulerBuilder#jmx(boolean)}, as {@code dev.magpie:type=Scheduler,name=...}. The numbers are
 * those of {@link SchedulerStats}; arrays have one element a worker, by index, spares last.
 * Thread-safe.
 */
public interface SchedulerMXBean {

    /**
     * The scheduler's name, which several may share.
     *
     * @return the prefix of its threads' names
     */
    String getName();

    /**
     * The configuration, what was decided, and what goes on, in words.
     *
     * @return one line
     */
    String getDescription();

    /**
     * Number of workers, without spares.
     *
     * @return at least 1
     */
    int getParallelism();

    /**
     * Worker threads that have not ended, spares included.
     *
     * @return the number
     */
    int getThreads();

    /**
     * Workers that run or look for work, and those that wait in joins.
     *
     * @return the number
     */
    int getActiveWorkers();

    /**
     * Workers that wait in joins.
     *
     * @return the number
     */
    int getWaitingWorkers();

    /**
     * Workers asleep that a submission would wake.
     *
     * @return the number
     */
    int getParkedWorkers();

    /**
     * Spare workers at work.
     *
     * @return the number
     */
    int getActiveSpares();

    /**
     * Submissions that no worker has taken yet.
     *
     * @return the number
     */
    int getWaitingSubmissions();

    /**
     * Tasks in the workers' deques.
     *
     * @return the number
     */
    long getQueuedTasks();

    /**
     * Submissions so far.
     *
     * @return the number
     */
    long getSubmissions();

    /**
     * Tasks that workers ran from their loops.
     *
     * @return the number
     */
    long getRuns();

    /**
     * Tasks that tasks forked.
     *
     * @return the number
     */
    long getForks();

    /**
     * Tasks that workers took back from their own deques.
     *
     * @return the number
     */
    long getLocalPops();

    /**
     * Times that a worker looked into another's deque for a task.
     *
     * @return the number
     */
    long getStealAttempts();

    /**
     * Tasks taken by one worker from another.
     *
     * @return the number
     */
    long getSteals();

    /**
     * Tasks that workers ran while a join of theirs waited for another.
     *
     * @return the number
     */
    long getHelps();

    /**
     * Times that a worker made private tasks visible to thieves.
     *
     * @return the number
     */
    long getPublications();

    /**
     * Times that a worker went to sleep.
     *
     * @return the number
     */
    long getParks();

    /**
     * Times that a worker was woken because there was work.
     *
     * @return the number
     */
    long getWakeUps();

    /**
     * Time that each worker spent running tasks.
     *
     * @return nanoseconds
     */
    long[] getWorkerRunNanos();

    /**
     * Time that each worker spent looking for work.
     *
     * @return nanoseconds
     */
    long[] getWorkerSearchNanos();

    /**
     * Time that each worker was asleep.
     *
     * @return nanoseconds
     */
    long[] getWorkerParkNanos();

    /**
     * Tasks in each worker's deque.
     *
     * @return the numbers
     */
    int[] getWorkerQueuedTasks();
}
