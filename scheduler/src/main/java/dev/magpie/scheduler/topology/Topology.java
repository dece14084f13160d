package dev.magpie.scheduler.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the process may use of the machine: its CPUs, which of them share a core, and whether a
 * quota limits them.
 *
 * <p>Read from the Linux files {@code /proc/self/status}, {@code /sys/devices/system/cpu} and the
 * control group's {@code cpu.max}; elsewhere nothing is known and nothing is pinned. Immutable.
 */
public final class Topology {

    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Read once, before any thread of ours is pinned: in a pinned thread the JVM answers 1. */
    private static final int AVAILABLE = Runtime.getRuntime().availableProcessors();

    private final Optional<CpuSet> allowed;
    private final List<Integer> coresFirst;
    private final int available;

    private Topology(Optional<CpuSet> allowed, List<Integer> coresFirst, int available) {
        this.allowed = allowed;
        this.coresFirst = coresFirst;
        this.available = available;
    }

    /**
     * Reads the topology of this process now.
     *
     * @return what was found
     */
    public static Topology read() {
        return read(Path.of("/"), AVAILABLE);
    }

    /**
     * Reads a topology from files below a folder.
     *
     * @param root stands for the file system's root
     * @param available number of CPUs that the JVM grants itself: affinity, quota and flags taken
     *     into account
     * @return what was found
     */
    static Topology read(Path root, int available) {
        Optional<CpuSet> allowed = allowedCpus(root.resolve("proc/self/status"));
        List<Integer> order = allowed.isPresent() ? coresFirst(root, allowed.get()) : List.of();
        return new Topology(allowed, order, available);
    }

    /**
     * The CPUs of the process's own affinity mask.
     *
     * @return the set, or empty where the machine does not say
     */
    public Optional<CpuSet> allowed() {
        return allowed;
    }

    /**
     * The allowed CPUs, one hardware thread of each core before any sibling.
     *
     * @return CPU numbers
     */
    public List<Integer> coresFirst() {
        return coresFirst;
    }

    /**
     * Number of CPUs that the JVM grants itself, by affinity, quota and {@code
     * -XX:ActiveProcessorCount}; read once, at first use.
     *
     * @return the number, at least 1
     */
    public int available() {
        return available;
    }

    private static Optional<CpuSet> allowedCpus(Path status) {
        try {
            for (String line : Files.readAllLines(status)) { // streams would be loaded for this
                if (line.startsWith(ALLOWED)) {
                    return Optional.of(CpuSet.parse(line.substring(ALLOWED.length())));
                }
            }
        } catch (IOException | IllegalArgumentException ex) {
            return Optional.empty(); // not Linux, or /proc is closed: nothing is known
        }
        return Optional.empty();
    }

    private static List<Integer> coresFirst(Path root, CpuSet allowed) {
        List<Integer> first = new ArrayList<>();
        List<Integer> siblings = new ArrayList<>();
        for (int cpu : allowed.toArray()) {
            boolean coreIsTaken = false;
            for (int sibling : siblingsOf(root, cpu).toArray()) {
                coreIsTaken |= first.contains(sibling);
            }
            (coreIsTaken ? siblings : first).add(cpu);
        }
        first.addAll(siblings);
        return List.copyOf(first);
    }

    private static CpuSet siblingsOf(Path root, int cpu) {
        Path file =
                root.resolve("sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list");
        try {
            return CpuSet.parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException ex) {
            return CpuSet.of(cpu); // unknown: a core of its own
        }
    }
}
