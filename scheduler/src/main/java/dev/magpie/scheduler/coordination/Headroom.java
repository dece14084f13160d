package dev.magpie.scheduler.coordination;

/**
 * Makes a stack overflow happen before a structure changes, not halfway through.
 *
 * <p>Callbacks that call back may get here with next to no stack left. An overflow under a
 * channel's lock would leave it locked for ever, and one between a change and the look at those who
 * wait would leave them waiting. What must not be torn first asks here: this either returns, and
 * then there is room for the step, or throws {@link StackOverflowError} with nothing changed. A
 * step asks for more than those that it contains.
 */
final class Headroom {

    /** Frames of at least 64 bytes: more than is called under a lock. */
    private static final int LOCK = 64;

    /** For a change and the look at those who wait that follows it. */
    private static final int CHANGE = 128;

    /** For what is listed, waited for, and given up if there is no room to wait. */
    private static final int WAIT = 256;

    /** A seam: a model checker takes the descent for a recursion that does not end. */
    static boolean isChecked = true;

    private Headroom() {}

    /** Throws StackOverflowError if too little stack is left for what is done under a lock. */
    static void ensureForLock() {
        ensure(LOCK);
    }

    /** Throws StackOverflowError if too little stack is left for a change and what follows it. */
    static void ensureForChange() {
        ensure(CHANGE);
    }

    /** Throws StackOverflowError if too little stack is left to be listed, and to leave again. */
    static void ensureForWait() {
        ensure(WAIT);
    }

    private static void ensure(int frames) {
        if (isChecked && descend(frames, 1L, 2L, 3L) == 0) {
            throw new AssertionError("unreachable");
        }
    }

    /** Not a tail call, and not constant: stays a recursion when compiled. */
    private static long descend(int frames, long first, long second, long third) {
        return frames == 0 ? first : descend(frames - 1, second, third, first + second) | 1;
    }
}
