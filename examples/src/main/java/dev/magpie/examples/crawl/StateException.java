package dev.magpie.examples.crawl;

import java.io.IOException;

/** The state of a crawl cannot be used, or no longer be written; the message says why. */
public final class StateException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what is wrong, in one line
     */
    public StateException(String message) {
        super(message);
    }

    /**
     * A failure with its cause.
     *
     * @param message what is wrong, in one line
     * @param cause what the system said
     */
    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
