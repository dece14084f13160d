package dev.magpie.scheduler;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/** A runnable given to {@code execute}: nobody waits for it, and its failure goes to a handler. */
final class ExecuteTask extends Task<@Nullable Void> {

    private final Runnable runnable;
    private final @Nullable UncaughtExceptionHandler handler;

    ExecuteTask(Runnable runnable, @Nullable UncaughtExceptionHandler handler) {
        this.runnable = runnable;
        this.handler = handler;
    }

    Runnable runnable() {
        return runnable;
    }

    @Override
    boolean isSubmission() {
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // the result type says nullable; only JSpecify mode would see it
    @Nullable Void exec() {
        runnable.run();
        return null;
    }

    @Override
    void runTask() {
        try {
            runnable.run();
        } catch (Throwable ex) {
            report(ex);
            fail(ex);
        }
    }

    private void report(Throwable failure) {
        try {
            Thread thread = Thread.currentThread();
            UncaughtExceptionHandler target =
                    handler != null ? handler : thread.getUncaughtExceptionHandler();
            target.uncaughtException(thread, failure);
        } catch (Throwable ex) {
            return; // as the JVM does with what a handler throws
        }
    }
}
