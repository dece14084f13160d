package dev.magpie.examples.crawl.service;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How long to wait before the next attempt to reach the service. One thread. */
final class Backoff {

    /** The longest wait. */
    static final long CAP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private long next = FIRST_NANOS;

    /** Between a half and all of what doubles each time, so that not all crawlers come at once. */
    long nextNanos() {
        long wait = next / 2 + ThreadLocalRandom.current().nextLong(next / 2 + 1);
        next = Math.min(2 * next, CAP_NANOS);
        return wait;
    }

    void reset() {
        next = FIRST_NANOS;
    }
}
