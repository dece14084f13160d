package dev.magpie.scheduler;

import org.jetbrains.lincheck.datastructures.StressOptions;

/** Lincheck's stress runs: what all of them have in common. */
public final class StressRuns {

    private static final int MOST_THREADS = 3;

    private StressRuns() {}

    /**
     * Options with as many threads as can run at once, two at least. Lincheck's threads wait for
     * each other by yielding before each run: with more of them than processors, on a machine with
     * other work, one run was seen to take 16 ms instead of 0.1.
     */
    public static StressOptions options() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new StressOptions().threads(Math.max(2, Math.min(MOST_THREADS, processors)));
    }
}
