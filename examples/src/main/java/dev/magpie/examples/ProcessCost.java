package dev.magpie.examples;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What this process spends from the making of this to {@link #stop}: CPU time, and bytes that
 * threads allocate. The bytes are sampled, because a thread that has ended tells nothing any more:
 * what it allocated after the last sample is missing.
 */
final class ProcessCost {

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> before = new ConcurrentHashMap<>();
    private final Map<Long, Long> latest = new ConcurrentHashMap<>();
    private final long cpuBefore;
    private final Thread sampler = new Thread(this::run, "cost");
    private volatile boolean isStopped;
    private double cpuSeconds;

    ProcessCost() {
        sample(before);
        cpuBefore = system.getProcessCpuTime();
        sampler.setDaemon(true);
        sampler.start();
    }

    private void run() {
        while (!isStopped) {
            sample(latest);
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    private void sample(Map<Long, Long> into) {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] > 0) {
                into.put(ids[i], bytes[i]);
            }
        }
    }

    void stop() {
        sample(latest);
        cpuSeconds = (system.getProcessCpuTime() - cpuBefore) / 1e9;
        isStopped = true;
        LockSupport.unpark(sampler);
    }

    double cpuSeconds() {
        return cpuSeconds;
    }

    long allocatedBytes() {
        return latest.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
                .sum();
    }

    /** The most memory that the process has had resident; 0 where the system does not tell. */
    static long peakResidentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ex) {
            return 0;
        }
    }
}
