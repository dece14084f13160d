package dev.magpie.scheduler;

import java.util.Arrays;

/** How a failure travels from the thread that met it to the one that joins. */
final class Throwables {

    /**
     * Past this length no more frames are added: a failure that crosses many joins, or a shared
     * instance.
     */
    private static final int MAX_FRAMES = 2048;

    private static final StackTraceElement BOUNDARY =
            new StackTraceElement("--- joined by ---", "join", null, -1);

    private Throwables() {}

    /** Appends the caller's frames to the trace of a failure that happened in another thread. */
    static Throwable withJoinerFrames(Throwable failure) {
        try {
            StackTraceElement[] there = failure.getStackTrace();
            if (there.length > 0 && there.length < MAX_FRAMES) {
                StackTraceElement[] here = new Throwable().getStackTrace();
                StackTraceElement[] both = Arrays.copyOf(there, there.length + 1 + here.length);
                both[there.length] = BOUNDARY;
                System.arraycopy(here, 0, both, there.length + 1, here.length);
                failure.setStackTrace(both);
            }
        } catch (StackOverflowError | OutOfMemoryError ex) {
            return failure; // the failure itself matters more than its trace
        }
        return failure;
    }

    /**
     * Throws any throwable as itself. Declared to return, so that callers can write {@code throw}.
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> X rethrow(Throwable failure) throws X {
        throw (X) failure;
    }
}
