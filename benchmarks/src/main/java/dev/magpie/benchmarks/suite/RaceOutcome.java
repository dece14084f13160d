package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.report.result.Curve;
import dev.magpie.benchmarks.report.result.Line;
import dev.magpie.benchmarks.report.result.Point;
import dev.magpie.benchmarks.report.result.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The times of a {@link Case}: each contender's, and the reference's divided by it. */
final class RaceOutcome implements Outcome {

    private static final int CPUS = Runtime.getRuntime().availableProcessors();
    private static final String NOTHING = "-";

    private final Case problem;
    private final List<Entrant> entrants;
    private final Timings timings;

    RaceOutcome(Case problem, List<Entrant> entrants, Timings timings) {
        this.problem = problem;
        this.entrants = List.copyOf(entrants);
        this.timings = timings;
    }

    @Override
    public String table() {
        boolean based = timings.labels().contains(Contender.SEQUENTIAL);
        List<String> heads = new ArrayList<>();
        heads.add(problem.title());
        heads.add(problem.unit());
        heads.add("time of " + entrants.get(0).contender().name() + " / its");
        if (based) {
            heads.add("speedup");
        }
        Table table = new Table(heads);
        for (Entrant entrant : entrants) {
            List<String> cells = new ArrayList<>();
            cells.add(entrant.label());
            cells.add(time(entrant).toString());
            String reference = reference(entrant);
            cells.add(
                    reference.equals(entrant.label())
                            ? NOTHING
                            : timings.ratio(reference, entrant.label()).toString());
            if (based) {
                cells.add(
                        entrant.label().equals(Contender.SEQUENTIAL)
                                ? NOTHING
                                : speedup(entrant).toString());
            }
            table.add(cells);
        }
        return table.toString();
    }

    private Figure time(Entrant entrant) {
        return timings.time(entrant.label(), problem.unitNanos());
    }

    private Figure speedup(Entrant entrant) {
        return timings.ratio(Contender.SEQUENTIAL, entrant.label());
    }

    /** The reference of the same width; where there is none, its widest, or narrowest. */
    private String reference(Entrant entrant) {
        Contender first = entrants.get(0).contender();
        String same = first.label(entrant.width());
        if (timings.labels().contains(same)) {
            return same;
        }
        boolean narrow = entrant.label().equals(Contender.SEQUENTIAL);
        List<Entrant> all = entrants.stream().filter(e -> e.contender() == first).toList();
        return all.get(narrow ? 0 : all.size() - 1).label();
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Entrant entrant : entrants) {
            rows.add(
                    Row.of(
                            problem.title() + ", " + entrant.label(),
                            problem.unit(),
                            time(entrant)));
        }
        for (Entrant entrant : entrants) {
            String reference = reference(entrant);
            if (entrant.contender() != entrants.get(0).contender()) {
                rows.add(
                        Row.of(
                                problem.title()
                                        + ", time of "
                                        + reference
                                        + " / "
                                        + entrant.label(),
                                "",
                                timings.ratio(reference, entrant.label())));
            }
        }
        if (timings.labels().contains(Contender.SEQUENTIAL)) {
            for (Entrant entrant : entrants) {
                if (!entrant.label().equals(Contender.SEQUENTIAL)) {
                    rows.add(
                            Row.of(
                                    problem.title() + ", speedup of " + entrant.label(),
                                    "x",
                                    speedup(entrant)));
                }
            }
        }
        return rows;
    }

    @Override
    public Results results(String command) {
        String last = entrants.get(entrants.size() - 1).label();
        boolean based = timings.labels().contains(Contender.SEQUENTIAL);
        String baseline = based ? Contender.SEQUENTIAL : last;
        double[] baselineNanos = timings.nanos(baseline);
        Map<String, List<Point>> points = new LinkedHashMap<>();
        for (Entrant entrant : entrants) {
            if (!entrant.label().equals(baseline)) {
                double[] nanos = timings.nanos(entrant.label());
                int width = entrant.contender().hasWidth() ? entrant.width() : CPUS;
                points.computeIfAbsent(entrant.contender().name(), name -> new ArrayList<>())
                        .add(Point.of(width, CPUS, nanos, baselineNanos));
            }
        }
        List<Line> lines = new ArrayList<>();
        points.forEach((name, list) -> lines.add(new Line(name, list)));
        Curve curve =
                new Curve(
                        problem.key(),
                        problem.title(),
                        command,
                        baseline,
                        baselineNanos,
                        Point.millis(baselineNanos),
                        lines,
                        List.of(),
                        Map.of());
        return Results.of(curve, List.of());
    }
}
