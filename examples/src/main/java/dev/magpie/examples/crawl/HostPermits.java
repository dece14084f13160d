package dev.magpie.examples.crawl;

import org.jspecify.annotations.Nullable;

/**
 * What one host takes of the turnstiles that it shares: those of its domain, its address and the
 * whole crawl. It takes a permit of each, or none. Belongs to the host's turn.
 */
final class HostPermits {

    /** What {@link #enter} returns when there is no permit: the host will be told. */
    static final long SHUT = -1;

    private static final int ADDRESS = 1;
    private static final int WHOLE_CRAWL = 2;

    private final Turnstile.Waiter host;
    private final @Nullable Turnstile[] turnstiles;
    private final boolean[] isQueuedAt = new boolean[3];

    HostPermits(Turnstile.Waiter host, Turnstile domain, Turnstile wholeCrawl) {
        this.host = host;
        turnstiles = new @Nullable Turnstile[] {domain, null, wholeCrawl};
    }

    /** The address is found later than the rest. */
    void setAddress(Turnstile address) {
        turnstiles[ADDRESS] = address;
    }

    /** Takes a permit everywhere: 0; else {@link #SHUT}, or the nanoseconds until gaps are over. */
    long enter(long now) {
        for (int i = 0; i < turnstiles.length; i++) {
            Turnstile turnstile = turnstiles[i];
            if (turnstile != null && !turnstile.tryEnter(host, isQueuedAt[i])) {
                isQueuedAt[i] = true;
                leave(i);
                return SHUT;
            }
        }
        long wait = passGaps(now);
        if (wait > 0) {
            leave(turnstiles.length);
        }
        return wait;
    }

    private long passGaps(long now) {
        long wait = 0;
        for (Turnstile turnstile : turnstiles) {
            wait = turnstile == null ? wait : Math.max(wait, turnstile.untilGapIsOver(now));
        }
        for (Turnstile turnstile : turnstiles) {
            if (turnstile != null && wait == 0) {
                wait = turnstile.tryPassGap(now);
            }
        }
        return wait;
    }

    /** The host's name is not there any more, since it was told. */
    void onFree(Turnstile told) {
        for (int i = 0; i < turnstiles.length; i++) {
            if (turnstiles[i] == told) {
                isQueuedAt[i] = false;
            }
        }
    }

    /** The request is over; the permit of the whole crawl is kept until its page is done. */
    void releaseRequest() {
        leave(WHOLE_CRAWL);
    }

    /** The request is over, or was not sent, and nothing is kept. */
    void releaseAll() {
        leave(turnstiles.length);
    }

    private void leave(int count) {
        for (int i = 0; i < count; i++) {
            Turnstile turnstile = turnstiles[i];
            if (turnstile != null) {
                turnstile.leave();
            }
        }
    }
}
