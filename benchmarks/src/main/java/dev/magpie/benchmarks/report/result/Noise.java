package dev.magpie.benchmarks.report.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much the machine was disturbed: each run of the calibrated loop, divided by the quickest run
 * by the same JDK.
 *
 * @param points in the order of time
 * @param median of the slowdowns
 * @param ninetieth 90th percentile of the slowdowns
 * @param worst the greatest slowdown
 * @param stolenPercent of the machine's CPU time went to other machines on the same host; -1 if it
 *     is not known
 */
public record Noise(
        List<SlowDown> points,
        double median,
        double ninetieth,
        double worst,
        double stolenPercent) {

    /**
     * A run of the loop.
     *
     * @param part during which part of the report
     * @param seconds since the first run
     * @param factor its time by that of the quickest
     */
    public record SlowDown(String part, double seconds, double factor) {}

    /**
     * The noise of a run.
     *
     * @param samples of all parts
     * @param stolenPercent of the machine's CPU time, -1 if not known
     * @return the noise; its numbers are 1 if there is no sample
     */
    public static Noise of(List<NoiseSample> samples, double stolenPercent) {
        Map<String, Double> quickest = new HashMap<>();
        for (NoiseSample sample : samples) {
            quickest.merge(sample.jdk(), sample.nanos(), Math::min);
        }
        long start = samples.stream().mapToLong(NoiseSample::epochMillis).min().orElse(0);
        List<SlowDown> points = new ArrayList<>();
        for (NoiseSample sample : samples) {
            points.add(
                    new SlowDown(
                            sample.part(),
                            (sample.epochMillis() - start) / 1000.0,
                            sample.nanos() / quickest.getOrDefault(sample.jdk(), sample.nanos())));
        }
        points.sort(Comparator.comparingDouble(SlowDown::seconds));
        double[] factors = points.stream().mapToDouble(SlowDown::factor).sorted().toArray();
        return new Noise(points, at(factors, 0.5), at(factors, 0.9), at(factors, 1), stolenPercent);
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? 1 : sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
