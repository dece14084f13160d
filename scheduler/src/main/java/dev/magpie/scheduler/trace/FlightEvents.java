package dev.magpie.scheduler.trace;

import org.jspecify.annotations.Nullable;

/**
 * Flight Recorder events of workers, where there is a Flight Recorder. Thread-safe.
 *
 * <p>Without a recording that wants an event, each method is a test of a flag: the virtual machine
 * gives event classes their bodies when a recorder starts, and until then {@code isEnabled} is the
 * constant false. Without the module {@code jdk.jfr} no event class is ever loaded.
 *
 * <p>An event that meets the end of stack or memory is lost, and nothing else is: it is emitted by
 * workers that hold a task.
 */
public final class FlightEvents {

    private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightEvents() {}

    /**
     * Tells of a steal.
     *
     * @param worker index of the thief
     * @param victim index of the other worker
     */
    public static void stole(int worker, int victim) {
        if (AVAILABLE && StealEvent.isOn()) {
            try {
                StealEvent.emit(worker, victim);
            } catch (StackOverflowError | OutOfMemoryError ex) {
                return;
            }
        }
    }

    /**
     * Tells that a worker goes to sleep.
     *
     * @return what {@link #parkEnds} needs; null if nobody listens
     */
    public static @Nullable Object parkStarts() {
        if (AVAILABLE && ParkEvent.isOn()) {
            try {
                return ParkEvent.started();
            } catch (StackOverflowError | OutOfMemoryError ex) {
                return null;
            }
        }
        return null;
    }

    /**
     * Tells that a worker woke up.
     *
     * @param park what {@link #parkStarts} returned
     * @param worker the worker's index
     */
    public static void parkEnds(Object park, int worker) {
        try {
            ParkEvent.emit(park, worker);
        } catch (StackOverflowError | OutOfMemoryError ex) {
            return;
        }
    }

    /**
     * Whether anybody wants to hear of long tasks.
     *
     * @return whether to call {@link #taskStarts}
     */
    public static boolean watchesTasks() {
        return AVAILABLE && LongTaskEvent.isOn();
    }

    /**
     * Tells that a task starts.
     *
     * @param taskClass what it is
     * @return what {@link #taskEnds} needs; null if nobody listens
     */
    public static @Nullable Object taskStarts(Class<?> taskClass) {
        if (watchesTasks()) {
            try {
                return LongTaskEvent.started(taskClass);
            } catch (StackOverflowError | OutOfMemoryError ex) {
                return null;
            }
        }
        return null;
    }

    /**
     * Tells that a task is over.
     *
     * @param task what {@link #taskStarts} returned
     * @param worker index of the worker that ran it
     */
    public static void taskEnds(Object task, int worker) {
        try {
            LongTaskEvent.emit(task, worker);
        } catch (StackOverflowError | OutOfMemoryError ex) {
            return;
        }
    }

    /**
     * Whether anybody wants to hear of submissions that wait.
     *
     * @return whether {@link SubmissionWaits} has something to do
     */
    public static boolean watchesSubmissions() {
        return AVAILABLE && SubmissionWaitEvent.isOn();
    }
}
