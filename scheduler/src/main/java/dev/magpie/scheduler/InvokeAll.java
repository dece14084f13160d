package dev.magpie.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a list of tasks, the first in the caller, and cancels the rest when one fails. */
final class InvokeAll {

    private InvokeAll() {}

    static void run(List<? extends Task<?>> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        for (int i = tasks.size() - 1; i > 0; i--) {
            tasks.get(i).fork();
        }
        if (tasks.size() > 2 && Thread.currentThread() instanceof WorkerThread thread) {
            thread.worker().publishAll();
        }
        Throwable failure = null;
        for (int i = 0; i < tasks.size(); i++) {
            failure = finish(tasks.get(i), i == 0, failure);
        }
        if (failure != null) {
            throw Throwables.<RuntimeException>rethrow(failure);
        }
    }

    /**
     * Brings one task to its end. After a failure the others are cancelled, and those that run are
     * waited for.
     */
    private static @Nullable Throwable finish(
            Task<?> task, boolean first, @Nullable Throwable failure) {
        if (failure != null) {
            if (!task.tryUnfork()) {
                task.cancel(false);
                task.quietlyJoin();
            } else {
                task.cancel(false);
            }
            return failure;
        }
        try {
            Object unused = first ? task.invoke() : task.join();
            return null;
        } catch (Throwable ex) {
            return ex;
        }
    }
}
