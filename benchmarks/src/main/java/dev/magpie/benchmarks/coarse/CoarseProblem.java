package dev.magpie.benchmarks.coarse;

import dev.magpie.benchmarks.chaselev.ChaseLevTask;
import dev.magpie.benchmarks.harness.Problem;
import dev.magpie.scheduler.Task;
import java.util.concurrent.ForkJoinTask;

/** A {@link Workload}, whose answer is the sum of the lengths computed, in microseconds. */
public final class CoarseProblem implements Problem {

    private final Workload workload;

    /**
     * The problem of a workload.
     *
     * @param workload what to compute
     */
    public CoarseProblem(Workload workload) {
        this.workload = workload;
    }

    @Override
    public Task<Long> magpie() {
        return new MagpieCoarse(workload);
    }

    @Override
    public ForkJoinTask<Long> forkJoin() {
        return new ForkJoinCoarse(workload);
    }

    @Override
    public ChaseLevTask<Long> chaseLev() {
        return new ChaseLevCoarse(workload);
    }

    @Override
    public long sequential() {
        long total = Workload.spin(workload.ownerMicros());
        for (int micros : workload.taskMicros()) {
            total += Workload.spin(micros);
        }
        return total;
    }

    @Override
    public long answer() {
        return workload.totalMicros();
    }
}
