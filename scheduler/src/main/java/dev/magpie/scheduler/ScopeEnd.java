package dev.magpie.scheduler;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a scope waits for: done when nothing of the scope runs or will run. Holds a
 * number, not the tasks.
 *
 * <p><b>Threads.</b> Any, except {@link #seal}, which the owner calls once.
 *
 * <p><b>Invariants.</b> I1: until it is sealed the balance is above zero. I2: afterwards it is the
 * number of tasks and of stolen parts that have not ended; once at zero it stays there, but for the
 * moment in which a part that may not start looks.
 */
final class ScopeEnd extends Task<@Nullable Void> {

    /** More than will ever be forked. */
    private static final long OPEN = 1L << 62;

    private final AtomicLong balance = new AtomicLong(OPEN);

    ScopeEnd(Waiter home) {
        markSubmitted(home);
        boolean unused = claim(); // so that nobody runs it, and its waiters are woken
    }

    /** Something more is about to run; false if the scope has ended. */
    boolean tryEnter() {
        long before = balance.get();
        while (before != 0) {
            if (balance.compareAndSet(before, before + 1)) {
                return true;
            }
            before = balance.get();
        }
        return false;
    }

    /** Something has ended. */
    void leave() {
        if (balance.decrementAndGet() == 0) {
            end();
        }
    }

    /** Nothing more will be forked, and so many tasks have not said yet that they ended. */
    void seal(long unfinished) {
        if (balance.addAndGet(unfinished - OPEN) == 0) {
            end();
        }
    }

    private void end() {
        settle(NORMAL, null);
    }

    @Override
    @SuppressWarnings("NullAway") // the result type says nullable; only JSpecify mode would see it
    @Nullable Void exec() {
        return null;
    }
}
