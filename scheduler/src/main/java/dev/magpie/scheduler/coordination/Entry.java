package dev.magpie.scheduler.coordination;

import org.jspecify.annotations.Nullable;

/**
 * One that waits in a list of a channel, to send or to receive.
 *
 * <p><b>Threads.</b> The links are guarded by the channel's lock. The element and the failure are
 * written by who settles the promise, and read when it is completed.
 *
 * @param <T> the channel's elements
 */
abstract class Entry<T> {

    private final Promise<?> promise;

    /** What to send, until it is sent; what was received. */
    private @Nullable T element;

    private @Nullable ChannelClosedException failure;

    @Nullable Entry<T> before;
    @Nullable Entry<T> after;
    boolean isListed;

    /** The next one of those that are to be completed when the lock is free. */
    @Nullable Entry<T> nextSettled;

    Entry(Promise<?> promise, @Nullable T element) {
        this.promise = promise;
        this.element = element;
    }

    Promise<?> promise() {
        return promise;
    }

    @Nullable T element() {
        return element;
    }

    @Nullable ChannelClosedException failure() {
        return failure;
    }

    /** Precondition: the promise is held. */
    void settle(@Nullable T handed, @Nullable ChannelClosedException closed) {
        element = handed;
        failure = closed;
        promise.settle();
    }

    /** Completes the promise. Precondition: settled, and the lock is free. */
    abstract void finish();
}
