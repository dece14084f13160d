package dev.magpie.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * CPU time used since it was started: by the threads of a pool, and by the process less the calling
 * thread.
 */
public final class CpuClock {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final String threadPrefix;
    private final long startNanos = System.nanoTime();
    private final long startPool;
    private final long startProcess;

    /**
     * Starts it.
     *
     * @param threadPrefix what the names of the pool's threads start with
     */
    public CpuClock(String threadPrefix) {
        this.threadPrefix = threadPrefix;
        startPool = poolNanos();
        startProcess = processNanos();
    }

    /** The pool's share of one CPU, in percent. */
    public double poolPercent() {
        return percent(poolNanos() - startPool);
    }

    /** The process's share, the calling thread left out. */
    public double processPercent() {
        return percent(processNanos() - startProcess);
    }

    private double percent(long cpuNanos) {
        return 100.0 * Math.max(0, cpuNanos) / (System.nanoTime() - startNanos);
    }

    private long processNanos() {
        return system.getProcessCpuTime() - threads.getCurrentThreadCpuTime();
    }

    private long poolNanos() {
        long sum = 0;
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith(threadPrefix)) {
                sum += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            }
        }
        return sum;
    }
}
