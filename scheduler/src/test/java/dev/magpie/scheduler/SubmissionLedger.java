package dev.magpie.scheduler;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/**
 * What submitters and workers do with the submission queue, as operations of a model checker. A
 * worker may find another one at the queue and go away with nothing, so the results are not
 * compared: a ledger says at the end that each task was taken once.
 */
public class SubmissionLedger {

    private static final int MOST = 64;

    private final SubmissionQueue queue = new SubmissionQueue();
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicIntegerArray taken = new AtomicIntegerArray(MOST);

    /** A task with a number. */
    private static final class Numbered extends RecursiveAction {
        private final int number;

        Numbered(int number) {
            this.number = number;
        }

        @Override
        protected void compute() {}
    }

    private void add(Priority priority) {
        boolean unused = queue.add(new Numbered(added.getAndIncrement()), priority);
    }

    private void take(@Nullable Task<?> task) {
        if (task != null) {
            int unused = taken.incrementAndGet(((Numbered) task).number);
        }
    }

    @Operation
    public void submit() {
        add(Priority.NORMAL);
    }

    @Operation
    public void submitHigh() {
        add(Priority.HIGH);
    }

    @Operation
    public void poll() {
        take(queue.poll());
    }

    @Operation
    public void pollHigh() {
        take(queue.pollHigh());
    }

    /** As a worker takes a batch. */
    @Operation
    public void turn() {
        if (!queue.tryBeginTurn()) {
            return;
        }
        try {
            for (Task<?> task = queue.next(); task != null; task = queue.next()) {
                take(task);
            }
        } finally {
            queue.endTurn();
        }
    }

    @Operation
    public void drain() {
        for (Task<?> task : queue.drain()) {
            take(task);
        }
    }

    @Validate
    public void everyTaskIsTakenOnce() {
        drain();
        if (!queue.isEmpty() || queue.size() != 0 || queue.added() != added.get()) {
            throw new IllegalStateException("broken: the queue's own counts");
        }
        for (int i = 0; i < added.get(); i++) {
            if (taken.get(i) != 1) {
                throw new IllegalStateException("broken: one take of each task");
            }
        }
    }
}
