package dev.magpie.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs several tasks, the first in the caller. When one fails, those that nobody has started are
 * cancelled, and those that run are waited for: no task of a call outlives it.
 */
final class InvokeAll {

    private InvokeAll() {}

    static void run(Task<?> first, Task<?> second) {
        second.fork();
        try {
            Object unused = first.invoke();
        } catch (Throwable ex) {
            abandon(second);
            throw ex;
        }
        Object unused = second.join();
    }

    static void run(List<? extends Task<?>> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        int forked = tasks.size();
        Throwable failure = null;
        try {
            while (forked > 1) {
                tasks.get(forked - 1).fork();
                forked--;
            }
            if (tasks.size() > 2 && Thread.currentThread() instanceof WorkerThread thread) {
                thread.worker().publishAll();
            }
            Object unused = tasks.get(0).invoke();
        } catch (Throwable ex) {
            failure = ex;
        }
        for (int i = forked; i < tasks.size(); i++) {
            if (failure == null) {
                failure = finish(tasks.get(i));
            } else {
                abandon(tasks.get(i));
            }
        }
        if (failure != null) {
            throw Throwables.<RuntimeException>rethrow(failure);
        }
    }

    private static @Nullable Throwable finish(Task<?> task) {
        try {
            Object unused = task.join();
            return null;
        } catch (Throwable ex) {
            return ex;
        }
    }

    /** After a failure: the oldest of the rest are stolen, if any, so the newest is the next. */
    private static void abandon(Task<?> task) {
        if (task.tryUnfork() || task.isUnclaimed()) {
            task.cancel(false);
        }
        task.quietlyJoin();
    }
}
