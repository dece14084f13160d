package dev.magpie.benchmarks.report.workload;

import java.util.concurrent.TimeUnit;

/** How much is measured. */
public enum Scale {
    /** To see that it works; its figures mean nothing. */
    TINY(1, 2, 3, 0, 1),
    /** Small sizes, few rounds. */
    QUICK(3, 3, 9, TimeUnit.SECONDS.toNanos(6), 3),
    /** Full sizes. */
    FULL(4, 7, 25, TimeUnit.SECONDS.toNanos(45), 5);

    private final int warmUps;
    private final int minRounds;
    private final int maxRounds;
    private final long budgetNanos;
    private final int seeds;

    Scale(int warmUps, int minRounds, int maxRounds, long budgetNanos, int seeds) {
        this.warmUps = warmUps;
        this.minRounds = minRounds;
        this.maxRounds = maxRounds;
        this.budgetNanos = budgetNanos;
        this.seeds = seeds;
    }

    /** Rounds that do not count. */
    public int warmUps() {
        return warmUps;
    }

    /** Seeds of each simulation. */
    public int seeds() {
        return seeds;
    }

    /**
     * How many rounds count.
     *
     * @param roundNanos how long one takes
     * @return as many as the time allows, within bounds
     */
    public int rounds(long roundNanos) {
        long affordable = budgetNanos / Math.max(1, roundNanos);
        return (int) Math.max(minRounds, Math.min(maxRounds, affordable));
    }

    /** One of three sizes. */
    int pick(int tiny, int quick, int full) {
        return switch (this) {
            case TINY -> tiny;
            case QUICK -> quick;
            case FULL -> full;
        };
    }
}
