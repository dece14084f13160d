package dev.magpie.benchmarks.report.part;

import dev.magpie.benchmarks.harness.MagpieEngine;
import dev.magpie.benchmarks.report.workload.Pools;
import dev.magpie.scheduler.RecursiveAction;
import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The cost of a migration: from the fork of a task to its start by another worker. That worker
 * looks for work already, or is woken, whatever it happens to be.
 */
final class Migration {

    /** Where a steal cannot be measured: about Cilkview's 15,000 instructions. */
    static final double DEFAULT_NANOS = 5_000;

    private static final int SAMPLES = 400;
    private static final int LEAST_SAMPLES = 20;
    private static final long DEADLINE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Between two samples: some thieves have fallen asleep by then and some have not. */
    private static final long MAX_PAUSE_NANOS = 40_000;

    private Migration() {}

    /**
     * Measures it on a Magpie pool as wide as the machine, if there is one.
     *
     * @param pools who
     * @return the lower quartile in nanoseconds, as what disturbs it makes it longer; a default if
     *     no pool has two workers and CPUs
     */
    static double measure(Pools pools) {
        int widest = 0;
        for (int width : pools.magpie().keySet()) {
            widest = width <= Setting.cpus() ? width : widest;
        }
        MagpieEngine engine = pools.magpie().get(widest);
        return widest < 2 || engine == null ? DEFAULT_NANOS : measure(engine.scheduler());
    }

    private static double measure(Scheduler scheduler) {
        Sampling sampling = new Sampling();
        Object unused = scheduler.invoke(sampling);
        List<Long> nanos = sampling.nanos;
        if (nanos.size() < LEAST_SAMPLES) {
            return DEFAULT_NANOS;
        }
        nanos.sort(null);
        return Math.max(1, nanos.get(nanos.size() / 4));
    }

    /** Forks tasks and computes until one was stolen. */
    private static final class Sampling extends RecursiveAction {

        private final List<Long> nanos = new ArrayList<>();

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // fork returns this task
        protected void compute() {
            for (int i = 0; i < SAMPLES; i++) {
                spin(System.nanoTime() + i * MAX_PAUSE_NANOS / SAMPLES);
                Stamp stamp = new Stamp(Thread.currentThread());
                long start = System.nanoTime();
                stamp.fork();
                while (stamp.startedAt == 0 && System.nanoTime() - start < DEADLINE_NANOS) {
                    // another fork publishes what somebody has asked for since
                    Stamp other = new Stamp(Thread.currentThread());
                    other.fork();
                    other.join();
                }
                stamp.join();
                if (stamp.stolen) {
                    nanos.add(stamp.startedAt - start);
                }
            }
        }

        private static void spin(long until) {
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }
    }

    /** Takes the time when it starts. */
    private static final class Stamp extends RecursiveAction {

        private final transient Thread forker;
        private boolean stolen;
        private volatile long startedAt;

        Stamp(Thread forker) {
            this.forker = forker;
        }

        @Override
        protected void compute() {
            stolen = Thread.currentThread() != forker;
            startedAt = System.nanoTime();
        }
    }
}
