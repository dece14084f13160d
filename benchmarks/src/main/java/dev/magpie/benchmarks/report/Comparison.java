package dev.magpie.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;

/**
 * What moved from one result file to another: reports, or rows of the benchmarks ({@code --json}).
 *
 * <p>A figure has moved if its median changed by more than three per cent and chance is no
 * explanation: with five rounds or more on both sides a Mann-Whitney U test says so, at one per
 * cent for all figures together (Bonferroni), or for this one if no rounds overlap; with fewer
 * rounds, if no rounds overlap. A figure without spread never counts as moved. Immutable.
 */
final class Comparison {

    private static final double LEAST_CHANGE = 0.03;
    private static final double SIGNIFICANCE = 0.01;
    private static final int ROUNDS_FOR_TEST = 5;

    private final List<Change> moved;
    private final int compared;
    private final int unmatched;

    private Comparison(List<Change> moved, int compared, int unmatched) {
        this.moved = moved;
        this.compared = compared;
        this.unmatched = unmatched;
    }

    /** A figure in one file: its rounds, or least and greatest of them; less is better or not. */
    record Sample(double median, double[] rounds, double min, double max, boolean lessIsBetter) {

        static Sample of(double[] rounds) {
            double[] sorted = rounds.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            double median =
                    sorted.length % 2 == 1
                            ? sorted[middle]
                            : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Sample(median, rounds, sorted[0], sorted[sorted.length - 1], true);
        }
    }

    private record Change(String what, double factor, boolean better) {}

    /**
     * Compares two files.
     *
     * @param before the first
     * @param after the second
     * @return what moved
     * @throws IOException if a file cannot be read, or the files have nothing in common
     */
    static Comparison read(Path before, Path after) throws IOException {
        Map<String, Sample> old = samples(before);
        Map<String, Sample> recent = samples(after);
        List<String> common = old.keySet().stream().filter(recent::containsKey).toList();
        if (common.isEmpty()) {
            throw new IOException(before + " and " + after + " have no figure in common");
        }
        int unmatched = old.size() + recent.size() - 2 * common.size();
        return of(old, recent, common, unmatched);
    }

    static Comparison of(
            Map<String, Sample> old,
            Map<String, Sample> recent,
            List<String> common,
            int unmatched) {
        List<Change> moved = new ArrayList<>();
        for (String what : common) {
            Sample from = old.get(what);
            Sample to = recent.get(what);
            if (from == null || to == null) {
                continue;
            }
            double factor = to.median / from.median;
            if (Math.abs(factor - 1) > LEAST_CHANGE && isCertain(from, to, common.size())) {
                moved.add(new Change(what, factor, factor < 1 == from.lessIsBetter));
            }
        }
        moved.sort(
                Comparator.comparing(Change::better)
                        .thenComparing(change -> -Math.abs(Math.log(change.factor))));
        return new Comparison(moved, common.size(), unmatched);
    }

    private static boolean isCertain(Sample from, Sample to, int figures) {
        if (from.rounds.length >= ROUNDS_FOR_TEST && to.rounds.length >= ROUNDS_FOR_TEST) {
            double chance = new MannWhitneyUTest().mannWhitneyUTest(from.rounds, to.rounds);
            boolean apart = from.min > to.max || from.max < to.min;
            return chance < SIGNIFICANCE / figures || apart && chance < SIGNIFICANCE;
        }
        boolean spread = from.min < from.max && to.min < to.max; // a lone value proves nothing
        return spread && (from.min > to.max || from.max < to.min);
    }

    private static Map<String, Sample> samples(Path file) throws IOException {
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        Map<String, Sample> samples = new LinkedHashMap<>();
        if (json.has("results")) {
            addReport(samples, json.get("results"));
        } else if (json.has("rows")) {
            addRows(samples, json.get("rows"));
        } else {
            throw new IOException(file + " holds neither a report nor rows of a benchmark");
        }
        return samples;
    }

    private static void addReport(Map<String, Sample> samples, JsonNode results) {
        for (JsonNode curve : results.path("curves")) {
            String title = curve.path("title").asText();
            String baseline = title + ", " + curve.path("baseline").asText();
            samples.put(baseline, Sample.of(numbers(curve.path("baselineNanos"))));
            for (JsonNode line : curve.path("lines")) {
                for (JsonNode point : line.path("points")) {
                    String what =
                            title
                                    + ", "
                                    + line.path("framework").asText()
                                    + "@"
                                    + point.path("threads").asInt();
                    samples.put(what, Sample.of(numbers(point.path("nanos"))));
                }
            }
        }
        for (JsonNode cost : results.path("forkCosts")) {
            // of one JDK release in both files, whatever its update
            String release = cost.path("jdk").asText().split("[.+]", 2)[0];
            String what =
                    "fork cost, "
                            + cost.path("title").asText()
                            + ", JDK "
                            + release
                            + ", "
                            + cost.path("framework").asText();
            addFigure(samples, what, cost.path("nanosPerCall"), true);
        }
        for (JsonNode latency : results.path("latencies")) {
            String what =
                    latency.path("title").asText() + ", " + latency.path("framework").asText();
            addFigure(samples, what + ", median", latency.path("median"), true);
            addFigure(samples, what + ", p99", latency.path("tail"), true);
        }
        for (JsonNode idle : results.path("idle")) {
            String what = "CPU time, " + idle.path("framework").asText();
            addFigure(samples, what + ", trickle", idle.path("trickle"), true);
        }
    }

    private static void addRows(Map<String, Sample> samples, JsonNode rows) {
        for (JsonNode row : rows) {
            String what = row.path("what").asText();
            boolean more = row.path("unit").asText().equals("x") || what.contains("speedup");
            addFigure(samples, what, row.path("figure"), !more);
        }
    }

    private static void addFigure(
            Map<String, Sample> samples, String what, JsonNode figure, boolean lessIsBetter) {
        double median = figure.path("median").asDouble();
        if (figure.isObject() && median > 0) {
            double min = figure.path("min").asDouble();
            double max = figure.path("max").asDouble();
            samples.put(what, new Sample(median, new double[0], min, max, lessIsBetter));
        }
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers.length == 0 ? new double[] {Double.NaN} : numbers;
    }

    /** Whether a figure became worse. */
    boolean hasSlower() {
        return moved.stream().anyMatch(change -> !change.better);
    }

    /** For people: the figures that moved, the worst first. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Change change : moved) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-6s  %6.3f x  %s%n",
                            change.better ? "better" : "WORSE",
                            change.factor,
                            change.what));
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d of %d figures moved beyond noise; %d are in one file only%n",
                        moved.size(),
                        compared,
                        unmatched));
        return text.toString();
    }
}
