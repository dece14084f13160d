package dev.magpie.scheduler;

/**
 * Makes a stack overflow happen before the engine changes anything, not halfway through.
 *
 * <p>User recursion may call into the engine with next to no stack left. A step that must not be
 * torn (a worker taken off the idle stack and then woken; a nesting count that goes up and down)
 * first asks here: this either returns, and then there is room for the step, or throws {@link
 * StackOverflowError} with nothing changed.
 */
final class StackHeadroom {

    /** Frames of at least 64 bytes: more than a wake-up needs, compiled or interpreted. */
    private static final int STEP = 64;

    /** For a wait, whose parts are steps that ask for room themselves, or start a thread. */
    private static final int WAIT = 256;

    private StackHeadroom() {}

    /** Throws StackOverflowError if too little stack is left for one step. */
    static void ensure() {
        ensure(STEP);
    }

    /** Throws StackOverflowError if too little stack is left for a wait in a join. */
    static void ensureForWait() {
        ensure(WAIT);
    }

    private static void ensure(int frames) {
        if (descend(frames, 1L, 2L, 3L) == 0) {
            throw new AssertionError("unreachable");
        }
    }

    /** Not a tail call, and not constant: stays a recursion when compiled. */
    private static long descend(int frames, long first, long second, long third) {
        return frames == 0 ? first : descend(frames - 1, second, third, first + second) | 1;
    }
}
