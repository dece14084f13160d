package dev.magpie.scheduler;

/**
 * A pool whose worker sleeps, and workers of it that belong to no thread: the actors stand in for
 * them.
 */
final class QuietPool {

    private static final Scheduler SCHEDULER =
            Scheduler.builder().workers(1).pinning(Pinning.NONE).daemon(true).build();

    private static final SchedulerConfig CONFIG =
            new SchedulerConfig(
                    1,
                    "",
                    "jcstress",
                    Pinning.NONE,
                    "",
                    0,
                    0,
                    true,
                    null,
                    null,
                    null,
                    false,
                    false,
                    false);

    private QuietPool() {}

    static Pool pool() {
        return SCHEDULER.pool();
    }

    /** A worker whose thread is never started. */
    static Worker worker() {
        return new Worker(pool(), 0, CONFIG);
    }

    /** An empty task. */
    static Task<?> task() {
        return new Empty();
    }

    private static final class Empty extends RecursiveAction {
        @Override
        protected void compute() {}
    }
}
