package dev.magpie.benchmarks.suite;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;

/** Threads that use what is measured, as far as they are no part of it. Stateless. */
final class Threads {

    private Threads() {}

    /** A pool of so many daemons, started. */
    static ExecutorService start(int count) {
        ThreadPoolExecutor pool =
                (ThreadPoolExecutor) Executors.newFixedThreadPool(count, Threads::daemon);
        pool.prestartAllCoreThreads();
        return pool;
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "benchmark-user");
        thread.setDaemon(true);
        return thread;
    }
}
