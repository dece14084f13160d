package dev.magpie.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Latencies of one contestant, in blocks, so that the spread between blocks shows. */
public final class Latencies {

    private static final double MICRO = TimeUnit.MICROSECONDS.toNanos(1);
    private static final int DIGITS = 3;
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final List<Histogram> blocks = new ArrayList<>();
    private final Histogram all = new Histogram(MAX_NANOS, DIGITS);

    /** Starts a block; the first call does so before anything is recorded. */
    public void startBlock() {
        blocks.add(new Histogram(MAX_NANOS, DIGITS));
    }

    /**
     * Records a latency in the current block.
     *
     * @param nanos from submit to run
     */
    public void record(long nanos) {
        long recorded = Math.min(Math.max(nanos, 0), MAX_NANOS);
        blocks.get(blocks.size() - 1).recordValue(recorded);
        all.recordValue(recorded);
    }

    /** Number of latencies recorded. */
    public long count() {
        return all.getTotalCount();
    }

    /**
     * A percentile.
     *
     * @param percentile 0 to 100
     * @return over everything, with the smallest and the largest of the blocks, in microseconds
     */
    public Figure micros(double percentile) {
        Figure spread = Figure.of(ofBlocks(percentile));
        double overall = all.getValueAtPercentile(percentile) / MICRO;
        return new Figure(
                overall, Math.min(overall, spread.min()), Math.max(overall, spread.max()));
    }

    /**
     * The whole distribution.
     *
     * @param ticksPerHalf points for each halving of the distance to 100 %, at least 1
     * @return pairs of percentile and microseconds, ascending
     */
    public List<double[]> distribution(int ticksPerHalf) {
        List<double[]> points = new ArrayList<>();
        for (HistogramIterationValue value : all.percentiles(ticksPerHalf)) {
            double micros = value.getValueIteratedTo() / MICRO;
            points.add(new double[] {value.getPercentileLevelIteratedTo(), micros});
        }
        return points;
    }

    /**
     * A percentile divided by a rival's, block by block.
     *
     * @param rival with as many blocks
     * @param percentile 0 to 100
     * @return the median of the ratios
     */
    public Figure ratio(Latencies rival, double percentile) {
        return Figure.ratio(ofBlocks(percentile), rival.ofBlocks(percentile));
    }

    private double[] ofBlocks(double percentile) {
        return blocks.stream()
                .mapToDouble(block -> block.getValueAtPercentile(percentile) / MICRO)
                .toArray();
    }
}
