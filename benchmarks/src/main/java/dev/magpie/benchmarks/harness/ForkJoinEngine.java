package dev.magpie.benchmarks.harness;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's ForkJoinPool, as its constructor makes it: threads with the default stack size. */
public final class ForkJoinEngine implements PoolEngine {

    private static final long CLOSE_SECONDS = 30;

    private final ForkJoinPool pool;
    private final String name;

    ForkJoinEngine(int workers) {
        name = "forkjoin@" + workers;
        pool = new ForkJoinPool(workers, new NamedThreads(threadPrefix()), null, false);
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public long solve(Problem problem) {
        return pool.invoke(problem.forkJoin());
    }

    @Override
    public long solveInside(Problem problem) {
        return problem.forkJoin().invoke();
    }

    /** The pool itself. */
    public ForkJoinPool pool() {
        return pool;
    }

    @Override
    public int workers() {
        return pool.getParallelism();
    }

    @Override
    public ExecutorService executor() {
        return pool;
    }

    @Override
    public String threadPrefix() {
        return name + "-worker-";
    }

    @Override
    public boolean isParked() {
        return pool.getActiveThreadCount() == 0 && !pool.hasQueuedSubmissions();
    }

    @Override
    public String describe() {
        return "java.util.concurrent.ForkJoinPool; not pinned";
    }

    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException ex) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static final class NamedThreads implements ForkJoinWorkerThreadFactory {

        private final AtomicInteger count = new AtomicInteger();
        private final String prefix;

        NamedThreads(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            ForkJoinWorkerThread thread =
                    ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
            thread.setName(prefix + count.getAndIncrement());
            return thread;
        }
    }
}
