package dev.magpie.benchmarks.suite;

import dev.magpie.scheduler.Pinning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a benchmark is run.
 *
 * @param widths numbers of workers, ascending
 * @param pinning asked of Magpie's workers
 * @param size of the problems
 * @param only names of the contenders; empty for all
 * @param warmUps rounds that do not count; null for a sane number
 * @param rounds rounds that count; null for as many as the time allows
 */
public record Setting(
        List<Integer> widths,
        Pinning pinning,
        Size size,
        List<String> only,
        @Nullable Integer warmUps,
        @Nullable Integer rounds) {

    private static final int WARM_UPS = 3;
    private static final int LEAST_ROUNDS = 5;
    private static final int MOST_ROUNDS = 31;

    /** For the counted rounds of one case. */
    private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(20);

    int warmUpsOrDefault() {
        return warmUps == null ? WARM_UPS : warmUps;
    }

    /**
     * How many rounds count: as asked for, or as many as fit in the time, within bounds.
     *
     * @param roundNanos measures how long one takes
     */
    int roundsOrDefault(LongSupplier roundNanos) {
        if (rounds != null) {
            return rounds;
        }
        long affordable = BUDGET_NANOS / Math.max(1, roundNanos.getAsLong());
        return (int) Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, affordable));
    }

    List<Integer> widestFirst() {
        List<Integer> reversed = new ArrayList<>(widths);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Whether a contender takes part. */
    public boolean includes(String contender) {
        return only.isEmpty() || only.contains(contender);
    }
}
