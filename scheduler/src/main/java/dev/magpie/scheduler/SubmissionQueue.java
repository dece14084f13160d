package dev.magpie.scheduler;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that came from threads that are no workers, in two lanes, each first in, first out.
 *
 * <p>Unbounded queues of JCTools for many producers and one consumer; the workers take turns as the
 * consumer of both. Offers are lock-free; a poll holds the consumer's place for the length of one
 * removal.
 */
final class SubmissionQueue {

    /** Links of 512 references: 2 KiB, rarely allocated and soon reused by the allocator. */
    private static final int CHUNK = 512;

    private final MpscUnboundedVarHandleArrayQueue<Task<?>> normal =
            new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private final MpscUnboundedVarHandleArrayQueue<Task<?>> high =
            new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private final AtomicBoolean consuming = new AtomicBoolean();

    /** How many tasks were put back: they are added twice, but were submitted once. */
    private final AtomicLong returned = new AtomicLong();

    /**
     * Adds a task; a full fence follows (W1).
     *
     * @return whether it was found alone: no task that was in its lane before it waits any more
     */
    boolean add(Task<?> task, Priority priority) {
        MpscUnboundedVarHandleArrayQueue<Task<?>> lane = priority == Priority.HIGH ? high : normal;
        long before = lane.currentProducerIndex();
        lane.offer(task);
        VarHandle.fullFence(); // W1
        return lane.currentConsumerIndex() >= before;
    }

    /** Adds a submission that a worker had in its deque, as {@link #add} does. */
    boolean putBack(Task<?> task) {
        returned.incrementAndGet();
        return add(task, Priority.NORMAL);
    }

    /** Removes the oldest task of the normal lane; null if there is none or others are at it. */
    @Nullable Task<?> poll() {
        return normal.isEmpty() ? null : pollFrom(normal);
    }

    /** Removes the oldest task of the high lane; null if there is none or others are at it. */
    @Nullable Task<?> pollHigh() {
        return high.isEmpty() ? null : pollFrom(high);
    }

    private @Nullable Task<?> pollFrom(MpscUnboundedVarHandleArrayQueue<Task<?>> lane) {
        if (!tryConsume()) {
            return null;
        }
        try {
            return lane.poll();
        } finally {
            endTurn();
        }
    }

    boolean hasHigh() {
        return !high.isEmpty();
    }

    /** Makes the caller the consumer, unless the normal lane is empty or another one is at it. */
    boolean tryBeginTurn() {
        return !normal.isEmpty() && tryConsume();
    }

    /** Removes the oldest task of the normal lane, or returns null. The consumer only. */
    @Nullable Task<?> next() {
        return normal.poll();
    }

    /** Ends the caller's time as the consumer. */
    void endTurn() {
        consuming.setRelease(false);
    }

    /** Removes everything. */
    List<Task<?>> drain() {
        List<Task<?>> drained = new ArrayList<>();
        while (!tryConsume()) {
            Thread.onSpinWait();
        }
        try {
            high.drain(drained::add);
            normal.drain(drained::add);
            return drained;
        } finally {
            endTurn();
        }
    }

    private boolean tryConsume() {
        return !consuming.getPlain() && consuming.compareAndSet(false, true);
    }

    boolean isEmpty() {
        return normal.isEmpty() && high.isEmpty();
    }

    int size() {
        return normal.size() + high.size();
    }

    /** Number of tasks submitted here so far. */
    long added() {
        return normal.currentProducerIndex() + high.currentProducerIndex() - returned.get();
    }
}
