package dev.magpie.scheduler;

import java.lang.System.Logger.Level;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports joins that are made while the caller holds a monitor or a lock, each place once: such a
 * join may run another task of the same computation, or wait for one, that needs the same lock. For
 * debugging: each look takes some microseconds.
 */
final class HeldMonitors {

    /** What lies between the joiner and the look. */
    private static final Set<String> ENGINE =
            Set.of(
                    HeldMonitors.class.getName(),
                    Worker.class.getName(),
                    HelpingJoin.class.getName(),
                    Task.class.getName(),
                    InvokeAll.class.getName(),
                    Scheduler.class.getName());

    private final Set<StackTraceElement> reported = ConcurrentHashMap.newKeySet();

    /** Looks at what the calling thread holds. */
    void check() {
        ThreadInfo info =
                ManagementFactory.getThreadMXBean()
                        .getThreadInfo(new long[] {Thread.currentThread().getId()}, true, true)[0];
        List<String> held = new ArrayList<>();
        for (MonitorInfo monitor : info.getLockedMonitors()) {
            held.add("monitor of " + monitor);
        }
        for (LockInfo lock : info.getLockedSynchronizers()) {
            held.add("lock " + lock);
        }
        if (!held.isEmpty()) {
            report(info.getStackTrace(), held);
        }
    }

    private void report(StackTraceElement[] trace, List<String> held) {
        StackTraceElement place = joiner(trace);
        if (reported.add(place)) {
            Log.LOG.log(
                    Level.WARNING,
                    "join at {0} holds {1}; see Scheduler.isolated",
                    place,
                    String.join(", ", held));
        }
    }

    /** The first frame that is not the engine's. */
    private static StackTraceElement joiner(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .filter(frame -> frame.getModuleName() == null)
                .filter(frame -> !ENGINE.contains(frame.getClassName()))
                .findFirst()
                .orElse(trace[trace.length - 1]);
    }
}
