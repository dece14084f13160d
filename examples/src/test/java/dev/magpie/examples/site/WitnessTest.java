package dev.magpie.examples.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.examples.crawl.fetch.AddressPolicy;
import dev.magpie.examples.crawl.fetch.CheckedResolver;
import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.fetch.HttpClientFetcher;
import dev.magpie.examples.crawl.fetch.PinnedFetcher;
import dev.magpie.examples.site.SiteLog.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

class WitnessTest {

    private static final Duration PATIENT = Duration.ofSeconds(60);

    /** One never answers, which has a test of its own. */
    private static final List<RobotsKind> ANSWERING =
            Stream.of(RobotsKind.values()).filter(kind -> kind != RobotsKind.SILENT).toList();

    private static SiteSpec.Builder everything() {
        return SiteSpec.builder()
                .seed(7)
                .pages(300)
                .hosts(12)
                .zipf(0.8)
                .hostsPerDomain(3)
                .meanBytes(2_000)
                .links(6, 0.3)
                .fraction(PageKind.NOT_FOUND, 0.05)
                .fraction(PageKind.SERVER_ERROR, 0.05)
                .fraction(PageKind.REDIRECT, 0.1)
                .fraction(PageKind.TOO_MANY, 0.01)
                .fraction(PageKind.DISALLOWED, 0.2)
                .robots(ANSWERING)
                .hidden(2)
                .orphans(3);
    }

    private static Witness crawl(SiteServer site, boolean pinned, Duration robotsTime) {
        try (CheckedResolver resolver =
                        new CheckedResolver(
                                site.resolver(),
                                AddressPolicy.publicAnd(List.of("127.0.0.0/8")),
                                Duration.ofMinutes(5));
                Fetcher fetcher = fetcher(resolver, pinned)) {
            new SimpleCrawl(fetcher, robotsTime).run(site.graph().seed());
            return new Witness(site.graph(), site.log().entries());
        }
    }

    private static Fetcher fetcher(CheckedResolver resolver, boolean pinned) {
        Duration timeout = Duration.ofSeconds(20);
        return pinned
                ? new PinnedFetcher(resolver, timeout, 100, 5, ForkJoinPool.commonPool())
                : new HttpClientFetcher(resolver, timeout, ForkJoinPool.commonPool());
    }

    private static void assertPolite(Witness witness) {
        assertThat(witness.missed()).isEmpty();
        assertThat(witness.unexpected()).isEmpty();
        assertThat(witness.repeated()).isEmpty();
        assertThat(witness.disallowed()).isEmpty();
        assertThat(witness.beforeRobots()).isEmpty();
        assertThat(witness.robotsRepeated()).isEmpty();
        assertThat(witness.insideRetryAfter(Duration.ZERO)).isEmpty();
        assertThat(witness.maxInFlight(Function.identity()).values()).containsOnly(1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPoliteCrawlWithThePinnedFetcherIsFoundToBeOne() throws IOException {
        try (SiteServer site = SiteServer.start(everything().build())) {
            assertPolite(crawl(site, true, PATIENT));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPoliteCrawlWithTheJdksClientIsFoundToBeOne() throws IOException {
        try (SiteServer site = SiteServer.start(everything().gzip(true).build())) {
            assertPolite(crawl(site, false, PATIENT));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void nothingIsAskedOfAHostWhoseRobotsTxtNeverComes() throws IOException {
        SiteSpec spec =
                SiteSpec.builder().pages(20).hosts(2).robots(List.of(RobotsKind.SILENT)).build();
        try (SiteServer site = SiteServer.start(spec)) {
            Witness witness = crawl(site, true, Duration.ofSeconds(2));
            assertThat(witness.unexpected()).isEmpty();
            assertThat(witness.disallowed()).isEmpty();
        }
    }

    private static final SiteGraph GRAPH =
            new SiteGraph(
                    SiteSpec.builder()
                            .pages(40)
                            .hosts(2)
                            .fraction(PageKind.DISALLOWED, 0.5)
                            .build(),
                    8080);

    private static Entry entry(String path, long start, long end) {
        return new Entry(GRAPH.hostName(0), path, start, end, 200, 0, true);
    }

    private static Witness witness(Entry... entries) {
        return new Witness(GRAPH, List.of(entries));
    }

    @Test
    void impolitenessIsFound() {
        int secret = 1;
        while (GRAPH.kind(secret) != PageKind.DISALLOWED) {
            secret++;
        }
        Entry robots = entry("/robots.txt", 0, 10);
        Entry root = entry("/", 20, 30);
        assertThat(witness(robots, root).missed()).isNotEmpty().doesNotContain(GRAPH.url(0));
        assertThat(witness(robots, entry("/p/999", 20, 30)).unexpected()).hasSize(1);
        assertThat(witness(robots, root, entry("/", 40, 50)).repeated())
                .containsEntry(GRAPH.url(0), 2);
        assertThat(witness(robots, entry(GRAPH.path(secret), 20, 30)).disallowed())
                .containsExactly(GRAPH.url(secret));
        assertThat(witness(entry("/", 5, 20), robots).beforeRobots()).hasSize(1);
        assertThat(witness(robots, root).beforeRobots()).isEmpty();
        assertThat(witness(robots, entry("/robots.txt", 20, 30)).robotsRepeated()).hasSize(1);
    }

    @Test
    void overlapsGapsAndWaitsAreMeasured() {
        Entry first = entry("/", 0, 100);
        Entry second = entry("/p/1", 50, 150);
        Entry third = entry("/p/2", 100, 160);
        Witness witness = witness(first, second, third);
        assertThat(witness.maxInFlight(host -> "all")).containsEntry("all", 2);
        assertThat(witness.shortestGap()).containsValue(Duration.ofNanos(50));
        Entry busy = new Entry(GRAPH.hostName(0), "/p/3", 0, 100, 429, 1_000, true);
        Entry early = entry("/p/1", 900, 950);
        assertThat(witness(busy, early).insideRetryAfter(Duration.ZERO)).hasSize(1);
        assertThat(witness(busy, early).insideRetryAfter(Duration.ofNanos(800))).isEmpty();
        assertThat(witness(busy, entry("/p/1", 1_000, 1_001)).insideRetryAfter(Duration.ZERO))
                .isEmpty();
    }
}
