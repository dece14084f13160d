package dev.magpie.scheduler;

/**
 * What one worker counted; written by its thread with plain stores, read by anyone as an estimate.
 */
final class WorkerCounters {

    long submissionsPushed;
    long steals;
    long publications;
    long parks;
    long helps;
    long topLevelRuns;
    volatile int cpu = PinningPlan.UNBOUND;
}
