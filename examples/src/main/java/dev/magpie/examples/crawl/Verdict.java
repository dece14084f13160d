package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FailureKind;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.fetch.FetchResult.Failure;
import dev.magpie.examples.crawl.fetch.FetchResult.Response;
import dev.magpie.examples.crawl.fetch.RetryAfter;
import java.time.Duration;
import java.time.Instant;

/**
 * What the result of a fetch means for the URL and for its host.
 *
 * @param isRetried whether the URL is tried again
 * @param countsAgainstHost whether the host has failed
 * @param blocksHost whether nothing is sent to the host for a while
 * @param retryAfter for how long, if the server said so; zero otherwise
 */
record Verdict(
        boolean isRetried, boolean countsAgainstHost, boolean blocksHost, Duration retryAfter) {

    static Verdict of(FetchResult result, int attempt, Retries retries) {
        return result instanceof Response response
                ? of(response, attempt, retries)
                : of(((Failure) result).kind(), attempt, retries);
    }

    private static Verdict of(Response response, int attempt, Retries retries) {
        int status = response.status();
        boolean asksToWait = status == 429 || status == 503;
        Duration asked =
                asksToWait
                        ? response.header("Retry-After")
                                .flatMap(
                                        header ->
                                                RetryAfter.parse(
                                                        header,
                                                        Instant.now(),
                                                        retries.maxRetryAfter()))
                                .orElse(Duration.ZERO)
                        : Duration.ZERO;
        return new Verdict(
                attempt + 1 < retries.attemptsFor(status),
                asksToWait || status >= 500,
                asksToWait,
                asked);
    }

    private static Verdict of(FailureKind kind, int attempt, Retries retries) {
        boolean isHosts =
                switch (kind) {
                    case TIMEOUT, RESET, CONNECT, DNS, TLS -> true;
                    case PROTOCOL, OTHER, REFUSED_ADDRESS, TOO_LARGE, CONTENT_TYPE -> false;
                };
        boolean isUnreachable = kind == FailureKind.CONNECT || kind == FailureKind.DNS;
        return new Verdict(
                attempt + 1 < retries.attemptsFor(kind), isHosts, isUnreachable, Duration.ZERO);
    }
}
