package dev.magpie.scheduler;

/**
 * What one worker counted; written by its thread with plain stores, read by anyone as an estimate.
 */
final class WorkerCounters {

    long submissionsPushed;
    long submissions;
    long stealAttempts;
    long steals;

    /** Tasks that the owner took from its own deque as a thief does. */
    long ownTakes;

    long publications;
    long parks;
    long wakeUps;
    long helps;
    long topLevelRuns;
    volatile int cpu = PinningPlan.UNBOUND;
}
