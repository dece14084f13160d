package dev.magpie.benchmarks.fit;

/**
 * Gunther's Universal Scalability Law: speedup(n) = single n / (1 + serial (n - 1) + crosstalk n (n
 * - 1)). Without crosstalk it is Amdahl's law. Immutable.
 *
 * @param single the speedup of one worker over the baseline
 * @param serial the share of the work that does not run in parallel, 0 to 1 (sigma)
 * @param crosstalk what each worker costs each other one (kappa), at least 0
 */
public record ScalingLaw(double single, double serial, double crosstalk) {

    /**
     * The speedup it predicts.
     *
     * @param workers at least 1
     * @return over the baseline
     */
    public double speedup(double workers) {
        return single
                * workers
                / (1 + serial * (workers - 1) + crosstalk * workers * (workers - 1));
    }

    /** The speedup that no number of workers exceeds; infinite if nothing is serial. */
    public double limit() {
        if (crosstalk > 0) {
            return speedup(peak());
        }
        return serial > 0 ? single / serial : Double.POSITIVE_INFINITY;
    }

    /** The number of workers beyond which more make it slower; infinite without crosstalk. */
    public double peak() {
        return crosstalk > 0
                ? Math.max(1, Math.sqrt((1 - serial) / crosstalk))
                : Double.POSITIVE_INFINITY;
    }
}
