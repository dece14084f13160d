package dev.magpie.scheduler;

import org.jspecify.annotations.Nullable;

/** A task without a result; the counterpart of {@link java.util.concurrent.RecursiveAction}. */
public abstract class RecursiveAction extends Task<@Nullable Void> {

    /** For subclasses. */
    protected RecursiveAction() {}

    /** The computation. */
    protected abstract void compute();

    @Override
    @SuppressWarnings("NullAway") // the result type says nullable; only JSpecify mode would see it
    final @Nullable Void exec() {
        compute();
        return null;
    }
}
