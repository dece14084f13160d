package dev.magpie.scheduler.trace;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Since when submissions wait, for those that Flight Recorder wants to know of: a table beside the
 * tasks, so that a task needs no field for it. Thread-safe.
 *
 * <p>The table is small and never searched: a submission has one place in it, by its identity, and
 * is not followed if that is taken. So all waits are reported while few submissions wait, and a
 * sample of them while many do. What waits is held weakly.
 */
public final class SubmissionWaits {

    /** A power of two: 1 KiB of references. */
    private static final int PLACES = 256;

    private final AtomicReferenceArray<@Nullable Wait> places = new AtomicReferenceArray<>(PLACES);

    /** One submission that is followed. */
    private static final class Wait extends WeakReference<Object> {

        private final Object event;

        Wait(Object submission, Object event) {
            super(submission);
            this.event = event;
        }
    }

    /** Creates an empty table. */
    public SubmissionWaits() {}

    /**
     * A submission begins to wait. Called before any worker can find it.
     *
     * @param submission which
     */
    public void enqueued(Object submission) {
        if (!FlightEvents.watchesSubmissions()) {
            return;
        }
        int place = placeOf(submission);
        Wait taken = places.get(place);
        if (taken == null || taken.get() == null) {
            try {
                Wait wait = new Wait(submission, SubmissionWaitEvent.started());
                boolean unused = places.compareAndSet(place, taken, wait);
            } catch (StackOverflowError | OutOfMemoryError ex) {
                return; // not followed
            }
        }
    }

    /**
     * A worker took something that may be a submission.
     *
     * @param task what it took
     * @param worker the worker's index
     * @param isStart whether it runs now; otherwise it was run or cancelled before
     */
    public void taken(Object task, int worker, boolean isStart) {
        if (!FlightEvents.watchesSubmissions()) {
            return;
        }
        int place = placeOf(task);
        Wait wait = places.get(place);
        if (wait == null || wait.get() != task) {
            return;
        }
        if (places.compareAndSet(place, wait, null) && isStart) {
            try {
                SubmissionWaitEvent.emit(wait.event, worker);
            } catch (StackOverflowError | OutOfMemoryError ex) {
                return;
            }
        }
    }

    private static int placeOf(Object submission) {
        return System.identityHashCode(submission) & (PLACES - 1);
    }
}
