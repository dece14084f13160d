package dev.magpie.benchmarks.report.result;

import java.util.List;

/**
 * What each worker did while a workload ran some rounds.
 *
 * @param title the workload
 * @param threads Magpie's width
 * @param rounds how many times it ran
 * @param workers one a worker
 * @param command measures it again
 */
public record WorkerSplit(
        String title, int threads, int rounds, List<WorkerTime> workers, String command) {}
