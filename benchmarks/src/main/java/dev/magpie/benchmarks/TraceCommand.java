package dev.magpie.benchmarks;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trace}: what a fork costs while a timeline is recorded, and while none is. */
@Command(
        name = "trace",
        description =
                "Fibonacci without a cut-off on the same workers, with a timeline recorded and"
                        + " without.")
final class TraceCommand extends BenchmarkCommand {

    private static final int MAX_NUMBER = 60;

    @Option(names = "--n", defaultValue = "36", description = "which Fibonacci number")
    private int number;

    @Option(
            names = "--workers",
            defaultValue = "1,2",
            split = ",",
            description = "widths, such as 1,2")
    private List<Integer> workers = List.of();

    @Override
    List<Row> measure() {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException(
                    "--n must be between 0 and " + MAX_NUMBER + ", was " + number);
        }
        String name = "fib(" + number + ")";
        FibProblem problem = new FibProblem(number);
        List<Row> rows = new ArrayList<>();
        for (int width : workers) {
            try (Engines engines = start(List.of(Framework.MAGPIE), List.of(width))) {
                MagpieEngine engine = (MagpieEngine) engines.stream().findFirst().orElseThrow();
                Timings timings =
                        new Race(List.of(Contestant.of(engine, problem), traced(engine, problem)))
                                .run(warmUps(3), rounds(11));
                rows.addAll(times(name, timings, "ns a call", problem.calls()));
                rows.add(ratio(name, timings, labelOfTraced(engine), engine.label()));
            }
        }
        return rows;
    }

    private static String labelOfTraced(MagpieEngine engine) {
        return engine.label() + " traced";
    }

    /** Starts and stops its timeline outside the measured time. */
    private static Contestant traced(MagpieEngine engine, Problem problem) {
        AtomicReference<Timeline> timeline = new AtomicReference<>();
        return new Contestant(
                labelOfTraced(engine),
                () -> timeline.set(engine.scheduler().trace()),
                () -> engine.solve(problem),
                answer -> {
                    Objects.requireNonNull(timeline.get()).stop();
                    WrongAnswerException.check(labelOfTraced(engine), problem.answer(), answer);
                });
    }
}
