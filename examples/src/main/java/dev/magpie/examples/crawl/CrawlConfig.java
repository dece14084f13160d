package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FetchLimits;
import dev.magpie.examples.crawl.url.UrlRules;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a crawl does.
 *
 * @param agent the product token that robots.txt files address
 * @param headers of each request, User-Agent included
 * @param scope which URLs belong to it
 * @param politeness towards hosts
 * @param retries after failures
 * @param traps what is not followed
 * @param limits of a fetch
 * @param rules how URLs are brought to their canonical form
 * @param maxDepth links between a seed and a page
 * @param maxHops redirects in a row
 * @param maxPages fetches after which it ends
 * @param maxInFlight pages that are being fetched or worked at, at a time
 * @param memoryUrls URLs to be fetched that are held in memory; the others are on disk
 * @param sitemaps whether sitemaps are read
 * @param resources whether images, scripts, style sheets and media are fetched, too
 */
public record CrawlConfig(
        String agent,
        Map<String, String> headers,
        Scope scope,
        Politeness politeness,
        Retries retries,
        TrapLimits traps,
        FetchLimits limits,
        UrlRules rules,
        int maxDepth,
        int maxHops,
        long maxPages,
        int maxInFlight,
        long memoryUrls,
        boolean sitemaps,
        boolean resources) {

    /** How long a robots.txt holds (RFC 9309, section 2.4). */
    static final Duration ROBOTS_AGE = Duration.ofHours(24);

    /** Checked by the builder. */
    public CrawlConfig {
        headers = Map.copyOf(headers);
    }

    /** As directives and robots.txt files address this crawler. */
    List<String> agents() {
        return List.of(agent);
    }

    /**
     * A configuration to be changed.
     *
     * @return with what suits a site of somebody else
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Takes values one by one, and refuses wrong ones at once. Not thread-safe. */
    public static final class Builder {

        private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

        /** Headers that say how a message is carried, or what a fetcher understands. */
        private static final Set<String> OF_FETCHERS =
                Set.of(
                        "accept-encoding",
                        "connection",
                        "content-length",
                        "expect",
                        "host",
                        "keep-alive",
                        "te",
                        "transfer-encoding",
                        "upgrade");

        private String agent = "magpie";
        private String contact = "";
        private final Map<String, String> headers = new LinkedHashMap<>();
        private Scope scope = Scope.any();
        private Politeness politeness = Politeness.DEFAULT;
        private Retries retries = Retries.DEFAULT;
        private TrapLimits traps = TrapLimits.DEFAULT;
        private FetchLimits limits = FetchLimits.DEFAULT;
        private UrlRules rules = UrlRules.PLAIN;
        private int maxDepth = Integer.MAX_VALUE;
        private int maxHops = 10;
        private long maxPages = Long.MAX_VALUE;
        private int maxInFlight = 256;
        private long memoryUrls = 100_000;
        private boolean sitemaps = true;
        private boolean resources;

        private Builder() {}

        /**
         * Who crawls.
         *
         * @param token letters, hyphens and underscores, which robots.txt files address
         * @param address where the owners of sites find out more or complain; may be empty
         * @return this
         * @throws IllegalArgumentException if the token has other symbols, or the address some that
         *     no header may have
         */
        public Builder agent(String token, String address) {
            if (!token.matches("[a-zA-Z_-]+")) {
                throw new IllegalArgumentException(
                        "token must be letters, hyphens and underscores, was '" + token + "'");
            }
            requireValue("address", address);
            agent = token;
            contact = address;
            return this;
        }

        /**
         * Sends a header with each request, in the place of one of the same name.
         *
         * @param name of the header: a token of HTTP, and none that the fetchers set themselves
         * @param value of the header: printable symbols of Latin-1, or blanks and tabs
         * @return this
         * @throws IllegalArgumentException if it is no such name or value
         */
        public Builder header(String name, String value) {
            if (!TOKEN.matcher(name).matches()) {
                throw new IllegalArgumentException("name must be a token, was '" + name + "'");
            }
            if (OF_FETCHERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "name must be none that the fetcher sees to, was '" + name + "'");
            }
            requireValue("value of " + name, value);
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
            return this;
        }

        /** What fetchers would refuse with each page, or send as something else. */
        private static void requireValue(String name, String value) {
            boolean isSound =
                    value.chars()
                            .allMatch(
                                    symbol ->
                                            symbol == '\t'
                                                    || symbol >= ' '
                                                            && symbol != 0x7f
                                                            && symbol <= 0xff);
            if (!isSound) {
                throw new IllegalArgumentException(
                        name + " must be of Latin-1 and without control characters");
            }
        }

        /**
         * Which URLs belong to the crawl; by default all.
         *
         * @param wanted the scope
         * @return this
         */
        public Builder scope(Scope wanted) {
            scope = wanted;
            return this;
        }

        /**
         * How hosts are treated.
         *
         * @param wanted by default {@link Politeness#DEFAULT}
         * @return this
         */
        public Builder politeness(Politeness wanted) {
            politeness = wanted;
            return this;
        }

        /**
         * What is tried again.
         *
         * @param wanted by default {@link Retries#DEFAULT}
         * @return this
         */
        public Builder retries(Retries wanted) {
            retries = wanted;
            return this;
        }

        /**
         * What is not followed.
         *
         * @param wanted by default {@link TrapLimits#DEFAULT}
         * @return this
         */
        public Builder traps(TrapLimits wanted) {
            traps = wanted;
            return this;
        }

        /**
         * Limits of each fetch.
         *
         * @param wanted by default {@link FetchLimits#DEFAULT}
         * @return this
         */
        public Builder limits(FetchLimits wanted) {
            limits = wanted;
            return this;
        }

        /**
         * How URLs are brought to their canonical form.
         *
         * @param wanted by default {@link UrlRules#PLAIN}
         * @return this
         */
        public Builder rules(UrlRules wanted) {
            rules = wanted;
            return this;
        }

        /**
         * How many links away from a seed a page may be, by the way on which it was found first.
         * That need not be the shortest: which of two pages is fetched first depends on the hosts.
         *
         * @param links 0 for the seeds alone
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder maxDepth(int links) {
            maxDepth = (int) check("maxDepth", links, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * How many redirects are followed in a row.
         *
         * @param redirects by default 10
         * @return this
         * @throws IllegalArgumentException if negative or above 100
         */
        public Builder maxHops(int redirects) {
            maxHops = (int) check("maxHops", redirects, 0, 100);
            return this;
        }

        /**
         * After how many fetches the crawl ends, not counting those of an earlier one with this
         * state.
         *
         * @param pages robots.txt files not counted
         * @return this
         * @throws IllegalArgumentException if below 1
         */
        public Builder maxPages(long pages) {
            maxPages = check("maxPages", pages, 1, Long.MAX_VALUE);
            return this;
        }

        /**
         * How many pages are being fetched or worked at, at a time.
         *
         * @param pages by default 256
         * @return this
         * @throws IllegalArgumentException if not between 1 and 100,000
         */
        public Builder maxInFlight(int pages) {
            maxInFlight = (int) check("maxInFlight", pages, 1, 100_000);
            return this;
        }

        /**
         * How many URLs to be fetched are held in memory.
         *
         * @param urls by default 100,000
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder memoryUrls(long urls) {
            memoryUrls = check("memoryUrls", urls, 0, Long.MAX_VALUE);
            return this;
        }

        /**
         * Whether the sitemaps that robots.txt files name are read.
         *
         * @param on by default true
         * @return this
         */
        public Builder sitemaps(boolean on) {
            sitemaps = on;
            return this;
        }

        /**
         * Whether images, scripts, style sheets and media are fetched, too.
         *
         * @param on by default false
         * @return this
         */
        public Builder resources(boolean on) {
            resources = on;
            return this;
        }

        private static long check(String name, long value, long min, long max) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(
                        name + " must be between " + min + " and " + max + ", was " + value);
            }
            return value;
        }

        /**
         * The configuration.
         *
         * @return immutable
         */
        public CrawlConfig build() {
            Map<String, String> sent = new LinkedHashMap<>(headers);
            String about = contact.isEmpty() ? "" : " (+" + contact + ")";
            if (sent.keySet().stream().noneMatch("User-Agent"::equalsIgnoreCase)) {
                sent.put("User-Agent", agent + "/0.1" + about);
            }
            return new CrawlConfig(
                    agent,
                    sent,
                    scope,
                    politeness,
                    retries,
                    traps,
                    limits,
                    rules,
                    maxDepth,
                    maxHops,
                    maxPages,
                    maxInFlight,
                    memoryUrls,
                    sitemaps,
                    resources);
        }
    }
}
