package dev.magpie.scheduler.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time that the process's control group may use, in CPUs: what a container's limit becomes
 * on Linux. Says why the JVM grants itself fewer CPUs than the affinity mask has; the number itself
 * is the JVM's.
 *
 * <p>Version 2 ({@code cpu.max}) and version 1 ({@code cpu.cfs_quota_us}), the tightest limit from
 * the process's group up to the root.
 */
public final class CpuQuota {

    private static final String MOUNT = "sys/fs/cgroup";

    private CpuQuota() {}

    /**
     * Reads the quota of this process now.
     *
     * @return the quota in CPUs, greater than 0, or empty where there is none or nothing is known
     */
    public static OptionalDouble read() {
        return read(Path.of("/"));
    }

    /**
     * Reads a quota from files below a folder.
     *
     * @param root stands for the file system's root
     * @return the quota in CPUs, or empty
     */
    static OptionalDouble read(Path root) {
        double least = Double.POSITIVE_INFINITY;
        try {
            for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                if (parts.length == 3) {
                    least = Math.min(least, tightest(root, parts[1], parts[2]));
                }
            }
        } catch (IOException ex) {
            return OptionalDouble.empty(); // not Linux, or /proc is closed: nothing is known
        }
        return Double.isInfinite(least) ? OptionalDouble.empty() : OptionalDouble.of(least);
    }

    /** Of a group and those above it; infinite where there is none. */
    private static double tightest(Path root, String controllers, String group) {
        boolean unified = controllers.isEmpty();
        if (!unified && !List.of(controllers.split(",")).contains("cpu")) {
            return Double.POSITIVE_INFINITY;
        }
        Path top = root.resolve(MOUNT).resolve(unified ? "" : controllers).normalize();
        Path shown = top.resolve(group.replaceFirst("^/+", "")).normalize();
        Path folder = shown.startsWith(top) ? shown : top; // a group above the mount: "/../.."
        double least = Double.POSITIVE_INFINITY;
        while (folder != null && folder.startsWith(top)) {
            least = Math.min(least, unified ? unified(folder) : legacy(folder));
            folder = folder.getParent();
        }
        return least;
    }

    private static double unified(Path folder) {
        String line = content(folder.resolve("cpu.max"));
        String[] parts = line == null ? new String[0] : line.split(" ");
        return parts.length == 2 ? ratio(parts[0], parts[1]) : Double.POSITIVE_INFINITY;
    }

    private static double legacy(Path folder) {
        String quota = content(folder.resolve("cpu.cfs_quota_us"));
        String period = content(folder.resolve("cpu.cfs_period_us"));
        return quota == null || period == null ? Double.POSITIVE_INFINITY : ratio(quota, period);
    }

    /** Of "max" and of -1, which stand for no limit: infinite. */
    private static double ratio(String quota, String period) {
        try {
            double cpus = (double) Long.parseLong(quota) / Long.parseLong(period);
            return cpus > 0 ? cpus : Double.POSITIVE_INFINITY;
        } catch (NumberFormatException ex) {
            return Double.POSITIVE_INFINITY;
        }
    }

    private static @Nullable String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException ex) {
            return null; // no such controller here, or a group that this mount does not show
        }
    }
}
