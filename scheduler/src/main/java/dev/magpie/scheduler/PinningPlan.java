package dev.magpie.scheduler;

import dev.magpie.scheduler.topology.CpuBinder;
import dev.magpie.scheduler.topology.PinnedCpus;
import dev.magpie.scheduler.topology.Topology;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;

/** Which CPU each worker of one scheduler is bound to, and why, or why none is. */
final class PinningPlan {

    /** In place of a CPU's number: the operating system places the worker. */
    static final int UNBOUND = -1;

    private final List<Integer> allowed;
    private final List<Integer> cpus;
    private final String decision;

    /** Whether the system has refused once: it is not asked, nor complained of, again. */
    private final AtomicBoolean isRefused = new AtomicBoolean();

    private PinningPlan(List<Integer> allowed, List<Integer> cpus, String decision) {
        this.allowed = allowed;
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
        List<Integer> cpus = PinnedCpus.take(topology.coresFirst(), workers);
        if (cpus.isEmpty()) {
            return declined("another pinned scheduler of this process holds the CPUs");
        }
        sizeSharedPools();
        return new PinningPlan(
                topology.coresFirst(), cpus, "workers 0.." + (workers - 1) + " on CPUs " + cpus);
    }

    /** No binding, for the given reason. */
    private static PinningPlan declined(String reason) {
        return new PinningPlan(List.of(), List.of(), "not pinned: " + reason);
    }

    /**
     * What is sized at first use would see one CPU from inside a pinned thread: have it sized now.
     */
    private static void sizeSharedPools() {
        int unused = ForkJoinPool.commonPool().getParallelism();
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
            Runnable nothing = () -> {};
            Object thread = builder.getMethod("unstarted", Runnable.class).invoke(virtual, nothing);
            assert thread != null;
        } catch (ReflectiveOperationException ex) {
            return; // before JDK 21: there are no virtual threads to schedule
        }
    }

    /**
     * Binds the calling thread to its worker's CPU. Returns the CPU, or {@link #UNBOUND} where none
     * was planned or the system refused.
     */
    int bind(int worker) {
        return cpus.isEmpty() || !bindTo(List.of(cpus.get(worker))) ? UNBOUND : cpus.get(worker);
    }

    /** Lets the calling thread run on all CPUs that the process may use. */
    void release() {
        if (!cpus.isEmpty()) {
            boolean unused = bindTo(allowed);
        }
    }

    private boolean bindTo(List<Integer> wanted) {
        if (isRefused.get()) {
            return false;
        }
        boolean isBound = CpuBinder.bind(wanted);
        if (!isBound && !isRefused.getAndSet(true)) {
            Log.LOG.log(
                    Level.WARNING,
                    "a worker could not be bound to CPU {0}; no more of this scheduler are bound",
                    wanted);
        }
        return isBound;
    }

    String decision() {
        return decision;
    }

    void giveBack() {
        PinnedCpus.giveBack(cpus);
    }
}
