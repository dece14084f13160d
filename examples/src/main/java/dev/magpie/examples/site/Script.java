package dev.magpie.examples.site;

/**
 * How a response goes: some parts, with pauses, and how it ends. What it does is computed when its
 * time comes, so a response that waits costs nothing.
 *
 * @param status as the log has it
 * @param delayNanos before the first part
 * @param pauseNanos between parts
 * @param retryAfterNanos what Retry-After says, 0 if there is none
 * @param part what is sent
 */
record Script(int status, long delayNanos, long pauseNanos, long retryAfterNanos, Part part) {

    /** How it goes on after a part. */
    enum Turn {
        /** Another part follows. */
        MORE,
        /** The response is complete, and the connection may be used again. */
        LAST,
        /** The connection is closed. */
        CLOSE,
        /** The connection is reset, so that even bytes under way may be lost. */
        RESET
    }

    /** Writes the parts of a response. */
    @FunctionalInterface
    interface Part {

        /** Writes part number {@code step}, from 0, to {@code out}, which is empty. */
        Turn write(int step, Bytes out);
    }

    /** One part. */
    static Script whole(int status, long delayNanos, Part part) {
        return new Script(status, delayNanos, 0, 0, part);
    }
}
