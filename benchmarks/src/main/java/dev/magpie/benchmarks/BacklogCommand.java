package dev.magpie.benchmarks;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backlog}: more submissions than workers, each of which forks. */
@Command(
        name = "backlog",
        description = "Many submissions at once, each a recursion that forks; until all are done.")
final class BacklogCommand extends BenchmarkCommand {

    private static final int MAX_SUBMISSIONS = 1_000_000;
    private static final int MAX_N = 40;

    @Option(names = "--n", defaultValue = "20", description = "each submission computes fib(n)")
    private int n;

    @Option(names = "--submissions", defaultValue = "3000", description = "how many a round")
    private int submissions;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Override
    List<Row> measure() {
        if (submissions < 1 || submissions > MAX_SUBMISSIONS) {
            throw new IllegalArgumentException(
                    "--submissions must be between 1 and "
                            + MAX_SUBMISSIONS
                            + ", was "
                            + submissions);
        }
        if (n < 1 || n > MAX_N) {
            throw new IllegalArgumentException("--n must be between 1 and " + MAX_N + ", was " + n);
        }
        try (Engines engines =
                start(List.of(Framework.MAGPIE, Framework.FORKJOIN), List.of(workers))) {
            List<Contestant> contestants =
                    engines.stream().map(engine -> contestant((PoolEngine) engine)).toList();
            Timings timings = new Race(contestants).run(warmUps(10), rounds(21));
            String name = "backlog of " + submissions + " fib(" + n + ")";
            List<Row> rows =
                    new ArrayList<>(times(name, timings, "us a submission", 1e3 * submissions));
            rows.add(ratio(name, timings, "magpie@" + workers, "forkjoin@" + workers));
            return rows;
        }
    }

    private Contestant contestant(PoolEngine engine) {
        FibProblem problem = new FibProblem(n);
        return new Contestant(
                engine.label(),
                () -> {},
                () -> submitAll(engine, problem),
                sum ->
                        WrongAnswerException.check(
                                engine.label(), submissions * problem.answer(), sum));
    }

    private long submitAll(PoolEngine engine, FibProblem problem) {
        List<Future<Long>> all = new ArrayList<>(submissions);
        for (int i = 0; i < submissions; i++) {
            all.add(engine.executor().submit(() -> engine.solveInside(problem)));
        }
        try {
            long sum = 0;
            for (Future<Long> one : all) {
                sum += one.get();
            }
            return sum;
        } catch (InterruptedException | ExecutionException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
