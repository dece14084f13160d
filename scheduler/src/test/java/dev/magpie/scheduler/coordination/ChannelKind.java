package dev.magpie.scheduler.coordination;

import java.util.concurrent.Executor;

/** The channels that a test is run with. */
enum ChannelKind {
    RENDEZVOUS(0),
    BOUNDED_1(1),
    BOUNDED_2(2),
    BOUNDED_3(3),
    BOUNDED_64(64),
    UNBOUNDED(Integer.MAX_VALUE);

    private final int capacity;

    ChannelKind(int capacity) {
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    <T> Channel<T> create() {
        return capacity == 0
                ? Channel.rendezvous()
                : this == UNBOUNDED ? Channel.unbounded() : Channel.bounded(capacity);
    }

    <T> Channel<T> create(Executor executor) {
        return capacity == 0
                ? Channel.rendezvous(executor)
                : this == UNBOUNDED
                        ? Channel.unbounded(executor)
                        : Channel.bounded(capacity, executor);
    }
}
