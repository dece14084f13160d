package dev.magpie.benchmarks.harness;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The JDK's fixed thread pool, its threads started and daemons. */
public final class FixedEngine implements ExecutorEngine {

    private final ThreadPoolExecutor pool;
    private final String name;

    /**
     * Starts it.
     *
     * @param workers its width
     */
    public FixedEngine(int workers) {
        name = "fixed@" + workers;
        pool =
                new ThreadPoolExecutor(
                        workers,
                        workers,
                        0,
                        TimeUnit.MILLISECONDS,
                        new LinkedBlockingQueue<>(),
                        this::daemon);
        pool.prestartAllCoreThreads();
    }

    private Thread daemon(Runnable body) {
        Thread thread = new Thread(body, name + "-worker");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public ExecutorService executor() {
        return pool;
    }

    @Override
    public boolean isParked() {
        return pool.getActiveCount() == 0 && pool.getQueue().isEmpty();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
