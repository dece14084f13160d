package dev.magpie.sorting;

import dev.magpie.scheduler.Scheduler;

/**
 * What one sort is told: where, how, with which buffers, in which grain, and what stops it.
 *
 * @param scheduler whose workers sort
 * @param algorithm how to sort
 * @param workspace where buffers come from
 * @param grain how finely to cut
 * @param descending whether the greatest comes first
 * @param control of this sort alone
 */
record SortPlan(
        Scheduler scheduler,
        Algorithm algorithm,
        Workspace workspace,
        Grain grain,
        boolean descending,
        Control control) {

    /**
     * Whether JDK and processor may sort numbers with vector instructions ({@code Arrays.sort}
     * since JDK 22 on x86-64), so that sorting by digits pays later, and what it is best at, arrays
     * in which one value dominates, is left to it.
     */
    static final boolean VECTORS =
            Runtime.version().feature() >= 22 && System.getProperty("os.arch").equals("amd64");

    int workers() {
        return scheduler.config().workers();
    }

    /** Whether a sequential sort of the JDK's is the fastest. */
    boolean isShort(int size) {
        return size <= (algorithm == Algorithm.AUTO && !VECTORS ? grain.trifle() : grain.leaf());
    }

    /** The length of a part of a pass, so that there are a few for each worker. */
    int partLength(int size) {
        return Math.max(grain.part(), size / (4 * workers()) + 1);
    }

    /** Runs a sort of the JDK's in the calling thread. */
    void alone(int size, Runnable sort) {
        control.throwIfStopped();
        control.expect(size);
        sort.run();
        control.finish();
    }

    /** Runs a sort of so many elements: alone if it is short, else on the workers. */
    void run(SortSteps steps, int size) {
        StepsTask task = new StepsTask(steps, control, size, size > grain.alone());
        if (size > grain.alone()) {
            Object unused = scheduler.invoke(task);
        } else {
            task.compute();
        }
    }

    /** Runs a sort in the calling thread. */
    void runAlone(SortSteps steps, int size) {
        new StepsTask(steps, control, size, false).compute();
    }
}
