package dev.magpie.benchmarks.suite;

import dev.magpie.benchmarks.harness.ExecutorEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Runnables that only count, executed by threads outside of the pool. Stateless. */
final class SubmitCases {

    private static final int[] PRODUCERS = {1, 2, 8};
    private static final long POLL_NANOS = 20_000;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private SubmitCases() {}

    static List<Case> all(Size size) {
        List<Case> cases = new ArrayList<>();
        for (int producers : PRODUCERS) {
            int share = size.pick(800, 400_000) / producers;
            int tasks = share * producers;
            String title =
                    String.format(
                            Locale.ROOT,
                            "%,d tasks executed by %d %s",
                            tasks,
                            producers,
                            producers == 1 ? "producer" : "producers");
            List<Contender> contenders =
                    Solvers.executors(engine -> trial(engine, producers, share));
            cases.add(Case.each(title, "a task", tasks, contenders).called("" + producers));
        }
        return cases;
    }

    /** From the first submission to the end of the last task; the answer is how many ran. */
    private static Trial trial(ExecutorEngine engine, int producers, int share) {
        ExecutorService outside = Threads.start(producers);
        LongAdder ran = new LongAdder();
        Runnable task = ran::increment;
        Callable<Long> producer =
                () -> {
                    for (int i = 0; i < share; i++) {
                        engine.executor().execute(task);
                    }
                    return (long) share;
                };
        List<Callable<Long>> all = Collections.nCopies(producers, producer);
        long tasks = (long) share * producers;
        return Trial.of(
                        engine.label(),
                        tasks,
                        () -> {
                            await(ran, ForkJoinCases.sum(outside, all));
                            return ran.sum();
                        },
                        outside::shutdownNow)
                .preparedBy(ran::reset);
    }

    private static void await(LongAdder ran, long tasks) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (ran.sum() < tasks && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
