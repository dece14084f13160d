package dev.magpie.scheduler.trace;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Flight Recorder events of workers, where there is a Flight Recorder. Thread-safe.
 *
 * <p>Until a recorder is started, be it by an option, a command or a program, each method is a test
 * of the recorder's flag, and no event class is loaded: the first would make the virtual machine
 * load what instruments it, which takes longer than all else that a scheduler starts with. After
 * that it is the test of an event's flag. Without the module {@code jdk.jfr} it is none at all.
 *
 * <p>An event that meets the end of stack or memory is lost, and nothing else is: it is emitted by
 * workers that hold a task. If it is the first of its kind, so are the others: its class could not
 * be initialized.
 */
public final class FlightEvents {

    private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightEvents() {}

    private static boolean isStarted() {
        return AVAILABLE && FlightRecorder.isInitialized();
    }

    /**
     * Tells of a steal.
     *
     * @param worker index of the thief
     * @param victim index of the other worker
     */
    public static void stole(int worker, int victim) {
        if (isStarted()) {
            try {
                if (StealEvent.isOn()) {
                    StealEvent.emit(worker, victim);
                }
            } catch (StackOverflowError | OutOfMemoryError | NoClassDefFoundError ex) {
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
        if (isStarted()) {
            try {
                return ParkEvent.isOn() ? ParkEvent.started() : null;
            } catch (StackOverflowError | OutOfMemoryError | NoClassDefFoundError ex) {
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
        if (isStarted()) {
            try {
                return LongTaskEvent.isOn();
            } catch (StackOverflowError | OutOfMemoryError | NoClassDefFoundError ex) {
                return false;
            }
        }
        return false;
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
        if (isStarted()) {
            try {
                return SubmissionWaitEvent.isOn();
            } catch (StackOverflowError | OutOfMemoryError | NoClassDefFoundError ex) {
                return false;
            }
        }
        return false;
    }
}
