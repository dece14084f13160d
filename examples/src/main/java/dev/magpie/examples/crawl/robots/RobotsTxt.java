package dev.magpie.examples.crawl.robots;

import dev.magpie.examples.crawl.fetch.FailureKind;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was found in the place of a robots.txt. It is all that must be stored to know the rules
 * again.
 *
 * @param url where it was looked for
 * @param outcome what came of it
 * @param content the file, empty unless it was found; not copied, nobody may change it
 * @param retryAfter how long the server asked to be left alone
 * @param failure why there was no response, if there was none and it is known
 * @param detail the status or failure, in one line
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record RobotsTxt(
        CrawlUrl url,
        Outcome outcome,
        byte[] content,
        Optional<Duration> retryAfter,
        Optional<FailureKind> failure,
        String detail) {

    /** RFC 9309, section 2.3.1. */
    public enum Outcome {
        /** A file, which tells the rules. */
        FOUND,
        /** There is none (status 4xx but 429, or more than five redirects): all is allowed. */
        UNAVAILABLE,
        /** Nobody can tell (status 5xx or 429, or no response): nothing is allowed for now. */
        UNREACHABLE
    }

    /**
     * What the file means to a crawler.
     *
     * @param agents the crawler's product tokens, such as {@code magpie}, in any case
     * @param maxDelay the longest crawl delay that is kept
     * @return the rules
     * @throws IllegalArgumentException if there is no token, or one has other symbols than letters,
     *     hyphens and underscores
     */
    public RobotsRules rules(List<String> agents, Duration maxDelay) {
        return switch (outcome) {
            case FOUND -> RobotsRules.parse(url, content, agents, maxDelay);
            case UNAVAILABLE -> RobotsRules.ALLOW_ALL;
            case UNREACHABLE -> RobotsRules.DISALLOW_ALL;
        };
    }
}
