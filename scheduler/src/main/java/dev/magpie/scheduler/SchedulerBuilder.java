package dev.magpie.scheduler;

import dev.magpie.scheduler.topology.Topology;
import java.lang.System.Logger.Level;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Scheduler}; everything is optional and validated at once. Not thread-safe. */
public final class SchedulerBuilder {

    /** The largest number of workers. */
    static final int MAX_WORKERS = 32_767;

    /** Deep recursion is what fork-join programs do: 20,000 levels fit with room to spare. */
    private static final long DEFAULT_STACK_SIZE = 256L << 20;

    private static final long MIN_STACK_SIZE = 256L << 10;

    private static final long MAX_STACK_SIZE = 1L << 30;

    private static final System.Logger LOG = System.getLogger("dev.magpie.scheduler");

    private final Topology topology = Topology.read();
    private int workers = topology.available();
    private String name = "magpie";
    private Pinning pinning = Pinning.PER_CORE;
    private long stackSize = DEFAULT_STACK_SIZE;
    private boolean daemon = true;
    private @Nullable UncaughtExceptionHandler handler;

    SchedulerBuilder() {}

    /**
     * Sets the number of workers; by default one per CPU that the process may use.
     *
     * @param count 1 to 32767
     * @return this builder
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    public SchedulerBuilder workers(int count) {
        if (count < 1 || count > MAX_WORKERS) {
            throw new IllegalArgumentException(
                    "workers must be between 1 and " + MAX_WORKERS + ", was " + count);
        }
        workers = count;
        return this;
    }

    /**
     * Sets the prefix of the worker threads' names: {@code name-worker-3}.
     *
     * @param prefix not blank
     * @return this builder
     * @throws IllegalArgumentException if {@code prefix} is blank
     */
    public SchedulerBuilder name(String prefix) {
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("name must not be blank, was '" + prefix + "'");
        }
        name = prefix;
        return this;
    }

    /**
     * Sets whether workers are bound to CPUs; {@link Pinning#PER_CORE} by default.
     *
     * @param wanted the wish; the scheduler declines where it is not safe
     * @return this builder
     */
    public SchedulerBuilder pinning(Pinning wanted) {
        pinning = Objects.requireNonNull(wanted, "pinning");
        return this;
    }

    /**
     * Sets the stack size of the worker threads; 256 MiB by default, of which only what a recursion
     * touches takes memory.
     *
     * @param bytes 262144 to 1073741824
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is out of range
     */
    public SchedulerBuilder stackSize(long bytes) {
        if (bytes < MIN_STACK_SIZE || bytes > MAX_STACK_SIZE) {
            throw new IllegalArgumentException(
                    "stackSize must be between "
                            + MIN_STACK_SIZE
                            + " and "
                            + MAX_STACK_SIZE
                            + " bytes, was "
                            + bytes);
        }
        stackSize = bytes;
        return this;
    }

    /**
     * Sets whether worker threads are daemons, which do not keep the JVM alive; true by default, as
     * with {@link java.util.concurrent.ForkJoinPool}.
     *
     * @param on whether they are
     * @return this builder
     */
    public SchedulerBuilder daemon(boolean on) {
        daemon = on;
        return this;
    }

    /**
     * Sets who hears of what runnables given to {@code execute} throw; by default the threads' own
     * handler.
     *
     * @param wanted called in the worker; what it throws is ignored
     * @return this builder
     */
    public SchedulerBuilder uncaughtExceptionHandler(UncaughtExceptionHandler wanted) {
        handler = Objects.requireNonNull(wanted, "uncaughtExceptionHandler");
        return this;
    }

    /**
     * Starts a scheduler.
     *
     * @return a new scheduler whose workers run
     * @throws OutOfMemoryError if the system grants no more threads; those that were started end
     */
    public Scheduler build() {
        return build(false);
    }

    Scheduler build(boolean common) {
        PinningPlan plan = PinningPlan.decide(pinning, workers, topology);
        LOG.log(Level.DEBUG, "scheduler {0}: {1}", name, plan.decision());
        SchedulerConfig config =
                new SchedulerConfig(workers, name, pinning, plan.decision(), stackSize, daemon);
        return new Scheduler(config, new Pool(config, plan, handler), common);
    }
}
