package dev.magpie.scheduler;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that came from threads that are no workers, first in, first out.
 *
 * <p>An unbounded queue of JCTools for many producers and one consumer; the workers take turns as
 * its consumer. Offers are lock-free; a poll holds the consumer's place for the length of one
 * removal.
 */
final class SubmissionQueue {

    /** Links of 512 references: 2 KiB, rarely allocated and soon reused by the allocator. */
    private static final int CHUNK = 512;

    private final MpscUnboundedVarHandleArrayQueue<Task<?>> queue =
            new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private final AtomicBoolean consuming = new AtomicBoolean();

    /**
     * Adds a task; a full fence follows (W1).
     *
     * @return whether it was found alone: no task that was here before it waits any more
     */
    boolean add(Task<?> task) {
        long before = queue.currentProducerIndex();
        queue.offer(task);
        VarHandle.fullFence(); // W1
        return queue.currentConsumerIndex() >= before;
    }

    /** Removes the oldest task; null if there is none or another consumer is at it. */
    @Nullable Task<?> poll() {
        if (!tryBeginTurn()) {
            return null;
        }
        try {
            return next();
        } finally {
            endTurn();
        }
    }

    /**
     * Makes the caller the consumer, unless there is nothing to consume or another one is at it.
     */
    boolean tryBeginTurn() {
        return !queue.isEmpty() && tryConsume();
    }

    /** Removes the oldest task, or returns null. The consumer only. */
    @Nullable Task<?> next() {
        return queue.poll();
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
            for (Task<?> task = queue.poll(); task != null; task = queue.poll()) {
                drained.add(task);
            }
            return drained;
        } finally {
            endTurn();
        }
    }

    private boolean tryConsume() {
        return !consuming.getPlain() && consuming.compareAndSet(false, true);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }
}
