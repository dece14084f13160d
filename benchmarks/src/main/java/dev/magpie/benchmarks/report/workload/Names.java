package dev.magpie.benchmarks.report.workload;

/** What rivals are called. */
public final class Names {

    /** {@link java.util.concurrent.ForkJoinPool}. */
    public static final String FORK_JOIN = "ForkJoinPool";

    /** A pool of threads with one queue. */
    public static final String FIXED = "fixed thread pool";

    static final String PARALLEL_SORT = "Arrays.parallelSort";

    private Names() {}
}
