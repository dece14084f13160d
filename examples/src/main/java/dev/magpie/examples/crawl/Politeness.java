package dev.magpie.examples.crawl;

import java.time.Duration;

/**
 * How much is asked of others at a time, and how often.
 *
 * @param perHost requests in flight to one scheme, name and port
 * @param perDomain requests in flight to one registrable domain
 * @param perAddress requests in flight to one address
 * @param delay from one request to a host to the next
 * @param domainDelay the same for a registrable domain
 * @param addressDelay the same for an address
 * @param adaptive the delay is at least so many times what the host's responses take of late
 * @param maxDelay what {@code adaptive} and a crawl delay in robots.txt may come to
 */
public record Politeness(
        int perHost,
        int perDomain,
        int perAddress,
        Duration delay,
        Duration domainDelay,
        Duration addressDelay,
        double adaptive,
        Duration maxDelay) {

    /** The largest {@code adaptive}. */
    public static final int MAX_ADAPTIVE = 1000;

    private static final int MAX_PERMITS = 1_000_000;

    /** Five at a time, half a second apart, more if the host is slow. */
    public static final Politeness DEFAULT =
            new Politeness(
                    5,
                    5,
                    5,
                    Duration.ofMillis(500),
                    Duration.ZERO,
                    Duration.ZERO,
                    1.0,
                    Duration.ofSeconds(30));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number of requests is below 1 or above a million, or a
     *     time or the factor is negative
     */
    public Politeness {
        checkPermits("perHost", perHost);
        checkPermits("perDomain", perDomain);
        checkPermits("perAddress", perAddress);
        checkTime("delay", delay);
        checkTime("domainDelay", domainDelay);
        checkTime("addressDelay", addressDelay);
        checkTime("maxDelay", maxDelay);
        if (!(adaptive >= 0 && adaptive <= MAX_ADAPTIVE)) {
            throw new IllegalArgumentException(
                    "adaptive must be between 0 and " + MAX_ADAPTIVE + ", was " + adaptive);
        }
    }

    /**
     * Only so many requests at a time to a host and a domain, and nothing else: for sites of one's
     * own.
     *
     * @param permits requests in flight
     * @return without delays
     */
    public static Politeness undelayed(int permits) {
        return new Politeness(
                permits,
                permits,
                MAX_PERMITS,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                0,
                Duration.ofSeconds(30));
    }

    /**
     * The same with another delay between two requests to a host.
     *
     * @param time from one request to the next
     * @return with that delay
     */
    public Politeness withDelay(Duration time) {
        return new Politeness(
                perHost,
                perDomain,
                perAddress,
                time,
                domainDelay,
                addressDelay,
                adaptive,
                maxDelay);
    }

    static void checkTime(String name, Duration time) {
        if (time.isNegative() || time.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(
                    name + " must be between 0 and 365 days, was " + time);
        }
    }

    private static void checkPermits(String name, int permits) {
        if (permits < 1 || permits > MAX_PERMITS) {
            throw new IllegalArgumentException(
                    name + " must be between 1 and " + MAX_PERMITS + ", was " + permits);
        }
    }
}
