package dev.magpie.examples.crawl.robots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.examples.crawl.fetch.FailureKind;
import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.robots.RobotsTxt.Outcome;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RobotsFetchTest {

    private static final String FILE = "User-agent: *\nDisallow: /private\n";

    /** Answers at once, and remembers what it was asked for. */
    private static final class Scripted implements Fetcher {

        final List<String> asked = new ArrayList<>();
        private final Function<CrawlUrl, FetchResult> answers;

        Scripted(Function<CrawlUrl, FetchResult> answers) {
            this.answers = answers;
        }

        @Override
        public CompletionStage<FetchResult> fetch(FetchRequest request) {
            asked.add(request.url().toString());
            return CompletableFuture.completedFuture(answers.apply(request.url()));
        }

        @Override
        public void close() {}
    }

    private static FetchResult response(CrawlUrl url, int status, String header, String value) {
        return new FetchResult.Response(
                url,
                status,
                HttpHeaders.of(Map.of(header, List.of(value)), (name, it) -> true),
                FILE.getBytes(StandardCharsets.UTF_8),
                false,
                InetAddress.getLoopbackAddress(),
                Duration.ZERO);
    }

    private static RobotsTxt fetch(Scripted fetcher) {
        CrawlUrl page = CrawlUrl.parse("https://example.com:8443/page?x").orElseThrow();
        return new RobotsFetch(fetcher, Map.of("User-Agent", "magpie"), Duration.ofSeconds(5))
                .fetch(page)
                .toCompletableFuture()
                .join();
    }

    private static RobotsRules rules(RobotsTxt found) {
        return found.rules(List.of("magpie"), Duration.ofSeconds(30));
    }

    private static CrawlUrl url(String path) {
        return CrawlUrl.parse("https://example.com:8443" + path).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "200, FOUND, false, true",
        "206, FOUND, false, true",
        "301, UNAVAILABLE, true, true",
        "304, UNAVAILABLE, true, true",
        "400, UNAVAILABLE, true, true",
        "401, UNAVAILABLE, true, true",
        "403, UNAVAILABLE, true, true",
        "404, UNAVAILABLE, true, true",
        "410, UNAVAILABLE, true, true",
        "429, UNREACHABLE, false, false",
        "500, UNREACHABLE, false, false",
        "503, UNREACHABLE, false, false",
        "599, UNREACHABLE, false, false"
    })
    void theStatusTellsWhatIsAllowed(int status, Outcome outcome, boolean secret, boolean other) {
        RobotsTxt found = fetch(new Scripted(url -> response(url, status, "Retry-After", "120")));
        assertThat(found.outcome()).isEqualTo(outcome);
        assertThat(found.url()).isEqualTo(url("/robots.txt"));
        assertThat(found.retryAfter()).contains(Duration.ofSeconds(120));
        assertThat(rules(found).allowed(url("/private"))).isEqualTo(secret);
        assertThat(rules(found).allowed(url("/"))).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({"DNS", "CONNECT", "TIMEOUT", "RESET", "REFUSED_ADDRESS"})
    void withoutAResponseNothingIsAllowed(FailureKind kind) {
        RobotsTxt found =
                fetch(new Scripted(url -> new FetchResult.Failure(url, kind, "no", Duration.ZERO)));
        assertThat(found.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(found.detail()).contains(kind.name());
        assertThat(rules(found).allowed(url("/"))).isFalse();
    }

    @Test
    void fiveRedirectsAreFollowedToAnyHostAndASixthIsNot() {
        for (int hops = 1; hops <= 7; hops++) {
            int last = hops;
            Scripted fetcher =
                    new Scripted(
                            url -> {
                                int hop = url.host().equals("example.com") ? 0 : url.port();
                                return hop == last
                                        ? response(url, 200, "X", "x")
                                        : response(
                                                url,
                                                302,
                                                "Location",
                                                "http://other.example:" + (hop + 1) + "/r");
                            });
            RobotsTxt found = fetch(fetcher);
            assertThat(found.outcome()).isEqualTo(hops <= 5 ? Outcome.FOUND : Outcome.UNAVAILABLE);
            assertThat(fetcher.asked).hasSize(Math.min(hops, 5) + 1);
            assertThat(found.url()).isEqualTo(url("/robots.txt"));
        }
    }

    @Test
    void aRedirectToAPrivatePlaceIsAFileThatIsNotThere() {
        Scripted fetcher =
                new Scripted(
                        url ->
                                url.host().equals("example.com")
                                        ? response(url, 302, "Location", "http://10.0.0.1/")
                                        : new FetchResult.Failure(
                                                url,
                                                FailureKind.REFUSED_ADDRESS,
                                                "private",
                                                Duration.ZERO));
        assertThat(fetch(fetcher).outcome()).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(
                        fetch(new Scripted(url -> response(url, 302, "Location", "file:///x")))
                                .outcome())
                .isEqualTo(Outcome.UNAVAILABLE);
    }
}
