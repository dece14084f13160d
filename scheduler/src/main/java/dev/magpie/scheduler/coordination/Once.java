package dev.magpie.scheduler.coordination;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An action that runs once, however often it is asked to. An executor that runs what it is given
 * and throws then looks as if it had rejected it.
 */
final class Once implements Runnable {

    private final AtomicBoolean begun = new AtomicBoolean();
    private final Runnable action;

    Once(Runnable action) {
        this.action = action;
    }

    /** Takes it; true for the first caller, who runs it, or keeps it from running. */
    boolean begin() {
        return !begun.getAndSet(true);
    }

    boolean hasBegun() {
        return begun.get();
    }

    @Override
    public void run() {
        if (begin()) {
            action.run();
        }
    }
}
