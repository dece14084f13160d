package dev.magpie.scheduler;

import dev.magpie.scheduler.topology.CpuBinder;
import dev.magpie.scheduler.topology.PinnedCpus;
import dev.magpie.scheduler.topology.Topology;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/** Which CPU each worker of one scheduler is bound to, and why, or why none is. */
final class PinningPlan {

    private final List<Integer> cpus;
    private final String decision;

    private PinningPlan(List<Integer> cpus, String decision) {
        this.cpus = cpus;
        this.decision = decision;
    }

    /** Decides, and takes the CPUs; {@link #giveBack} must follow when the workers are gone. */
    static PinningPlan decide(Pinning wanted, int workers, Topology topology) {
        if (wanted == Pinning.NONE) {
            return declined("not asked for");
        }
        if (topology.allowed().isEmpty()) {
            return declined("the platform does not tell which CPUs are allowed");
        }
        int allowed = topology.allowed().get().size();
        if (allowed < workers) {
            return declined(workers + " workers, only " + allowed + " CPUs are allowed");
        }
        if (topology.available() < Math.min(workers, allowed)) {
            return declined(
                    workers
                            + " workers, a quota or flag grants only "
                            + topology.available()
                            + " CPUs");
        }
        List<Integer> cpus = topology.coresFirst().subList(0, workers);
        if (!PinnedCpus.take(cpus)) {
            return declined("another pinned scheduler of this process holds the CPUs");
        }
        sizeSharedPools();
        return new PinningPlan(cpus, "workers 0.." + (workers - 1) + " on CPUs " + cpus);
    }

    /** No binding, for the given reason. */
    private static PinningPlan declined(String reason) {
        return new PinningPlan(List.of(), "not pinned: " + reason);
    }

    /**
     * What is sized at first use would see one CPU from inside a pinned thread: have it sized now.
     */
    private static void sizeSharedPools() {
        int unused = ForkJoinPool.commonPool().getParallelism();
    }

    /**
     * Binds the calling thread to its worker's CPU. Returns whether that succeeded or was not
     * planned.
     */
    boolean bind(int worker) {
        return cpus.isEmpty() || CpuBinder.bind(cpus.get(worker));
    }

    boolean isPinned() {
        return !cpus.isEmpty();
    }

    String decision() {
        return decision;
    }

    void giveBack() {
        PinnedCpus.giveBack(cpus);
    }
}
