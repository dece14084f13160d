package dev.magpie.benchmarks.coarse;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Tasks of known length, all forked by one worker, which computes a while itself before it joins.
 *
 * @param name for reports
 * @param taskMicros the tasks' lengths, in the order of forking
 * @param ownerMicros how long the owner computes before it joins
 */
@SuppressWarnings("ArrayRecordComponent") // never compared nor changed
public record Workload(String name, int[] taskMicros, int ownerMicros) {

    private static final double PARETO_ALPHA = 1.2;
    private static final int PARETO_MIN_MICROS = 250;
    private static final int PARETO_MAX_MICROS = 20_000;
    private static final long PARETO_SEED = 20_051;

    /**
     * The standard workloads.
     *
     * @param scale 1 for the full size, more for that much fewer tasks
     * @return even, Pareto, mixed and busy-owner
     */
    public static Workload[] standard(int scale) {
        return new Workload[] {
            even(200 / scale), pareto(200 / scale), mixed(40 / scale), busyOwner(60 / scale)
        };
    }

    private static Workload even(int count) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, 1_000);
        return new Workload(count + " x 1 ms", lengths, 0);
    }

    private static Workload pareto(int count) {
        SplittableRandom random = new SplittableRandom(PARETO_SEED);
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            double length = PARETO_MIN_MICROS / Math.pow(1 - random.nextDouble(), 1 / PARETO_ALPHA);
            lengths[i] = (int) Math.min(length, PARETO_MAX_MICROS);
        }
        return new Workload(
                String.format(Locale.ROOT, "%d of Pareto length, alpha %.1f", count, PARETO_ALPHA),
                lengths,
                0);
    }

    private static Workload mixed(int count) {
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = i % 2 == 0 ? 20_000 : 1_000;
        }
        return new Workload(count + " of 20 ms and 1 ms", lengths, 0);
    }

    private static Workload busyOwner(int count) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, 1_000);
        return new Workload(
                count + " x 1 ms, then the owner computes " + count / 2 + " ms",
                lengths,
                count * 500);
    }

    /** The sum of all lengths in microseconds. */
    public long totalMicros() {
        return ownerMicros + Arrays.stream(taskMicros).asLongStream().sum();
    }

    /**
     * The shortest makespan that any schedule may reach.
     *
     * @param workers how many compute
     * @return the lower bound in milliseconds: the even share, or the longest piece
     */
    public double idealMillis(int workers) {
        long longest = Math.max(ownerMicros, Arrays.stream(taskMicros).max().orElse(0));
        double micros = Math.max((double) totalMicros() / workers, (double) longest);
        return micros / TimeUnit.MILLISECONDS.toMicros(1);
    }

    /** Computes, by the clock, and returns how long. */
    static long spin(int micros) {
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return micros;
    }
}
