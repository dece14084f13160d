package dev.magpie.benchmarks.harness;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.util.concurrent.ExecutorService;

/** Magpie. */
public final class MagpieEngine implements PoolEngine {

    private final Scheduler scheduler;
    private final String name;

    MagpieEngine(int workers, Pinning pinning) {
        name = "magpie@" + workers;
        scheduler =
                Scheduler.builder()
                        .workers(workers)
                        .name(name)
                        .pinning(pinning)
                        .daemon(true)
                        .build();
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public long solve(Problem problem) {
        return scheduler.invoke(problem.magpie());
    }

    @Override
    public long solveInside(Problem problem) {
        return problem.magpie().invoke();
    }

    /** The scheduler itself. */
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public int workers() {
        return scheduler.config().workers();
    }

    @Override
    public ExecutorService executor() {
        return scheduler;
    }

    @Override
    public String threadPrefix() {
        return name + "-worker-";
    }

    @Override
    public boolean isParked() {
        return scheduler.stats().parkedWorkers() == workers();
    }

    @Override
    public String describe() {
        return scheduler.config().pinningDecision();
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
