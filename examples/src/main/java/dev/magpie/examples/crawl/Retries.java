package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FailureKind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is tried again, how often, and after how long.
 *
 * @param attempts of a URL, the first included
 * @param base wait before the second attempt; it doubles with each further one
 * @param cap the longest wait
 * @param maxRetryAfter the longest wait that a server may ask for
 * @param breakerFailures so many failures of a host in a row open its circuit breaker: nothing is
 *     sent for a while, and then one request to see
 * @param breakerOpenings after so many openings in a row the host is given up
 */
public record Retries(
        int attempts,
        Duration base,
        Duration cap,
        Duration maxRetryAfter,
        int breakerFailures,
        int breakerOpenings) {

    /** Four attempts, from two seconds to ten minutes apart. */
    public static final Retries DEFAULT =
            new Retries(
                    4, Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofHours(6), 8, 4);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is below 1 or a time negative
     */
    public Retries {
        check("attempts", attempts);
        check("breakerFailures", breakerFailures);
        check("breakerOpenings", breakerOpenings);
        Politeness.checkTime("base", base);
        Politeness.checkTime("cap", cap);
        Politeness.checkTime("maxRetryAfter", maxRetryAfter);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > 1000) {
            throw new IllegalArgumentException(name + " must be between 1 and 1000, was " + value);
        }
    }

    /** How often a URL is tried that failed in this way. */
    int attemptsFor(FailureKind kind) {
        return switch (kind) {
            case TIMEOUT, RESET, CONNECT -> attempts;
            case DNS, PROTOCOL, OTHER -> Math.min(attempts, 2);
            case REFUSED_ADDRESS, TOO_LARGE, CONTENT_TYPE, TLS -> 1;
        };
    }

    /** How often a URL is tried that was answered by this status. */
    int attemptsFor(int status) {
        return switch (status) {
            case 429, 503 -> attempts;
            case 408, 500, 502, 504 -> Math.min(attempts, 3);
            default -> 1;
        };
    }

    /** Half to all of the base, doubled for each failure beyond the first, in nanoseconds. */
    long backoffNanos(int failures) {
        double wait = base.toNanos() * Math.pow(2, Math.max(failures - 1, 0));
        long capped = (long) Math.min(wait, (double) cap.toNanos());
        return capped / 2 + ThreadLocalRandom.current().nextLong(capped / 2 + 1);
    }
}
