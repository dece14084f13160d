package dev.magpie.benchmarks.start;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * A program of its own: makes a pool, waits for the result of one task, and prints how many
 * nanoseconds that took. Arguments: a {@link Kind} and the number of threads.
 */
public final class FirstTask {

    /** What may be started. */
    public enum Kind {
        /** Workers bound to CPUs. */
        MAGPIE,
        /** Workers that are not bound. */
        MAGPIE_UNPINNED,
        /** The JDK's fork-join pool. */
        FORKJOIN,
        /** The JDK's fixed thread pool. */
        FIXED;

        private ExecutorService start(int threads) {
            return switch (this) {
                case MAGPIE -> Scheduler.builder().workers(threads).build();
                case MAGPIE_UNPINNED ->
                        Scheduler.builder().workers(threads).pinning(Pinning.NONE).build();
                case FORKJOIN -> new ForkJoinPool(threads);
                case FIXED -> Executors.newFixedThreadPool(threads);
            };
        }
    }

    private static final class Answer implements Callable<Integer> {

        @Override
        public Integer call() {
            return 42;
        }
    }

    private FirstTask() {}

    /**
     * Runs the program.
     *
     * @param arguments as above
     * @throws Exception if the task fails, which it does not
     */
    public static void main(String[] arguments) throws Exception {
        Kind kind = Kind.valueOf(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        long start = System.nanoTime();
        ExecutorService pool = kind.start(threads);
        int answer = pool.submit(new Answer()).get();
        long elapsed = System.nanoTime() - start;
        pool.shutdown();
        if (answer != 42 || !pool.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("wrong answer, or threads that do not end");
        }
        System.out.println(elapsed);
    }
}
