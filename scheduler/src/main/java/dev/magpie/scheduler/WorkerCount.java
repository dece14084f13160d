package dev.magpie.scheduler;

import dev.magpie.scheduler.topology.CpuQuota;
import dev.magpie.scheduler.topology.Topology;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How many workers a scheduler gets, and why: what the builder was told, else the system property
 * {@value #PROPERTY}, else what the JVM grants.
 *
 * @param workers the number, 1 to {@value #MAX}
 * @param decision where it comes from, in words
 */
record WorkerCount(int workers, String decision) {

    /** Overrides the number that is detected, not one that the program sets. */
    static final String PROPERTY = "magpie.workers";

    static final int MAX = 32_767;

    /** What the program asked for. */
    static WorkerCount explicit(int workers) {
        if (workers < 1 || workers > MAX) {
            throw outOfRange("workers", Integer.toString(workers));
        }
        return new WorkerCount(workers, "set by the program");
    }

    /** What is right where the program asked for nothing. */
    static WorkerCount implicit(Topology topology) {
        String value = System.getProperty(PROPERTY);
        return value == null ? detected(topology, CpuQuota.read()) : fromProperty(value);
    }

    private static WorkerCount fromProperty(String value) {
        Integer workers = parse(value.strip());
        if (workers == null || workers < 1 || workers > MAX) {
            throw outOfRange("system property " + PROPERTY, "'" + value + "'");
        }
        return new WorkerCount(workers, "system property " + PROPERTY);
    }

    private static @Nullable Integer parse(String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException ex) {
            return null;
        }
    }

    private static IllegalArgumentException outOfRange(String name, String value) {
        return new IllegalArgumentException(
                name + " must be between 1 and " + MAX + ", was " + value);
    }

    static WorkerCount detected(Topology topology, OptionalDouble quota) {
        int available = topology.available();
        int workers = Math.min(available, MAX);
        String reason = "availableProcessors is " + available;
        if (topology.allowed().isEmpty()) {
            return new WorkerCount(workers, reason);
        }
        int allowed = topology.allowed().get().size();
        if (available == allowed) {
            return new WorkerCount(workers, reason + ": the affinity mask");
        }
        if (quota.isPresent() && Math.ceil(quota.getAsDouble()) == available) {
            String cpus = String.format(Locale.ROOT, "%.2f", quota.getAsDouble());
            return new WorkerCount(
                    workers, reason + ": a cgroup quota of " + cpus + " on " + allowed + " CPUs");
        }
        return new WorkerCount(workers, reason + ": set by the JVM, on " + allowed + " CPUs");
    }
}
