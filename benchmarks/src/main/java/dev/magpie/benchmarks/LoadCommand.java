package dev.magpie.benchmarks;

import dev.magpie.benchmarks.fib.FibProblem;
import dev.magpie.benchmarks.harness.Engine;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Figure;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.Latencies;
import dev.magpie.benchmarks.harness.PoolEngine;
import dev.magpie.benchmarks.harness.Probe;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load}: how long a submitted task waits while fork-join work keeps all workers busy. */
@Command(
        name = "load",
        description = {
            "From submit to run while every worker computes Fibonacci numbers without end, a task",
            "per call. A sample that did not run within a second is counted and recorded as one."
        })
final class LoadCommand extends BenchmarkCommand {

    private static final int FIB = 20;
    private static final long SAMPLE_DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long START_DEADLINE_SECONDS = 30;
    private static final double REQUIRED_MICROS = 5_000;

    @Option(names = "--seconds", defaultValue = "10", description = "for each pool")
    private int seconds;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    private volatile boolean stop;

    @Override
    List<Row> measure() {
        atLeast("--seconds", 1, seconds);
        List<Row> rows = new ArrayList<>();
        try (Engines engines =
                start(List.of(Framework.MAGPIE, Framework.FORKJOIN), List.of(workers))) {
            for (Engine engine : engines.stream().toList()) {
                rows.addAll(measure((PoolEngine) engine));
            }
        }
        return rows;
    }

    private List<Row> measure(PoolEngine pool) {
        stop = false;
        CountDownLatch started = new CountDownLatch(pool.workers());
        List<Future<?>> load = new ArrayList<>();
        for (int i = 0; i < pool.workers(); i++) {
            load.add(pool.executor().submit(() -> compute(pool, started)));
        }
        try {
            if (!started.await(START_DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(pool.label() + " did not start the load");
            }
            sampleSecond(pool, new Latencies()); // warm-up
            Latencies latencies = new Latencies();
            long late = 0;
            for (int i = 0; i < seconds; i++) {
                late += sampleSecond(pool, latencies);
            }
            return rows(pool, latencies, late);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        } finally {
            stop = true;
            load.forEach(LoadCommand::awaitEnd);
        }
    }

    private void compute(PoolEngine pool, CountDownLatch started) {
        FibProblem problem = new FibProblem(FIB);
        started.countDown();
        while (!stop) {
            WrongAnswerException.check(pool.label(), problem.answer(), pool.solveInside(problem));
        }
    }

    /** Samples in a block of its own; returns the number of samples that did not run in time. */
    private static long sampleSecond(PoolEngine pool, Latencies latencies) {
        latencies.startBlock();
        long late = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE_NANOS);
            long latency = Probe.measure(pool.executor(), SAMPLE_DEADLINE_NANOS);
            if (latency < 0) {
                late++;
            }
            latencies.record(latency < 0 ? SAMPLE_DEADLINE_NANOS : latency);
        }
        return late;
    }

    private static void awaitEnd(Future<?> task) {
        try {
            task.get(START_DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof WrongAnswerException wrong) {
                throw wrong;
            }
            throw new IllegalStateException("the load failed", ex);
        } catch (TimeoutException ex) {
            throw new IllegalStateException("the load did not end", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Row> rows(PoolEngine pool, Latencies latencies, long late) {
        String name = "submit to run under load, ";
        String who = ", " + pool.label();
        Row tail = Row.of(name + "p99" + who, "us", latencies.micros(99));
        boolean judged = pool.label().startsWith("magpie");
        return List.of(
                Row.of(name + "p50" + who, "us", latencies.micros(50)),
                judged ? tail.atMost(REQUIRED_MICROS) : tail,
                Row.of(name + "max" + who, "us", latencies.micros(100)),
                Row.of(
                        name + "later than 1 s" + who,
                        "of " + latencies.count() + " samples",
                        Figure.ofCount(late)));
    }
}
