package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Machine;
import dev.magpie.benchmarks.harness.Report;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.scheduler.Pinning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all benchmarks share: options, the machine's description, the report. */
@Command(mixinStandardHelpOptions = true)
abstract class BenchmarkCommand implements Callable<Integer> {

    private static final int MAX_ROUNDS = 100_000;

    @Option(names = "--rounds", description = "measured rounds")
    private @Nullable Integer rounds;

    @Option(names = "--warmups", description = "rounds before those that count")
    private @Nullable Integer warmUps;

    @Option(
            names = "--pinning",
            defaultValue = "PER_CORE",
            description = "of Magpie's workers: per-core or none")
    private Pinning pinning = Pinning.PER_CORE;

    @Option(names = "--json", description = "file for the rows as JSON")
    private @Nullable Path json;

    /** Runs the benchmark. */
    abstract List<Row> measure();

    @Override
    public Integer call() {
        Map<String, String> machine = Machine.describe();
        machine.forEach((property, value) -> System.out.println(property + ": " + value));
        System.out.println();
        Report report = new Report(machine, measure());
        System.out.println(table(report));
        if (json != null) {
            write(report, json);
        }
        return report.rows().stream().anyMatch(Row::hasFailed) ? 1 : 0;
    }

    /** What is printed at the end. */
    String table(Report report) {
        return report.table();
    }

    /** Writes the file that was asked for. */
    void write(Report report, Path file) {
        report.write(file);
    }

    /** The file that was asked for. */
    final @Nullable Path jsonFile() {
        return json;
    }

    final @Nullable Integer roundsIfGiven() {
        return rounds == null ? null : rounds(rounds);
    }

    final @Nullable Integer warmUpsIfGiven() {
        return warmUps == null ? null : warmUps(warmUps);
    }

    final int rounds(int fallback) {
        return atLeast("--rounds", 1, rounds == null ? fallback : rounds);
    }

    final int warmUps(int fallback) {
        return atLeast("--warmups", 0, warmUps == null ? fallback : warmUps);
    }

    static int atLeast(String option, int least, int value) {
        if (value < least || value > MAX_ROUNDS) {
            throw new IllegalArgumentException(
                    option + " must be between " + least + " and " + MAX_ROUNDS + ", was " + value);
        }
        return value;
    }

    final Pinning pinning() {
        return pinning;
    }

    /** Starts engines and prints what they say of themselves. */
    final Engines start(List<Framework> frameworks, List<Integer> widths) {
        Engines engines = new Engines(frameworks, widths, pinning);
        engines.stream().forEach(BenchmarkCommand::introduce);
        System.out.println();
        return engines;
    }

    static void introduce(Engine engine) {
        System.out.println(engine.label() + ": " + engine.describe());
    }

    /** A row for each contestant's time. */
    static List<Row> times(String problem, Timings timings, String unit, double unitNanos) {
        List<Row> rows = new ArrayList<>();
        for (String label : timings.labels()) {
            rows.add(Row.of(problem + ", " + label, unit, timings.time(label, unitNanos)));
        }
        return rows;
    }

    /** A row that says how one contestant's time relates to another's. */
    static Row ratio(String problem, Timings timings, String numerator, String denominator) {
        Figure figure = timings.ratio(numerator, denominator);
        return Row.of(problem + ", time of " + numerator + " / " + denominator, "", figure);
    }

    /** Magpie's speed-up over itself with one worker, and its rivals' over themselves. */
    static List<Row> selfSpeedups(
            String problem, Timings timings, List<Integer> widths, double required) {
        List<Row> rows = new ArrayList<>();
        for (Framework framework : Framework.values()) {
            String name = framework.name().toLowerCase(java.util.Locale.ROOT);
            for (int width : widths) {
                String one = name + "@1";
                String many = name + "@" + width;
                if (width == 1 || !timings.labels().containsAll(List.of(one, many))) {
                    continue;
                }
                Row row =
                        Row.of(
                                problem + ", self-speedup of " + many,
                                "x",
                                timings.ratio(one, many));
                boolean judged = framework == Framework.MAGPIE && width == 2;
                rows.add(judged ? row.atLeast(required) : row);
            }
        }
        return rows;
    }
}
