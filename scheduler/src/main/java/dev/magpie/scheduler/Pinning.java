package dev.magpie.scheduler;

/** Whether workers are bound to CPUs. */
public enum Pinning {
    /**
     * One worker a CPU, one hardware thread of each core before any sibling. The scheduler
     * declines, and says why in {@link SchedulerConfig#pinningDecision()}, when fewer CPUs are
     * allowed than there are workers, when a CPU quota or flag grants fewer, when another pinned
     * scheduler of this process holds them, or when the system call fails.
     *
     * <p>Inside a pinned thread {@link Runtime#availableProcessors()} is 1, and threads that a task
     * starts inherit the binding. Programs that size pools from inside tasks choose {@link #NONE}.
     */
    PER_CORE,

    /** The operating system places the workers. */
    NONE
}
