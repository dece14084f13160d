package dev.magpie.benchmarks;

import dev.magpie.benchmarks.harness.Contestant;
import dev.magpie.benchmarks.harness.Engines;
import dev.magpie.benchmarks.harness.Framework;
import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.benchmarks.harness.Race;
import dev.magpie.benchmarks.harness.Row;
import dev.magpie.benchmarks.harness.Timings;
import dev.magpie.benchmarks.harness.WrongAnswerException;
import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scope}: many tiny callables forked together and joined together. */
@Command(
        name = "scope",
        description = "Forks tiny callables in a scope, against pools, and virtual threads.")
final class ScopeCommand extends BenchmarkCommand {

    private static final int MAX_TASKS = 10_000_000;
    private static final String NAME = "scope";

    @Option(names = "--tasks", defaultValue = "1000000", description = "callables a round")
    private int tasks;

    @Option(names = "--workers", defaultValue = "2", description = "width")
    private int workers;

    private final LongAdder ran = new LongAdder();
    private final Callable<Integer> callable =
            () -> {
                ran.increment();
                return 1;
            };

    @Override
    List<Row> measure() {
        if (tasks < 1 || tasks > MAX_TASKS) {
            throw new IllegalArgumentException(
                    "--tasks must be between 1 and " + MAX_TASKS + ", was " + tasks);
        }
        ExecutorService fixed = Executors.newFixedThreadPool(workers);
        Optional<ExecutorService> virtual = virtualThreads();
        try (Engines engines = start(List.of(Framework.MAGPIE), List.of(workers))) {
            MagpieEngine magpie = (MagpieEngine) engines.stream().findFirst().orElseThrow();
            Scheduler scheduler = magpie.scheduler();
            String mine = magpie.label();
            String ours = mine + " by a worker";
            String invokeAll = "fixed pool@" + workers + " invokeAll";
            String submit = "fixed pool@" + workers + " submit";
            List<Contestant> contestants = new ArrayList<>();
            contestants.add(contestant(ours, () -> scheduler.submit(() -> fork(scheduler)).join()));
            contestants.add(contestant(mine + " from outside", () -> fork(scheduler)));
            contestants.add(contestant(invokeAll, () -> invokeAll(fixed)));
            contestants.add(contestant(submit, () -> submit(fixed)));
            virtual.ifPresent(
                    pool -> contestants.add(contestant("virtual threads", () -> submit(pool))));
            Timings timings = new Race(contestants).run(warmUps(3), rounds(9));
            List<Row> rows = new ArrayList<>(times(NAME, timings, "ns a task", tasks));
            contestants.stream()
                    .map(Contestant::label)
                    .filter(label -> !label.equals(ours))
                    .forEach(label -> rows.add(ratio(NAME, timings, ours, label)));
            return rows;
        } finally {
            fixed.shutdown();
            virtual.ifPresent(ExecutorService::shutdown);
        }
    }

    /** A thread for each task, where the JDK has them: 21 and later. */
    private static Optional<ExecutorService> virtualThreads() {
        try {
            return Optional.of(
                    (ExecutorService)
                            Executors.class
                                    .getMethod("newVirtualThreadPerTaskExecutor")
                                    .invoke(null));
        } catch (ReflectiveOperationException ex) {
            return Optional.empty();
        }
    }

    private Contestant contestant(String label, Callable<Long> body) {
        return new Contestant(
                label,
                ran::reset,
                () -> call(body),
                count -> WrongAnswerException.check(label, tasks, count));
    }

    private long call(Callable<Long> body) {
        try {
            WrongAnswerException.check("the sum of the results", tasks, body.call());
            return ran.sum();
        } catch (WrongAnswerException ex) {
            throw ex;
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The results are counted by the callables alone: a scope keeps no list. */
    @SuppressWarnings("FutureReturnValueIgnored") // the scope waits for it
    private long fork(Scheduler scheduler) throws InterruptedException {
        try (var scope = scheduler.openScope()) {
            for (int i = 0; i < tasks; i++) {
                scope.fork(callable);
            }
            scope.join();
        }
        return tasks;
    }

    private long invokeAll(ExecutorService pool) throws InterruptedException, ExecutionException {
        return sum(pool.invokeAll(Collections.nCopies(tasks, callable)));
    }

    private long submit(ExecutorService pool) throws InterruptedException, ExecutionException {
        List<Future<Integer>> futures = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            futures.add(pool.submit(callable));
        }
        return sum(futures);
    }

    private static long sum(List<Future<Integer>> futures)
            throws InterruptedException, ExecutionException {
        long sum = 0;
        for (Future<Integer> future : futures) {
            sum += future.get();
        }
        return sum;
    }
}
