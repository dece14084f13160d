package dev.magpie.scheduler;

import org.jspecify.annotations.Nullable;

/** A runnable given to {@code execute}: nobody waits for it, and its failure goes to a handler. */
final class ExecuteTask extends Task<@Nullable Void> {

    private final Runnable runnable;

    ExecuteTask(Runnable runnable) {
        this.runnable = runnable;
    }

    Runnable runnable() {
        return runnable;
    }

    @Override
    Class<?> bodyClass() {
        return runnable.getClass();
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

    /** Tells the handler, in the worker that calls; what that throws is dropped. */
    static void report(Throwable failure) {
        try {
            WorkerThread.current().worker().reportUncaught(failure);
        } catch (Throwable ex) {
            return; // as the JVM does with what a handler throws
        }
    }
}
