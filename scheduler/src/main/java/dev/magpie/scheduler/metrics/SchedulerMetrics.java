package dev.magpie.scheduler.metrics;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.SchedulerStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binds a {@link Scheduler} to a Micrometer registry, which its own {@code ExecutorServiceMetrics}
 * declines since it knows the JDK's classes only.
 *
 * <p>The meters named {@code executor.} have the names, types and units that {@code
 * ExecutorServiceMetrics} gives to a {@link java.util.concurrent.ForkJoinPool}, so that dashboards
 * go on working; those named {@code magpie.} have no counterpart there. Each has the tag {@code
 * name} and the tags given. The scheduler is held weakly: meters of one that was collected report
 * nothing, and a bound scheduler may be collected. Thread-safe.
 *
 * <pre>{@code
 * new SchedulerMetrics(scheduler, "orders", Tags.empty()).bindTo(registry);
 * }</pre>
 */
public final class SchedulerMetrics implements MeterBinder {

    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Scheduler scheduler;
    private final String prefix;
    private final Iterable<Tag> tags;

    /**
     * A binder without a prefix.
     *
     * @param scheduler what to measure
     * @param name value of the tag {@code name}
     * @param tags further tags of each meter
     */
    public SchedulerMetrics(Scheduler scheduler, String name, Iterable<Tag> tags) {
        this(scheduler, name, "", tags);
    }

    /**
     * A binder.
     *
     * @param scheduler what to measure
     * @param name value of the tag {@code name}
     * @param metricPrefix stands before each meter's name, separated by a dot; may be empty
     * @param tags further tags of each meter
     */
    public SchedulerMetrics(
            Scheduler scheduler, String name, String metricPrefix, Iterable<Tag> tags) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.tags = Tags.concat(tags, "name", Objects.requireNonNull(name, "name"));
        boolean isJoined = metricPrefix.isBlank() || metricPrefix.endsWith(".");
        prefix = isJoined ? metricPrefix.trim() : metricPrefix.trim() + ".";
    }

    /**
     * Binds a scheduler at once.
     *
     * @param registry where to
     * @param scheduler what to measure
     * @param name value of the tag {@code name}
     * @param tags further tags of each meter
     * @return the scheduler
     */
    public static Scheduler monitor(
            MeterRegistry registry, Scheduler scheduler, String name, Iterable<Tag> tags) {
        new SchedulerMetrics(scheduler, name, tags).bindTo(registry);
        return scheduler;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindAsForkJoinPool(registry);
        bindCounters(registry);
        bindGauges(registry);
        bindTimes(registry);
    }

    private void bindAsForkJoinPool(MeterRegistry registry) {
        counter(registry, "executor.steals", SchedulerStats::steals, "tasks stolen");
        gauge(
                registry,
                "executor.queued",
                stats -> stats.queuedTasks() + stats.waitingSubmissions(),
                null,
                "tasks in the workers' deques, and submissions that no worker has taken");
        gauge(
                registry,
                "executor.active",
                SchedulerStats::activeWorkers,
                null,
                "workers that run or look for work, or wait in joins");
        gauge(
                registry,
                "executor.running",
                SchedulerStats::runningWorkers,
                null,
                "workers that run or look for work and do not wait in joins");
        gauge(
                registry,
                "executor.parallelism",
                stats -> stats.workers().size(),
                "threads",
                "workers, without spares");
        gauge(
                registry,
                "executor.pool.size",
                SchedulerStats::threads,
                "threads",
                "worker threads that have not ended, spares included");
    }

    private void bindCounters(MeterRegistry registry) {
        counter(registry, "magpie.submissions", SchedulerStats::submissions, "submissions");
        counter(registry, "magpie.runs", SchedulerStats::runs, "tasks run from workers' loops");
        counter(registry, "magpie.forks", SchedulerStats::forks, "tasks forked");
        counter(
                registry,
                "magpie.local.pops",
                SchedulerStats::localPops,
                "tasks that workers took back from their own deques");
        counter(
                registry,
                "magpie.steal.attempts",
                SchedulerStats::stealAttempts,
                "looks into other workers' deques, in vain or not");
        counter(
                registry,
                "magpie.helps",
                SchedulerStats::helps,
                "tasks run while a join waited for another");
        counter(
                registry,
                "magpie.publications",
                SchedulerStats::publications,
                "times that private tasks were made visible to thieves");
        counter(
                registry,
                "magpie.parks",
                SchedulerStats::parks,
                "times that workers went to sleep");
        counter(
                registry,
                "magpie.wakeups",
                SchedulerStats::wakeUps,
                "times that workers were woken because there was work");
    }

    private void bindGauges(MeterRegistry registry) {
        gauge(
                registry,
                "magpie.submissions.waiting",
                SchedulerStats::waitingSubmissions,
                "tasks",
                "submissions that no worker has taken");
        gauge(
                registry,
                "magpie.spares.active",
                SchedulerStats::activeSpares,
                "threads",
                "spare workers that work in the place of waiting ones, or for submissions");
        gauge(
                registry,
                "magpie.parked",
                SchedulerStats::parkedWorkers,
                "threads",
                "workers asleep that a submission would wake");
    }

    private void bindTimes(MeterRegistry registry) {
        time(registry, "run", SchedulerStats::runNanos);
        time(registry, "search", SchedulerStats::searchNanos);
        time(registry, "park", SchedulerStats::parkNanos);
    }

    private void counter(
            MeterRegistry registry,
            String name,
            ToDoubleFunction<SchedulerStats> value,
            String description) {
        FunctionCounter unused =
                FunctionCounter.builder(prefix + name, scheduler, of(value))
                        .tags(tags)
                        .description(description)
                        .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            ToDoubleFunction<SchedulerStats> value,
            @Nullable String unit,
            String description) {
        Gauge unused =
                Gauge.builder(prefix + name, scheduler, of(value))
                        .tags(tags)
                        .baseUnit(unit)
                        .description(description)
                        .register(registry);
    }

    private void time(
            MeterRegistry registry, String state, ToDoubleFunction<SchedulerStats> nanos) {
        FunctionCounter unused =
                FunctionCounter.builder(
                                prefix + "magpie.worker.time",
                                scheduler,
                                of(stats -> nanos.applyAsDouble(stats) / NANOS_A_SECOND))
                        .tags(tags)
                        .tag("state", state)
                        .baseUnit("seconds")
                        .description("time that workers ran tasks, looked for work, or slept")
                        .register(registry);
    }

    private static ToDoubleFunction<Scheduler> of(ToDoubleFunction<SchedulerStats> value) {
        return scheduler -> value.applyAsDouble(scheduler.stats());
    }
}
