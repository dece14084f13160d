package dev.magpie.examples.crawl.service;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that everything of a client belongs to. Tasks handed to it by one thread run in
 * their order; after {@link #end} they are dropped.
 */
final class Loop implements Executor {

    private final ScheduledThreadPoolExecutor thread;

    Loop(String name) {
        thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread made = new Thread(task, name);
                            made.setDaemon(true);
                            return made;
                        },
                        new ScheduledThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Any thread. */
    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    /** Runs a task later, once. */
    void after(long nanos, Runnable task) {
        try {
            var unused = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ex) {
            throw new AssertionError(ex); // it discards
        }
    }

    /** Drops what has not begun. */
    void end() {
        var unused = thread.shutdownNow();
    }
}
