package dev.magpie.benchmarks.harness;

import org.jspecify.annotations.Nullable;

/**
 * A line of a report.
 *
 * @param what the thing measured
 * @param figure its value, or null for an outcome that is no number
 * @param outcome the outcome in words, empty where the figure says it all
 * @param unit of the figure
 * @param required what it must be, empty where nothing is required
 * @param verdict met, missed, failed or empty
 */
public record Row(
        String what,
        @Nullable Figure figure,
        String outcome,
        String unit,
        String required,
        String verdict) {

    private static final String FAILED = "failed";

    /**
     * A figure of which nothing is required.
     *
     * @param what the thing measured
     * @param unit of the figure
     * @param figure the value
     * @return the row
     */
    public static Row of(String what, String unit, Figure figure) {
        return new Row(what, figure, "", unit, "", "");
    }

    /**
     * An outcome in words.
     *
     * @param what the thing tried
     * @param outcome what came of it
     * @return the row
     */
    public static Row outcome(String what, String outcome) {
        return new Row(what, null, outcome, "", "", "");
    }

    /**
     * This row, with an upper bound of its median.
     *
     * @param bound inclusive
     * @return the row with a verdict
     */
    public Row atMost(double bound) {
        return judged("at most " + Figure.of(bound), figure != null && figure.median() <= bound);
    }

    /**
     * This row, with a lower bound of its median.
     *
     * @param bound inclusive
     * @return the row with a verdict
     */
    public Row atLeast(double bound) {
        return judged("at least " + Figure.of(bound), figure != null && figure.median() >= bound);
    }

    /**
     * This row, with a requirement in words.
     *
     * @param requirement what must be
     * @param met whether it is
     * @return the row with a verdict
     */
    public Row judged(String requirement, boolean met) {
        return new Row(what, figure, outcome, unit, requirement, met ? "met" : "missed");
    }

    /**
     * A benchmark that broke down.
     *
     * @param what the benchmark
     * @param reason why
     * @return the row
     */
    public static Row failed(String what, String reason) {
        return new Row(what, null, reason, "", "", FAILED);
    }

    /** Whether the benchmark broke down: neither met nor missed. */
    public boolean hasFailed() {
        return verdict.equals(FAILED);
    }

    /** Figure, unit and outcome, for people. */
    public String measured() {
        return figure == null ? outcome : (figure + " " + unit + " " + outcome).trim();
    }
}
