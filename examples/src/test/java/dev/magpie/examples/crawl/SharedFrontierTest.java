package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.examples.crawl.fetch.AddressPolicy;
import dev.magpie.examples.crawl.fetch.CheckedResolver;
import dev.magpie.examples.crawl.fetch.FetchLimits;
import dev.magpie.examples.crawl.fetch.PinnedFetcher;
import dev.magpie.examples.crawl.service.FakeFrontier;
import dev.magpie.examples.crawl.service.FrontierService;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.site.PageKind;
import dev.magpie.examples.site.SiteServer;
import dev.magpie.examples.site.SiteSpec;
import dev.magpie.examples.site.Witness;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Crawlers that share a frontier; the site's log is the witness. */
@Execution(ExecutionMode.CONCURRENT)
class SharedFrontierTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Longer than any test: nothing may wait for a lease to run out. */
    private static final Duration LONG_LEASE = Duration.ofHours(1);

    /** A crawler as one process would have it. */
    private static final class Crawler implements AutoCloseable {

        private final Scheduler scheduler =
                Scheduler.builder().workers(2).pinning(Pinning.NONE).build();
        private final CheckedResolver resolver;
        private final Queue<String> notices = new ConcurrentLinkedQueue<>();
        private final Crawl crawl;

        Crawler(SiteServer site, FrontierService service, CrawlConfig.Builder config)
                throws IOException {
            resolver =
                    new CheckedResolver(
                            site.resolver(),
                            AddressPolicy.publicAnd(List.of("127.0.0.0/8")),
                            Duration.ofMinutes(5));
            try {
                crawl =
                        Crawl.on(scheduler)
                                .config(config.build())
                                .lookup(resolver::resolve)
                                .fetcher(new PinnedFetcher(resolver, TIMEOUT, 300, 5, scheduler))
                                .service(service, notices::add)
                                .start(List.of(site.graph().seed()));
            } catch (IOException | RuntimeException ex) {
                close();
                throw ex;
            }
        }

        CrawlSummary await() throws Exception {
            crawl.await();
            return crawl.summary();
        }

        @Override
        public void close() throws IOException {
            if (crawl != null) {
                crawl.close();
            }
            resolver.close();
            scheduler.close();
        }
    }

    private static SiteSpec.Builder site() {
        return SiteSpec.builder()
                .seed(7)
                .pages(200)
                .hosts(12)
                .meanBytes(1_000)
                .links(6, 0.3)
                .latency(Duration.ofMillis(5), Duration.ofMillis(5))
                .fraction(PageKind.NOT_FOUND, 0.05)
                .fraction(PageKind.REDIRECT, 0.1)
                .fraction(PageKind.DISALLOWED, 0.1);
    }

    /** Takes so long that others come in time, and an end of the service is in the middle. */
    private static SiteSpec.Builder slowSite() {
        return site().pages(300).latency(Duration.ofMillis(40), Duration.ofMillis(20));
    }

    private static CrawlConfig.Builder slowConfig() {
        return config().politeness(Politeness.undelayed(3));
    }

    private static CrawlConfig.Builder config() {
        return CrawlConfig.builder()
                .politeness(Politeness.undelayed(5))
                .limits(FetchLimits.DEFAULT.withTotalTime(TIMEOUT));
    }

    private static FrontierService service(FakeFrontier frontier) {
        return FrontierService.at(frontier.address())
                .withCrawlId("test")
                .withLease(LONG_LEASE)
                .withAmounts(8, 60);
    }

    private static Witness witness(SiteServer site) {
        Witness witness = new Witness(site.graph(), site.log().entries());
        assertThat(witness.missed()).isEmpty();
        assertThat(witness.unexpected()).isEmpty();
        assertThat(witness.disallowed()).isEmpty();
        return witness;
    }

    private static List<String> repeatedPages(Witness witness) {
        return witness.repeated().keySet().stream()
                .filter(url -> !url.endsWith("/robots.txt"))
                .toList();
    }

    @Test
    void twoCrawlersFetchEachPageOnceAndBothEnd() throws Exception {
        try (SiteServer site = SiteServer.start(slowSite().build());
                FakeFrontier frontier = FakeFrontier.start();
                Crawler one = new Crawler(site, service(frontier), slowConfig());
                Crawler other = new Crawler(site, service(frontier), slowConfig())) {
            CrawlSummary first = one.await();
            CrawlSummary second = other.await();
            Witness witness = witness(site);
            assertThat(repeatedPages(witness)).isEmpty();
            assertThat(witness.maxInFlight(Function.identity()).values())
                    .allMatch(count -> count <= 5);
            assertThat(first.end()).isEqualTo(CrawlEnd.DONE);
            assertThat(second.end()).isEqualTo(CrawlEnd.DONE);
            assertThat(first.pending() + second.pending()).isZero();
            assertThat(first.fetched()).isPositive();
            assertThat(second.fetched()).isPositive();
            assertThat(first.fetched() + second.fetched())
                    .isEqualTo(site.graph().expectedUrls().size());
            assertThat(frontier.active()).isZero();
        }
    }

    @Test
    void aPutThatFailsForTheMomentIsSentAgain() throws Exception {
        try (SiteServer site = SiteServer.start(site().pages(80).hosts(6).build());
                FakeFrontier frontier = FakeFrontier.start()) {
            frontier.failEvery(10);
            try (Crawler crawler = new Crawler(site, service(frontier), config())) {
                assertThat(crawler.await().end()).isEqualTo(CrawlEnd.DONE);
                assertThat(repeatedPages(witness(site))).isEmpty();
                assertThat(frontier.active()).isZero();
            }
        }
    }

    @Test
    void aPageIsNotDoneBeforeTheServiceHasWhatWasFoundInIt() throws Exception {
        SiteSpec spec = SiteSpec.builder().seed(7).pages(30).hosts(1).links(6, 0.3).build();
        try (SiteServer site = SiteServer.start(spec);
                FakeFrontier frontier = FakeFrontier.start()) {
            try (Crawler first = new Crawler(site, service(frontier), config().maxPages(1))) {
                first.await(); // the service knows some URLs now
            }
            long done = frontier.done();
            int before = frontier.handedOut().size();
            frontier.refuseDiscovered(true);
            try (Crawler crawler = new Crawler(site, service(frontier), config())) {
                awaitLog(site, 3);
                int enough = frontier.refused() + 30;
                Awaitility.await().atMost(TIMEOUT).until(() -> frontier.refused() >= enough);
                List<String> handedOut = frontier.handedOut();
                List<String> fresh = handedOut.subList(before, handedOut.size());
                assertThat(fresh).doesNotHaveDuplicates();
                assertThat(frontier.done() - done)
                        .as("pages whose links are all known")
                        .isLessThan(fresh.size());
                frontier.refuseDiscovered(false);
                assertThat(crawler.await().end()).isEqualTo(CrawlEnd.DONE);
                assertThat(repeatedPages(witness(site))).isEmpty();
            }
        }
    }

    @Test
    void leasesAreRenewedAndTheQueueIsBlockedWhileTheyAreNeeded() throws Exception {
        SiteSpec spec = SiteSpec.builder().seed(7).pages(16).hosts(1).links(6, 0.3).build();
        Politeness slow =
                new Politeness(
                        5,
                        5,
                        1000,
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        Duration.ZERO,
                        0,
                        Duration.ofSeconds(30));
        try (SiteServer site = SiteServer.start(spec);
                FakeFrontier frontier = FakeFrontier.start();
                Crawler crawler =
                        new Crawler(
                                site,
                                service(frontier)
                                        .withLease(Duration.ofSeconds(6))
                                        .withAmounts(20, 60),
                                config().politeness(slow))) {
            Awaitility.await().atMost(TIMEOUT).until(() -> frontier.blocked() == 1);
            assertThat(crawler.await().end()).isEqualTo(CrawlEnd.DONE);
            assertThat(frontier.blocked()).isZero();
            assertThat(frontier.handedOut()).hasSize(16).doesNotHaveDuplicates();
            assertThat(repeatedPages(witness(site))).isEmpty();
        }
    }

    @Test
    void aServiceThatIsRestartedInTheMiddleLosesNothing() throws Exception {
        try (SiteServer site = SiteServer.start(slowSite().build());
                FakeFrontier frontier = FakeFrontier.start();
                Crawler one = new Crawler(site, service(frontier), slowConfig());
                Crawler other = new Crawler(site, service(frontier), slowConfig())) {
            awaitLog(site, 60);
            frontier.stop();
            Awaitility.await().atMost(TIMEOUT).until(() -> one.notices.size() == 1);
            Awaitility.await().atMost(TIMEOUT).until(() -> other.notices.size() == 1);
            frontier.startAgain();
            CrawlSummary first = one.await();
            CrawlSummary second = other.await();
            Witness witness = witness(site);
            // leases were lost: a crawler that comes back late may find its URLs with the other
            assertThat(repeatedPages(witness)).hasSizeLessThanOrEqualTo(2 * 60);
            assertThat(witness.repeated().values()).allMatch(times -> times <= 2);
            assertThat(first.end()).isEqualTo(CrawlEnd.DONE);
            assertThat(second.end()).isEqualTo(CrawlEnd.DONE);
            assertThat(frontier.active()).isZero();
            assertThat(one.notices.poll()).contains("is away", "goes on when it is back");
            assertThat(one.notices.poll()).contains("is back");
        }
    }

    private static void awaitLog(SiteServer site, int requests) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> site.log().count() >= requests);
    }

    @Test
    void aServiceThatIsAwayAtTheStartIsAnError() throws Exception {
        FakeFrontier frontier = FakeFrontier.start();
        frontier.close();
        try (SiteServer site = SiteServer.start(site().build())) {
            assertThatThrownBy(() -> new Crawler(site, service(frontier), config()).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "the frontier at " + frontier.address() + " cannot be reached: ")
                    .hasMessageContaining("UNAVAILABLE");
            assertThat(site.log().count()).isZero();
        }
    }

    @Test
    void aCrawlerThatEndsEarlyGivesBackWhatItHas() throws Exception {
        try (SiteServer site = SiteServer.start(site().build());
                FakeFrontier frontier = FakeFrontier.start()) {
            try (Crawler first = new Crawler(site, service(frontier), config().maxPages(20))) {
                CrawlSummary summary = first.await();
                assertThat(summary.end()).isEqualTo(CrawlEnd.BUDGET);
                assertThat(summary.fetched()).isEqualTo(20);
            }
            assertThat(frontier.active()).isPositive();
            try (Crawler second = new Crawler(site, service(frontier), config())) {
                assertThat(second.await().end()).isEqualTo(CrawlEnd.DONE);
            }
            assertThat(repeatedPages(witness(site))).isEmpty();
        }
    }

    @Test
    void theDepthOfAUrlGoesWithIt() throws Exception {
        try (SiteServer site = SiteServer.start(site().build());
                SiteServer reference = SiteServer.start(site().build());
                FakeFrontier frontier = FakeFrontier.start();
                FakeFrontier another = FakeFrontier.start()) {
            try (Crawler first = new Crawler(site, service(frontier), config().maxPages(1))) {
                assertThat(first.await().fetched()).isEqualTo(1);
            }
            try (Crawler second = new Crawler(site, service(frontier), config().maxDepth(2))) {
                second.await();
            }
            try (Crawler whole = new Crawler(reference, service(another), config().maxDepth(2))) {
                whole.await();
            }
            assertThat(paths(site)).isEqualTo(paths(reference)).hasSizeGreaterThan(10);
        }
    }

    private static List<String> paths(SiteServer site) {
        return site.log().entries().stream()
                .filter(entry -> !entry.path().equals("/robots.txt"))
                .map(entry -> entry.host() + entry.path())
                .sorted()
                .distinct()
                .toList();
    }

    @Test
    void otherCrawlsOfTheServiceAreLeftAlone() throws Exception {
        try (SiteServer site = SiteServer.start(site().pages(40).hosts(3).build());
                FakeFrontier frontier = FakeFrontier.start()) {
            FrontierService other = service(frontier).withCrawlId("other");
            try (Crawler idle = new Crawler(site, other, config().maxPages(1))) {
                idle.await();
            }
            long left = frontier.active();
            assertThat(left).isPositive();
            try (Crawler crawler = new Crawler(site, service(frontier), config())) {
                assertThat(crawler.await().end()).isEqualTo(CrawlEnd.DONE);
            }
            assertThat(frontier.active()).isEqualTo(left);
            assertThat(CrawlUrl.parse(frontier.handedOut().get(0))).isPresent();
        }
    }
}
