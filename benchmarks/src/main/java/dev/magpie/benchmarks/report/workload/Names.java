package dev.magpie.benchmarks.report.workload;

/** What rivals are called. */
final class Names {

    static final String FORK_JOIN = "ForkJoinPool";
    static final String FIXED = "fixed thread pool";
    static final String PARALLEL_SORT = "Arrays.parallelSort";

    private Names() {}
}
