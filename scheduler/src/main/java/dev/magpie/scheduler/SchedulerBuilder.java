package dev.magpie.scheduler;

import dev.magpie.scheduler.topology.Topology;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Scheduler}; everything is optional and validated at once. Not thread-safe. */
public final class SchedulerBuilder {

    /** The largest number of workers. */
    static final int MAX_WORKERS = WorkerCount.MAX;

    /**
     * Deep recursion is what fork-join programs do: 20,000 levels fit four times and more. A
     * virtual machine takes time for each frame of a stack that overflows, one to fifteen seconds
     * for this one.
     */
    private static final long DEFAULT_STACK_SIZE = 64L << 20;

    private static final long MIN_STACK_SIZE = 256L << 10;

    private static final long MAX_STACK_SIZE = 1L << 30;

    /** As many as a virtual-thread scheduler of the JDK adds for blocked carriers. */
    private static final int DEFAULT_MAX_SPARES = 256;

    private final Topology topology = Topology.read();
    private @Nullable WorkerCount workers;
    private String name = "magpie";
    private Pinning pinning = Pinning.PER_CORE;
    private long stackSize = DEFAULT_STACK_SIZE;
    private int maxSpares = DEFAULT_MAX_SPARES;
    private boolean daemon = true;
    private boolean reportHeldMonitors;
    private boolean jmx;
    private boolean clearThreadLocals;
    private @Nullable UncaughtExceptionHandler handler;
    private @Nullable ThreadFactory threadFactory;
    private @Nullable UnaryOperator<Runnable> taskDecorator;

    SchedulerBuilder() {}

    /**
     * Sets the number of workers. By default that of the system property {@code magpie.workers},
     * and without it one per CPU that the process may use: the affinity mask, a container's quota
     * and {@code -XX:ActiveProcessorCount} taken into account, read once.
     *
     * @param count 1 to 32767
     * @return this builder
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    public SchedulerBuilder workers(int count) {
        workers = WorkerCount.explicit(count);
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
     * Sets the stack size of the worker threads; 64 MiB by default, of which only what a recursion
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
     * Sets the greatest number of spare workers; 256 by default. A spare runs in the place of a
     * worker that waits in a join or in {@link Scheduler#blocking}, or is added by {@link
     * Scheduler#setParallelism}; never more workers run at a time than the parallelism. At the
     * bound a blocked worker is not replaced.
     *
     * @param count 0 to 32767
     * @return this builder
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    public SchedulerBuilder maxSpares(int count) {
        if (count < 0 || count > MAX_WORKERS) {
            throw new IllegalArgumentException(
                    "maxSpares must be between 0 and " + MAX_WORKERS + ", was " + count);
        }
        maxSpares = count;
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
     * Sets whether joins that are made while the caller holds a monitor or a lock are reported, as
     * a warning of the logger {@code dev.magpie.scheduler}, each place once; false by default. Such
     * a join may meet the lock again in a task that it runs: see {@link Scheduler#isolated}. Costs
     * some microseconds a join whose task was stolen; the others are not looked at, since they run
     * nothing but that task.
     *
     * @param on whether they are
     * @return this builder
     * @throws UnsupportedOperationException if {@code on} and the runtime lacks the module {@code
     *     java.management}
     */
    public SchedulerBuilder reportHeldMonitors(boolean on) {
        requireManagement("reportHeldMonitors", on);
        reportHeldMonitors = on;
        return this;
    }

    /**
     * Sets a factory after whose threads the workers are shaped. Workers have to be threads of this
     * library, so those of the factory are never started: each worker takes over the daemon flag
     * (which outweighs {@link #daemon}), the priority, the context class loader and the
     * uncaught-exception handler of one of them, and runs its {@code run} method, so that a factory
     * that wraps the runnable is honoured. Names stay {@code name-worker-3}; thread groups, stack
     * sizes and inherited thread-locals are not taken over.
     *
     * <p>{@link #build} calls it once per worker; a spare, which starts when it is needed, calls it
     * itself, and what goes wrong there is logged.
     *
     * @param wanted returns platform threads that were not started, and that run the given runnable
     * @return this builder
     */
    public SchedulerBuilder threadFactory(ThreadFactory wanted) {
        threadFactory = Objects.requireNonNull(wanted, "threadFactory");
        return this;
    }

