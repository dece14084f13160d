package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.ForkJoinEngine;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.benchmarks.loops.ForEachLoop;
import dev.magpie.benchmarks.loops.LoopProblem;
import dev.magpie.benchmarks.loops.ReduceLoop;
import dev.magpie.benchmarks.loops.ScanLoop;
import dev.magpie.scheduler.Parallel;
import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallel}: loops of all lengths, on Magpie and by the JDK. */
@Command(
        name = "parallel",
        description = {
            "Reduce, forEach and scan with next to no work an element: Magpie's Parallel, parallel",
            "streams and Arrays.parallelPrefix in a ForkJoinPool of the same width, a plain loop.",
            "Called by a thread that is no worker, and (inside) by a worker."
        })
final class ParallelCommand extends BenchmarkCommand {

    private static final int MAX_SIZE = 100_000_000;
    private static final long SEED = 42;
    private static final double MICRO = 1e3;
    private static final String LOOP = "loop";
    private static final String INSIDE = " inside";

    /** Of a short loop in a worker: the price of the question whether to split it. */
    private static final double SMALL_BOUND = 3;

    private static final int SMALL = 1_000;

    /** For one round of the rival. */
    private static final long DEADLINE_SECONDS = 10;

    private static final int ATTEMPTS = 3;

    @Option(
            names = "--size",
            defaultValue = "1000,100000,10000000",
            split = ",",
            description = "elements")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--loop",
            defaultValue = "reduce,forEach,scan",
            split = ",",
            description = "which: reduce, forEach, scan")
    private List<String> loops = List.of();

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    @Option(
            names = "--elements",
            defaultValue = "4000000",
            description = "elements a round: short loops are repeated")
    private int elements;

    @Override
    List<Row> measure() {
        for (int size : sizes) {
            if (size < 1 || size > MAX_SIZE) {
                throw new IllegalArgumentException(
                        "--size must be between 1 and " + MAX_SIZE + ", was " + size);
            }
        }
        // Before the common pool exists: parallelPrefix cuts by its width, whatever pool it runs
        // in.
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "" + workers);
        List<Row> rows = new ArrayList<>();
        for (int size : sizes) {
            for (String loop : loops) {
                rows.addAll(measure(problem(loop, size), size));
            }
        }
        return rows;
    }

    /** Pools of its own for each loop: one that hangs is not met by the next. */
    private List<Row> measure(LoopProblem problem, int size) {
        List<Row> hangs = new ArrayList<>();
        while (hangs.size() < ATTEMPTS) {
            try (Engines engines =
                    start(List.of(Framework.MAGPIE, Framework.FORKJOIN), List.of(workers))) {
                List<Row> rows = measure(problem, size, engines);
                rows.addAll(hangs);
                return rows;
            } catch (HungException ex) {
                hangs.add(Row.outcome(name(problem, size) + ", " + ex.getMessage(), "hung"));
            }
        }
        return hangs;
    }

    private static LoopProblem problem(String name, int size) {
        return switch (name) {
            case "reduce" -> new ReduceLoop(size, SEED);
            case "forEach" -> new ForEachLoop(size, SEED);
            case "scan" -> new ScanLoop(size, SEED);
            default ->
                    throw new IllegalArgumentException(
                            "--loop must be reduce, forEach or scan, was '" + name + "'");
        };
    }

    private List<Row> measure(LoopProblem problem, int size, Engines engines) {
        int passes = Math.max(1, elements / size);
        Passes run = new Passes(problem, passes);
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(run.contestant(LOOP, () -> run.repeat(problem::sequential)));
        for (Engine engine : engines.stream().toList()) {
            if (engine instanceof MagpieEngine magpie) {
                addMagpie(contestants, run, magpie.scheduler());
            } else {
                addRival(contestants, run, ((ForkJoinEngine) engine).pool());
            }
        }
        Timings timings = new Race(contestants).run(warmUps(10), rounds(25));
        return rows(problem, size, passes, timings);
    }

    private void addMagpie(List<Contestant> contestants, Passes run, Scheduler scheduler) {
        Parallel parallel = Parallel.on(scheduler);
        LongSupplier pass = () -> run.problem.magpie(parallel);
        contestants.add(run.contestant(mine(), () -> run.repeat(pass)));
        contestants.add(
                run.contestant(
                        mine() + INSIDE, () -> scheduler.submit(() -> run.repeat(pass)).join()));
    }

    private void addRival(List<Contestant> contestants, Passes run, ForkJoinPool pool) {
        String label = rival(run.problem);
        LongSupplier pass = run.problem::forkJoin;
        contestants.add(
                run.contestant(
                        label, () -> run.repeat(() -> await(label, pool.submit(pass::getAsLong)))));
        contestants.add(
                run.contestant(
                        label + INSIDE,
                        () -> await(label + INSIDE, pool.submit(() -> run.repeat(pass)))));
    }

    private static long await(String label, Future<Long> rival) {
        try {
            return rival.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException ex) {
            throw new HungException(label, ex);
        } catch (InterruptedException | ExecutionException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static String name(LoopProblem problem, int size) {
        return problem.name() + " of " + size;
    }

    private String mine() {
        return "magpie@" + workers;
    }

    private String rival(LoopProblem problem) {
        return problem.rival() + "@" + workers;
    }

    private List<Row> rows(LoopProblem problem, int size, int passes, Timings timings) {
        String name = name(problem, size);
        String rival = rival(problem);
        List<Row> rows = new ArrayList<>(times(name, timings, "us", MICRO * passes));
        rows.add(ratio(name, timings, mine(), LOOP));
        Row inside = ratio(name, timings, mine() + INSIDE, LOOP);
        rows.add(size == SMALL ? inside.atMost(SMALL_BOUND) : inside);
        rows.add(ratio(name, timings, mine(), rival));
        rows.add(ratio(name, timings, mine() + INSIDE, rival + INSIDE));
        return rows;
    }

    /** A rival that does not return. */
    private static final class HungException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        HungException(String label, TimeoutException cause) {
            super(label, cause);
        }
    }

    /** Several passes of a loop as one measurement, since one may be too short for the clock. */
    private static final class Passes {

        private final LoopProblem problem;
        private final int count;
        private final long answer;

        Passes(LoopProblem problem, int count) {
            this.problem = problem;
            this.count = count;
            problem.reset();
            answer = repeat(problem::sequential) + problem.digest();
        }

        long repeat(LongSupplier pass) {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += pass.getAsLong();
            }
            return sum;
        }

        Contestant contestant(String label, LongSupplier timed) {
            return new Contestant(
                    label,
                    problem::reset,
                    timed,
                    sum ->
                            WrongAnswerException.check(
                                    problem.name() + " by " + label,
                                    answer,
                                    sum + problem.digest()));
        }
    }
}
