package dev.magpie.scheduler;

import java.lang.System.Logger.Level;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shapes worker threads after those that a user's factory returns. A worker has to be a thread of
 * this library; the factory's thread is never started, but its {@code run} method runs in the
 * worker, around the worker's loop, and its daemon flag, priority, context class loader and
 * uncaught-exception handler become the worker's.
 *
 * <p><b>Threads.</b> The factory is called by the thread that builds the scheduler, and for a spare
 * by that spare itself, so that no user code runs under a lock or in a join.
 */
final class ThreadTemplates {

    /** How long a factory's thread may take before it runs the loop. */
    private static final long PATIENCE_SECONDS = 60;

    private final ThreadFactory factory;
    private final CountDownLatch entered;
    private volatile boolean daemon;
    private volatile @Nullable IllegalStateException fault;

    ThreadTemplates(ThreadFactory factory, int regularWorkers) {
        this.factory = factory;
        entered = new CountDownLatch(regularWorkers);
    }

    /** Shapes a regular worker's thread before it is started. */
    void shape(WorkerThread thread) {
        Loop loop = new Loop(thread);
        Thread template = newTemplate(loop);
        daemon = template.isDaemon();
        thread.setDaemon(daemon);
        copy(template, thread);
        thread.setBody(() -> run(template, loop));
    }

    /** Shapes a spare's thread before it is started; the rest is done by itself. */
    void shapeSpare(WorkerThread thread) {
        thread.setDaemon(daemon);
        thread.setBody(() -> runSpare(new Loop(thread)));
    }

    private void runSpare(Loop loop) {
        Thread template;
        try {
            template = newTemplate(loop);
            copy(template, loop.thread);
        } catch (RuntimeException | Error ex) { // a thread that ended here would be waited for
            Log.LOG.log(
                    Level.WARNING,
                    "threadFactory failed for a spare worker, which runs plainly",
                    ex);
            loop.run();
            return;
        }
        run(template, loop);
    }

    private Thread newTemplate(Runnable loop) {
        Thread template = factory.newThread(loop);
        if (template == null) {
            throw new IllegalStateException("threadFactory must return a thread, returned null");
        }
        if (VirtualThreads.isVirtual(template)) {
            throw new IllegalStateException(
                    "threadFactory must return platform threads, returned " + template);
        }
        if (template.getState() != Thread.State.NEW) {
            throw new IllegalStateException(
                    "threadFactory must return threads that were not started, returned "
                            + template
                            + " in state "
                            + template.getState());
        }
        return template;
    }

    private static void copy(Thread template, Thread thread) {
        thread.setPriority(template.getPriority());
        thread.setContextClassLoader(template.getContextClassLoader());
        UncaughtExceptionHandler handler = template.getUncaughtExceptionHandler();
        if (!(handler instanceof ThreadGroup)) { // the group stands for: none was set
            thread.setUncaughtExceptionHandler(handler);
        }
    }

    /** Runs the template; if that does not run the loop, says so, and runs it all the same. */
    private void run(Runnable template, Loop loop) {
        Throwable thrown = null;
        try {
            template.run();
        } catch (Throwable ex) {
            if (loop.isEntered) {
                throw ex;
            }
            thrown = ex;
        }
        if (!loop.isEntered) {
            reportFault(template, thrown);
            loop.run();
        }
    }

    private void reportFault(Runnable template, @Nullable Throwable thrown) {
        IllegalStateException found =
                new IllegalStateException(
                        "threadFactory must return threads that run the given runnable, "
                                + template
                                + " did not",
                        thrown);
        fault = found;
        if (entered.getCount() == 0) { // else build() throws it
            Log.LOG.log(Level.WARNING, "a spare worker runs plainly", found);
        }
    }

    /**
     * Waits until all regular workers run their loops.
     *
     * @throws IllegalStateException if the factory's threads do not run them
     */
    void awaitEntered() {
        boolean inTime = awaitLatch();
        IllegalStateException found = fault;
        if (found != null) {
            throw found;
        }
        if (!inTime) {
            throw new IllegalStateException(
                    "threadFactory must return threads that run the given runnable at once, "
                            + entered.getCount()
                            + " did not within "
                            + PATIENCE_SECONDS
                            + " s");
        }
    }

    private boolean awaitLatch() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return entered.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException ex) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the factory gets: a worker's loop, for that worker's thread only. */
    private final class Loop implements Runnable {

        private final WorkerThread thread;
        private boolean isEntered; // its own thread only

        Loop(WorkerThread thread) {
            this.thread = thread;
        }

        @Override
        public void run() {
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException(
                        "a worker's loop must be run by "
                                + thread
                                + " inside the factory's thread's run method, was run by "
                                + Thread.currentThread());
            }
            if (isEntered) {
                throw new IllegalStateException("a worker's loop must be run once, by " + thread);
            }
            isEntered = true;
            entered.countDown();
            thread.worker().runLoop();
        }
    }
}