    /**
     * Sets whether the scheduler is registered with the platform's management server, as a {@link
     * SchedulerMXBean} named {@code dev.magpie:type=Scheduler,name=} and its name, until it is
     * terminated; false by default. Of several with one name the later ones get {@code -2}, {@code
     * -3} and so on appended.
     *
     * @param on whether it is
     * @return this builder
     * @throws UnsupportedOperationException if {@code on} and the runtime lacks the module {@code
     *     java.management}
     */
    public SchedulerBuilder jmx(boolean on) {
        requireManagement("jmx", on);
        jmx = on;
        return this;
    }

    /**
     * Sets whether a worker forgets all its thread-locals when it returns from a submission; false
     * by default. What a task that runs inside another's join has set stays until that one ends.
     * The JDK keeps caches of its own in thread-locals, which are built anew then.
     *
     * @param on whether it does; needs the JVM option {@code --add-opens
     *     java.base/java.lang=ALL-UNNAMED}, or the manifest entry {@code Add-Opens} of a runnable
     *     jar: without it the JDK lets no library clear them, and {@link #build} fails
     * @return this builder
     */
    public SchedulerBuilder clearThreadLocals(boolean on) {
        clearThreadLocals = on;
        return this;
    }

    private static void requireManagement(String option, boolean on) {
        if (on && ModuleLayer.boot().findModule("java.management").isEmpty()) {
            throw new UnsupportedOperationException(
                    option + " needs the module java.management, which this runtime lacks");
        }
    }

    /**
     * Sets a decorator for everything that comes through {@code execute}, {@code submit}, {@code
     * invokeAll}, {@code invokeAny} and {@link Scheduler#scheduled}: called at submission, in the
     * submitting thread, it returns what runs in the worker. The use is context propagation. A
     * periodic task is decorated once, for all its runs.
     *
     * <p>What the decorated runnable throws counts as thrown by the task. What a submitted task
     * throws passes through the decorator, and fails its future even if the decorator swallows it.
     * {@code shutdownNow} returns what was decorated. {@link Task}s, forked or submitted, are not
     * decorated: they are parts of a computation that any worker may run inside another one.
     *
     * @param wanted from a runnable to one that runs it, never null; what it throws, the submission
     *     throws
     * @return this builder
     */
    public SchedulerBuilder taskDecorator(UnaryOperator<Runnable> wanted) {
        taskDecorator = Objects.requireNonNull(wanted, "taskDecorator");
        return this;
    }

    /**
     * Starts a scheduler.
     *
     * @return a new scheduler whose workers run
     * @throws IllegalArgumentException if the number of workers was not set and the system property
     *     {@code magpie.workers} is no number from 1 to 32767
     * @throws IllegalStateException if the thread factory returns null, or a thread that is
     *     virtual, was started, or does not run the given runnable within a minute; or if
     *     thread-locals are to be cleared and the JVM was not started with the option for it
     * @throws OutOfMemoryError if the system grants no more threads; those that were started end
     */
    public Scheduler build() {
        return build(false);
    }

    Scheduler build(boolean common) {
        WorkerCount count = workers != null ? workers : WorkerCount.implicit(topology);
        HeldMonitors monitors = reportHeldMonitors ? new HeldMonitors() : null;
        ThreadLocals threadLocals = clearThreadLocals ? ThreadLocals.find() : null;
        // Takes CPUs: what may fail before a worker is there to give them back comes before it.
        PinningPlan plan = PinningPlan.decide(pinning, count.workers(), topology);
        SchedulerConfig config =
                new SchedulerConfig(
                        count.workers(),
                        count.decision(),
                        name,
                        pinning,
                        plan.decision(),
                        stackSize,
                        Math.min(maxSpares, MAX_WORKERS - count.workers()),
                        daemon,
                        threadFactory,
                        taskDecorator,
                        handler,
                        jmx,
                        reportHeldMonitors,
                        clearThreadLocals);
        Pool pool = new Pool(config, plan, handler, monitors, threadLocals);
        Scheduler scheduler = new Scheduler(config, pool, common);
        if (jmx) {
            scheduler.register();
        }
        return scheduler;
    }
}
