package dev.magpie.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a running computation that {@code shutdownNow} took off a deque, to get at the
 * submissions behind it, with the token that a thief would have found. It lies in the queue; and
 * who waits for the part finds it among the {@link Strays}. Whoever is first runs it.
 *
 * <p>The scope of the token counts it until it has run.
 */
final class StrayPart extends Task<@Nullable Void> {

    private final Strays strays;
    private final Task<?> part;
    private final @Nullable CancelToken token;

    StrayPart(Strays strays, Task<?> part, @Nullable CancelToken token) {
        this.strays = strays;
        this.part = part;
        this.token = token;
    }

    /** What somebody waits for who may run this: the part, and the scope that it belongs to. */
    List<Task<?>> awaited() {
        if (part instanceof ScopeTicket ticket) {
            return List.of(ticket.scopeEnd());
        }
        ScopeEnd end = token == null ? null : token.end();
        return end == null ? List.of(part) : List.of(part, end);
    }

    @Override
    void runTask() {
        if (strays.take(this)) {
            WorkerThread.current().worker().tokens.runUnder(token, part);
            if (part.failedWithStackOverflow()) {
                fail(new StackOverflowError()); // so that what it forked is cancelled
            }
        }
    }

    @Override
    @SuppressWarnings("NullAway") // the result type says nullable; only JSpecify mode would see it
    @Nullable Void exec() {
        runTask();
        return null;
    }

    @Override
    Class<?> bodyClass() {
        return part.bodyClass();
    }

    /** It is no part of what runs where it lies. */
    @Override
    boolean isSubmission() {
        return true;
    }
}
