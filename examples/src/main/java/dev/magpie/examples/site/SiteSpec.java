package dev.magpie.examples.site;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a synthetic web is like. The same specification gives the same pages and links on every
 * machine. Immutable.
 *
 * @param seed of everything that looks random
 * @param pages on all ordinary hosts together
 * @param hosts ordinary ones; their sizes follow Zipf's law
 * @param zipf the exponent of the sizes: 0 makes all alike
 * @param hostsPerDomain how many hosts share a registrable domain
 * @param naming how hosts are called
 * @param meanBytes of a page; sizes are spread log-normally around it
 * @param degree links of a page
 * @param external the fraction of links that lead to another host
 * @param latency the mean time before a response; times are spread normally around it
 * @param latencyDeviation the standard deviation of these times
 * @param slowLatency the time before a response of a slow page
 * @param retryAfter what Retry-After says, in seconds and as a date by turns; whole seconds
 * @param fractions of pages by how they answer; the rest are OK
 * @param robots how hosts answer for robots.txt, by turns, from the second host on; the first has a
 *     file
 * @param crawlDelay what robots.txt says where it names a delay
 * @param hidden pages of each host that only links with nofollow lead to
 * @param orphans pages of each host that only its sitemap leads to; none has a sitemap if 0
 * @param hostile hostile hosts, all linked to from the first page
 * @param gzip whether pages are compressed for clients that ask for it
 */
