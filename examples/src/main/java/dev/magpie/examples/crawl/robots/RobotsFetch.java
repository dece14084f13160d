package dev.magpie.examples.crawl.robots;

import dev.magpie.examples.crawl.fetch.FailureKind;
import dev.magpie.examples.crawl.fetch.FetchLimits;
import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.fetch.RetryAfter;
import dev.magpie.examples.crawl.robots.RobotsTxt.Outcome;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Fetches robots.txt files as RFC 9309 (section 2.3.1) has it: five redirects are followed, to any
 * host; 4xx means that there is none, and 5xx that nobody can tell. Status 429 counts as 5xx,
 * because a server that is asked less for a while should not be asked more. Safe for use by many
 * threads; never blocks.
 */
public final class RobotsFetch {

    private static final int MAX_REDIRECTS = 5;
    private static final Duration MAX_RETRY_AFTER = Duration.ofDays(1);
    private static final byte[] NOTHING = {};

    private final Fetcher fetcher;
    private final Map<String, String> headers;
    private final FetchLimits limits;

    /**
     * Fetches with some fetcher.
     *
     * @param fetcher what sends the requests; it is not closed here
     * @param headers of each request, such as User-Agent
     * @param totalTime of each request
     * @throws IllegalArgumentException if the time is not from 1 millisecond to 1 day
     */
    public RobotsFetch(Fetcher fetcher, Map<String, String> headers, Duration totalTime) {
        this.fetcher = fetcher;
        this.headers = Map.copyOf(headers);
        this.limits =
                FetchLimits.DEFAULT
                        .withMaxBodyBytes(RobotsRules.MAX_BYTES)
                        .withTotalTime(totalTime);
    }

    /**
     * Fetches the robots.txt of an origin.
     *
     * @param url any URL of the origin
     * @return completes with what was found, never exceptionally
     */
    public CompletionStage<RobotsTxt> fetch(CrawlUrl url) {
        CrawlUrl robots = url.robotsTxt();
        return fetch(robots, robots, MAX_REDIRECTS);
    }

    private CompletionStage<RobotsTxt> fetch(CrawlUrl asked, CrawlUrl at, int redirectsLeft) {
        return fetcher.fetch(new FetchRequest(at, headers, limits))
                .thenCompose(result -> next(asked, result, redirectsLeft));
    }

    private CompletionStage<RobotsTxt> next(CrawlUrl asked, FetchResult result, int redirectsLeft) {
        Optional<CrawlUrl> target = redirectTarget(result);
        if (target.isPresent() && redirectsLeft > 0) {
            return fetch(asked, target.get(), redirectsLeft - 1);
        }
        return CompletableFuture.completedFuture(outcome(asked, result));
    }

    private static Optional<CrawlUrl> redirectTarget(FetchResult result) {
        if (result instanceof FetchResult.Response response
                && response.status() >= 300
                && response.status() < 400) {
            return response.location().flatMap(response.url()::resolve);
        }
        return Optional.empty();
    }

    private static RobotsTxt outcome(CrawlUrl asked, FetchResult result) {
        if (result instanceof FetchResult.Response response) {
            return outcome(asked, response);
        }
        FetchResult.Failure failure = (FetchResult.Failure) result;
        // A redirect to a forbidden or unspeakable place is a page's fault, not a server's.
        boolean isRefused = failure.kind() == FailureKind.REFUSED_ADDRESS;
        boolean isRedirected = !failure.url().origin().equals(asked.origin());
        return new RobotsTxt(
                asked,
                isRefused && isRedirected ? Outcome.UNAVAILABLE : Outcome.UNREACHABLE,
                NOTHING,
                Optional.empty(),
                Optional.of(failure.kind()),
                failure.kind() + ": " + failure.message());
    }

    private static RobotsTxt outcome(CrawlUrl asked, FetchResult.Response response) {
        int status = response.status();
        boolean isFound = status >= 200 && status < 300;
        boolean isUnreachable = status >= 500 || status == 429;
        return new RobotsTxt(
                asked,
                isFound ? Outcome.FOUND : isUnreachable ? Outcome.UNREACHABLE : Outcome.UNAVAILABLE,
                isFound ? response.body() : NOTHING,
                response.header("Retry-After").flatMap(RobotsFetch::retryAfter),
                Optional.empty(),
                "status " + status);
    }

    private static Optional<Duration> retryAfter(String header) {
        return RetryAfter.parse(header, Clock.systemUTC().instant(), MAX_RETRY_AFTER);
    }
}
