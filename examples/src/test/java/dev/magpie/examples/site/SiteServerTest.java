package dev.magpie.examples.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.examples.crawl.fetch.AddressPolicy;
import dev.magpie.examples.crawl.fetch.CheckedResolver;
import dev.magpie.examples.crawl.fetch.FetchLimits;
import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.fetch.PinnedFetcher;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class SiteServerTest {

    private static final SiteSpec SPEC = SiteSpec.builder().pages(200).hosts(7).zipf(1).build();

    private static FetchResult.Response get(SiteServer site, String url) {
        try (CheckedResolver resolver =
                        new CheckedResolver(
                                site.resolver(),
                                AddressPolicy.publicAnd(List.of("127.0.0.0/8")),
                                Duration.ofMinutes(1));
                PinnedFetcher fetcher =
                        new PinnedFetcher(
                                resolver,
                                Duration.ofSeconds(20),
                                10,
                                5,
                                ForkJoinPool.commonPool())) {
            FetchRequest request =
                    new FetchRequest(
                            CrawlUrl.parse(url).orElseThrow(), Map.of(), FetchLimits.DEFAULT);
            FetchResult result = fetcher.fetch(request).toCompletableFuture().join();
            assertThat(result).isInstanceOf(FetchResult.Response.class);
            return (FetchResult.Response) result;
        }
    }

    @Test
    void everyPageAnswersAsTheGraphSays() throws IOException {
        SiteSpec spec =
                SiteSpec.builder()
                        .pages(60)
                        .hosts(3)
                        .fraction(PageKind.NOT_FOUND, 0.2)
                        .fraction(PageKind.REDIRECT, 0.2)
                        .fraction(PageKind.SERVER_ERROR, 0.2)
                        .build();
        try (SiteServer site = SiteServer.start(spec)) {
            for (int page = 0; page < spec.pages(); page++) {
                FetchResult.Response response = get(site, site.graph().url(page));
                assertThat(response.status()).isEqualTo(site.graph().status(page));
            }
            assertThat(site.log().entries()).hasSize(60).allMatch(SiteLog.Entry::complete);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (SiteServer site = SiteServer.start(SPEC);
                Socket socket = new Socket("127.0.0.1", site.port())) {
            String host = " HTTP/1.1\r\nHost: " + site.graph().hostName(0) + "\r\n";
            socket.getOutputStream()
                    .write(
                            ("GET /"
                                            + host
                                            + "\r\nGET /robots.txt"
                                            + host
                                            + "\r\nGET /nowhere"
                                            + host
                                            + "Connection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all.indexOf("Page 0")).isPositive();
            assertThat(all.indexOf("Disallow: /private/")).isGreaterThan(all.indexOf("Page 0"));
            assertThat(all.indexOf("404")).isGreaterThan(all.indexOf("Disallow"));
            assertThat(site.log().entries())
                    .extracting(SiteLog.Entry::path)
                    .containsExactly("/", "/robots.txt", "/nowhere");
        }
    }

    @Test
    void theSameSeedGivesTheSamePages() throws IOException {
        try (SiteServer one = SiteServer.start(SPEC)) {
            byte[] first = get(one, one.graph().url(77)).body();
            assertThat(first).hasSize(one.graph().bytes(77));
            assertThat(get(one, one.graph().url(77)).body()).isEqualTo(first);
        }
    }
}
