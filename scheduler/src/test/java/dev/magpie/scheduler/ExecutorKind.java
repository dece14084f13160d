package dev.magpie.scheduler;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The executors that the contract tests run against, each with a fixed number of threads. */
enum ExecutorKind {
    MAGPIE {
        @Override
        ExecutorService create(int threads, UncaughtExceptionHandler handler) {
            return Scheduler.builder()
                    .workers(threads)
                    .pinning(Pinning.NONE)
                    .uncaughtExceptionHandler(handler)
                    .build();
        }
    },
    MAGPIE_SCHEDULED {
        @Override
        ExecutorService create(int threads, UncaughtExceptionHandler handler) {
            return ((Scheduler) MAGPIE.create(threads, handler)).scheduled();
        }
    },
    FORK_JOIN_POOL {
        @Override
        ExecutorService create(int threads, UncaughtExceptionHandler handler) {
            return new ForkJoinPool(
                    threads, ForkJoinPool.defaultForkJoinWorkerThreadFactory, handler, false);
        }
    },
    THREAD_POOL_EXECUTOR {
        @Override
        ExecutorService create(int threads, UncaughtExceptionHandler handler) {
            return new ThreadPoolExecutor(
                    threads,
                    threads,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    body -> {
                        Thread thread = new Thread(body);
                        thread.setUncaughtExceptionHandler(handler);
                        return thread;
                    });
        }
    };

    /** The Java version that runs the test. */
    static final int JAVA = Runtime.version().feature();

    abstract ExecutorService create(int threads, UncaughtExceptionHandler handler);

    ExecutorService create(int threads) {
        return create(threads, (thread, thrown) -> {});
    }

    boolean isMagpie() {
        return this == MAGPIE || this == MAGPIE_SCHEDULED;
    }

    /** Whether {@code cancel(true)} interrupts what {@code submit} was given: 22 brought it. */
    boolean cancelInterrupts() {
        return this != FORK_JOIN_POOL || JAVA >= 22;
    }

    /** Whether {@code get} in a worker can run what it waits for. */
    boolean helpsWhileWaiting() {
        return this != THREAD_POOL_EXECUTOR;
    }

    /** Keeps an executor's threads busy until it is opened or interrupted. */
    static final class Gate implements AutoCloseable {

        private final CountDownLatch opened = new CountDownLatch(1);

        /** Returns when all threads of the executor wait at this gate. */
        Gate(ExecutorService executor, int threads) throws InterruptedException {
            List<CountDownLatch> arrivals = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                CountDownLatch arrived = new CountDownLatch(1);
                arrivals.add(arrived);
                executor.execute(
                        () -> {
                            arrived.countDown();
                            pass(opened);
                        });
            }
            for (CountDownLatch arrived : arrivals) {
                if (!arrived.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("a thread did not arrive at the gate in 30 s");
                }
            }
        }

        private static void pass(CountDownLatch opened) {
            try {
                if (!opened.await(60, TimeUnit.SECONDS)) {
                    throw new AssertionError("the gate was not opened in 60 s");
                }
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt(); // shutdownNow
            }
        }

        @Override
        public void close() {
            opened.countDown();
        }
    }
}
