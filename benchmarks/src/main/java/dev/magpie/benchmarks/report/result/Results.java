package dev.magpie.benchmarks.report.result;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that was measured, by any number of parts.
 *
 * @param curves speedups
 * @param profiles work and span
 * @param forkCosts per-task cost
 * @param latencies of submissions
 * @param idle CPU time with nothing to do
 * @param splits per-worker time
 * @param noise the calibrated loop, throughout
 * @param failures parts that gave no figures
 */
public record Results(
        List<Curve> curves,
        List<Profile> profiles,
        List<ForkCost> forkCosts,
        List<Latency> latencies,
        List<IdleCpu> idle,
        List<WorkerSplit> splits,
        List<NoiseSample> noise,
        List<Failure> failures) {

    /** Nothing measured yet. */
    public static final Results NONE =
            new Results(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of());

    /**
     * A workload's.
     *
     * @param curve its speedups
     * @param profiles its work and span, if recorded
     * @return the results
     */
    public static Results of(Curve curve, List<Profile> profiles) {
        return new Results(
                List.of(curve),
                profiles,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /**
     * Per-task costs alone.
     *
     * @param costs the figures
     * @return the results
     */
    public static Results ofForkCosts(List<ForkCost> costs) {
        return new Results(
                List.of(), List.of(), costs, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Latencies alone.
     *
     * @param latencies the figures
     * @return the results
     */
    public static Results ofLatencies(List<Latency> latencies) {
        return new Results(
                List.of(), List.of(), List.of(), latencies, List.of(), List.of(), List.of(),
                List.of());
    }

    /**
     * Idle CPU times alone.
     *
     * @param idle the figures
     * @return the results
     */
    public static Results ofIdle(List<IdleCpu> idle) {
        return new Results(
                List.of(), List.of(), List.of(), List.of(), idle, List.of(), List.of(), List.of());
    }

    /**
     * Per-worker times alone.
     *
     * @param splits the figures
     * @return the results
     */
    public static Results ofSplits(List<WorkerSplit> splits) {
        return new Results(
                List.of(), List.of(), List.of(), List.of(), List.of(), splits, List.of(),
                List.of());
    }

    /**
     * A failure alone.
     *
     * @param failure which
     * @return the results
     */
    public static Results ofFailure(Failure failure) {
        return new Results(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(failure));
    }

    /**
     * These and samples of the noise.
     *
     * @param samples taken meanwhile
     * @return both
     */
    public Results withNoise(List<NoiseSample> samples) {
        return new Results(curves, profiles, forkCosts, latencies, idle, splits, samples, failures);
    }

    /**
     * These and others.
     *
     * @param other follows
     * @return both
     */
    public Results plus(Results other) {
        return new Results(
                both(curves, other.curves),
                both(profiles, other.profiles),
                both(forkCosts, other.forkCosts),
                both(latencies, other.latencies),
                both(idle, other.idle),
                both(splits, other.splits),
                both(noise, other.noise),
                both(failures, other.failures));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
