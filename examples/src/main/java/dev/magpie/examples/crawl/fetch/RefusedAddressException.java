package dev.magpie.examples.crawl.fetch;

import java.io.IOException;

/** The address policy forbids to connect to a host. */
public final class RefusedAddressException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * A refusal.
     *
     * @param message names the host, the address and the rule
     */
    public RefusedAddressException(String message) {
        super(message);
    }
}
