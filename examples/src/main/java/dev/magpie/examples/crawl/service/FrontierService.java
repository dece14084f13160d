package dev.magpie.examples.crawl.service;

import java.time.Duration;

/**
 * Where a frontier service is, and how it is used.
 *
 * @param host name or address
 * @param port of its gRPC server
 * @param crawlId which of the crawls that the service keeps; empty for its default one
 * @param lease for how long a URL is not given to others, in whole seconds; renewed while it is
 *     needed. So long others wait for what a crawler had that has died
 * @param urlsPerQueue how many URLs of a host are taken at a time
 * @param maxHeld how many URLs are taken that are not done, of all hosts together
 */
public record FrontierService(
        String host, int port, String crawlId, Duration lease, int urlsPerQueue, int maxHeld) {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int URLS_PER_QUEUE = 20; // ten seconds' worth at the default delay
    private static final int MAX_HELD = 2_560; // ten times what is in flight by default
    private static final long MAX_LEASE_SECONDS = 86_400;

    /**
     * A service.
     *
     * @param host name or address
     * @param port of its gRPC server
     * @param crawlId which crawl
     * @param lease of a URL
     * @param urlsPerQueue taken at a time
     * @param maxHeld taken and not done
     * @throws IllegalArgumentException if the host is empty, the port not from 1 to 65535, the
     *     lease not from 1 to 86400 seconds, or a count not positive
     */
    public FrontierService {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host must not be empty");
        }
        requireBetween("port", port, 1, 65_535);
        requireBetween("lease in seconds", lease.toSeconds(), 1, MAX_LEASE_SECONDS);
        requireBetween("urlsPerQueue", urlsPerQueue, 1, Integer.MAX_VALUE);
        requireBetween("maxHeld", maxHeld, 1, Integer.MAX_VALUE);
    }

    private static void requireBetween(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " must be between " + min + " and " + max + ", was " + value);
        }
    }

    /**
     * A service with the usual settings.
     *
     * @param address such as {@code localhost:7071} or {@code [::1]:7071}
     * @return the service
     * @throws IllegalArgumentException if that is no host and port
     */
    public static FrontierService at(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || host.contains("/") || (host.contains(":") && !isBracketed)) {
            throw notAnAddress(address);
        }
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            return new FrontierService(host, port, "", LEASE, URLS_PER_QUEUE, MAX_HELD);
        } catch (NumberFormatException ex) {
            throw notAnAddress(address);
        }
    }

    private static IllegalArgumentException notAnAddress(String address) {
        return new IllegalArgumentException("address must be HOST:PORT, was '" + address + "'");
    }

    /**
     * The same service, another crawl.
     *
     * @param wanted its identifier
     * @return the service
     */
    public FrontierService withCrawlId(String wanted) {
        return new FrontierService(host, port, wanted, lease, urlsPerQueue, maxHeld);
    }

    /**
     * The same service with other leases.
     *
     * @param wanted in whole seconds
     * @return the service
     * @throws IllegalArgumentException if it is not from 1 to 86400 seconds
     */
    public FrontierService withLease(Duration wanted) {
        return new FrontierService(host, port, crawlId, wanted, urlsPerQueue, maxHeld);
    }

    /**
     * The same service, of which more or less is taken at a time.
     *
     * @param perQueue URLs of a host
     * @param held URLs that are not done
     * @return the service
     * @throws IllegalArgumentException if one is not positive
     */
    public FrontierService withAmounts(int perQueue, int held) {
        return new FrontierService(host, port, crawlId, lease, perQueue, held);
    }

    String address() {
        return host + ":" + port;
    }
}