public record SiteSpec(
        long seed,
        int pages,
        int hosts,
        double zipf,
        int hostsPerDomain,
        Naming naming,
        int meanBytes,
        int degree,
        double external,
        Duration latency,
        Duration latencyDeviation,
        Duration slowLatency,
        Duration retryAfter,
        Map<PageKind, Double> fractions,
        List<RobotsKind> robots,
        Duration crawlDelay,
        int hidden,
        int orphans,
        Set<HostileKind> hostile,
        boolean gzip) {

    /** How hosts are called. */
    public enum Naming {
        /** {@code www0.site7.test}; clients must be told that these are on loopback. */
        NAMES,
        /** {@code 127.1.0.8}; any client finds them. */
        ADDRESSES
    }

    /** Checks what a {@link Builder} would not have made. */
    public SiteSpec {
        check("pages", pages, 1, 1_000_000_000);
        check("hosts", hosts, 1, 1_000_000);
        check("hosts", hosts, 1, pages);
        check("hostsPerDomain", hostsPerDomain, 1, hosts);
        check("meanBytes", meanBytes, 64, 1 << 24);
        check("degree", degree, 1, 10_000);
        check("hidden", hidden, 0, 1_000_000);
        check("orphans", orphans, 0, 50_000);
        checkFraction("external", external);
        checkFraction("fractions", fractions.values().stream().mapToDouble(it -> it).sum());
        fractions.forEach((kind, fraction) -> checkFraction(kind.name(), fraction));
        if (!(zipf >= 0 && zipf <= 3)) {
            throw new IllegalArgumentException("zipf must be between 0 and 3, was " + zipf);
        }
        for (Duration time :
                List.of(latency, latencyDeviation, slowLatency, retryAfter, crawlDelay)) {
            if (time.isNegative() || time.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException(
                        "times must be between 0 and 1 hour, was " + time);
            }
        }
        fractions = Map.copyOf(fractions);
        robots = List.copyOf(robots);
        hostile = Set.copyOf(hostile);
        if (robots.isEmpty()) {
            throw new IllegalArgumentException("robots must name at least one kind, was empty");
        }
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " must be between " + min + " and " + max + ", was " + value);
        }
    }

    private static void checkFraction(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, was " + value);
        }
    }

    /**
     * Starts a specification of healthy hosts that answer at once: 1,000 pages of 10 KB with 10
     * links each on 10 hosts of like size.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a specification. Not thread-safe. Values are checked by {@link #build}. */
    public static final class Builder {

        private long seed = 42;
        private int pages = 1_000;
        private int hosts = 10;
        private double zipf;
        private int hostsPerDomain = 1;
        private Naming naming = Naming.NAMES;
        private int meanBytes = 10_000;
        private int degree = 10;
        private double external = 0.1;
        private Duration latency = Duration.ZERO;
        private Duration latencyDeviation = Duration.ZERO;
        private Duration slowLatency = Duration.ofSeconds(1);
        private Duration retryAfter = Duration.ofSeconds(1);
        private final Map<PageKind, Double> fractions = new EnumMap<>(PageKind.class);
        private List<RobotsKind> robots = List.of(RobotsKind.FILE);
        private Duration crawlDelay = Duration.ofSeconds(1);
        private int hidden;
        private int orphans;
        private final Set<HostileKind> hostile = EnumSet.noneOf(HostileKind.class);
        private boolean gzip;

        private Builder() {}

        /**
         * Sets the seed of everything that looks random.
         *
         * @param value any number
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Sets the number of pages on all ordinary hosts together.
         *
         * @param value from the number of hosts to a billion
         * @return this
         */
        public Builder pages(int value) {
            pages = value;
            return this;
        }

        /**
         * Sets the number of ordinary hosts.
         *
         * @param value from 1 to a million
         * @return this
         */
        public Builder hosts(int value) {
            hosts = value;
            return this;
        }

        /**
         * Sets how unequal hosts are.
         *
         * @param value the exponent of Zipf's law, from 0 to 3
         * @return this
         */
        public Builder zipf(double value) {
            zipf = value;
            return this;
        }

        /**
         * Sets how many hosts share a registrable domain.
         *
         * @param value from 1 to the number of hosts
         * @return this
         */
        public Builder hostsPerDomain(int value) {
            hostsPerDomain = value;
            return this;
        }

        /**
         * Sets how hosts are called.
         *
         * @param value by names or addresses
         * @return this
         */
        public Builder naming(Naming value) {
            naming = value;
            return this;
        }

        /**
         * Sets the mean size of a page.
         *
         * @param value bytes, from 64 to 16 MiB
         * @return this
         */
        public Builder meanBytes(int value) {
            meanBytes = value;
            return this;
        }

        /**
         * Sets the links of a page, and the fraction of them that leads to another host.
         *
         * @param links from 1 to 10,000
         * @param toOtherHosts from 0 to 1
         * @return this
         */
        public Builder links(int links, double toOtherHosts) {
            degree = links;
            external = toOtherHosts;
            return this;
        }

        /**
         * Sets the time before a response.
         *
         * @param mean of a normal distribution that is cut off at zero
         * @param deviation its standard deviation
         * @return this
         */
        public Builder latency(Duration mean, Duration deviation) {
            latency = mean;
            latencyDeviation = deviation;
            return this;
        }

        /**
         * Sets the time before a response of a slow page.
         *
         * @param value at most an hour
         * @return this
         */
        public Builder slowLatency(Duration value) {
            slowLatency = value;
            return this;
        }

        /**
         * Sets what Retry-After says.
         *
         * @param value whole seconds, at most an hour
         * @return this
         */
        public Builder retryAfter(Duration value) {
            retryAfter = value;
            return this;
        }

        /**
         * Sets how many pages answer in some way.
         *
         * @param kind the way
         * @param value their fraction, from 0 to 1
         * @return this
         */
        public Builder fraction(PageKind kind, double value) {
            fractions.put(kind, value);
            return this;
        }

        /**
         * Sets how hosts answer for robots.txt, by turns.
         *
         * @param kinds at least one
         * @return this
         */
        public Builder robots(List<RobotsKind> kinds) {
            robots = kinds;
            return this;
        }

        /**
         * Sets what robots.txt says where it names a delay.
         *
         * @param value at most an hour
         * @return this
         */
        public Builder crawlDelay(Duration value) {
            crawlDelay = value;
            return this;
        }

        /**
         * Sets the pages of each host that only links with nofollow lead to.
         *
         * @param value from 0 to a million
         * @return this
         */
        public Builder hidden(int value) {
            hidden = value;
            return this;
        }

        /**
         * Sets the pages of each host that only its sitemap leads to.
         *
         * @param value from 0, without sitemaps, to 50,000
         * @return this
         */
        public Builder orphans(int value) {
            orphans = value;
            return this;
        }

        /**
         * Adds hostile hosts.
         *
         * @param kinds what they do
         * @return this
         */
        public Builder hostile(Set<HostileKind> kinds) {
            hostile.addAll(kinds);
            return this;
        }

        /**
         * Sets whether pages are compressed for clients that ask for it.
         *
         * @param value true if so
         * @return this
         */
        public Builder gzip(boolean value) {
            gzip = value;
            return this;
        }

        /**
         * Builds the specification.
         *
         * @return it
         * @throws IllegalArgumentException if a value is out of its bounds, or the fractions add up
         *     to more than 1
         */
        public SiteSpec build() {
            return new SiteSpec(
                    seed,
                    pages,
                    hosts,
                    zipf,
                    hostsPerDomain,
                    naming,
                    meanBytes,
                    degree,
                    external,
                    latency,
                    latencyDeviation,
                    slowLatency,
                    retryAfter,
                    fractions,
                    robots,
                    crawlDelay,
                    hidden,
                    orphans,
                    hostile,
                    gzip);
        }
    }
}
