package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.examples.crawl.fetch.AddressPolicy;
import dev.magpie.examples.crawl.fetch.CheckedResolver;
import dev.magpie.examples.crawl.fetch.FetchLimits;
import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.fetch.HttpClientFetcher;
import dev.magpie.examples.crawl.fetch.PinnedFetcher;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.site.HostileKind;
import dev.magpie.examples.site.PageKind;
import dev.magpie.examples.site.RobotsKind;
import dev.magpie.examples.site.SiteLog;
import dev.magpie.examples.site.SiteServer;
import dev.magpie.examples.site.SiteSpec;
import dev.magpie.examples.site.Witness;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crawls of the synthetic site over real connections; the site's log is the witness. */
class SiteCrawlTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static SiteSpec.Builder everything() {
        return SiteSpec.builder()
                .seed(7)
                .pages(400)
                .hosts(14)
                .zipf(0.8)
                .hostsPerDomain(3)
                .meanBytes(2_000)
                .links(6, 0.3)
                .latency(Duration.ofMillis(2), Duration.ofMillis(2))
                .fraction(PageKind.NOT_FOUND, 0.05)
                .fraction(PageKind.SERVER_ERROR, 0.03)
                .fraction(PageKind.REDIRECT, 0.1)
                .fraction(PageKind.DISALLOWED, 0.2)
                .hidden(2)
                .orphans(3)
                .crawlDelay(Duration.ofMillis(10));
    }

    private static CrawlConfig.Builder config() {
        return CrawlConfig.builder()
                .politeness(Politeness.undelayed(5))
                .limits(FetchLimits.DEFAULT.withTotalTime(TIMEOUT))
                .retries(
                        new Retries(
                                3,
                                Duration.ofMillis(10),
                                Duration.ofMillis(100),
                                Duration.ofHours(1),
                                50,
                                3));
    }

    private static CrawlSummary crawl(SiteServer site, CrawlConfig.Builder config, boolean pinned)
            throws Exception {
        return crawl(site, config, pinned, List.of(site.graph().seed()));
    }

    private static CrawlSummary crawl(
            SiteServer site, CrawlConfig.Builder config, boolean pinned, List<CrawlUrl> seeds)
            throws Exception {
        try (Scheduler scheduler = Scheduler.builder().workers(2).pinning(Pinning.NONE).build();
                CheckedResolver resolver =
                        new CheckedResolver(
                                site.resolver(),
                                AddressPolicy.publicAnd(List.of("127.0.0.0/8")),
                                Duration.ofMinutes(5))) {
            Fetcher fetcher =
                    pinned
                            ? new PinnedFetcher(resolver, TIMEOUT, 300, 5, scheduler)
                            : new HttpClientFetcher(resolver, TIMEOUT, scheduler);
            Crawl crawl =
                    Crawl.on(scheduler)
                            .config(config.build())
                            .lookup(resolver::resolve)
                            .fetcher(fetcher)
                            .start(seeds);
            crawl.await();
            return crawl.summary();
        }
    }

    private static String domain(String host) {
        return CrawlUrl.parse("http://" + host + "/").orElseThrow().registrableDomain();
    }

    private static void assertComplete(Witness witness) {
        assertThat(witness.missed()).isEmpty();
        assertThat(witness.unexpected()).isEmpty();
        assertThat(witness.repeated()).isEmpty();
        assertThat(witness.disallowed()).isEmpty();
        assertThat(witness.beforeRobots()).isEmpty();
        assertThat(witness.maxInFlight(Function.identity()).values()).allMatch(count -> count <= 5);
        assertThat(witness.maxInFlight(SiteCrawlTest::domain).values())
                .allMatch(count -> count <= 5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsFetchedIsWhatTheGraphSaysAndOnce(boolean pinned) throws Exception {
        List<RobotsKind> robots =
                List.of(
                        RobotsKind.FILE,
                        RobotsKind.DELAY,
                        RobotsKind.REDIRECTS_5,
                        RobotsKind.HUGE,
                        RobotsKind.MESSY,
                        RobotsKind.NONE,
                        RobotsKind.FORBIDDEN,
                        RobotsKind.REDIRECTS_6,
                        RobotsKind.ERROR,
                        RobotsKind.CLOSED);
        try (SiteServer site = SiteServer.start(everything().robots(robots).build())) {
            CrawlSummary summary = crawl(site, config(), pinned);
            Witness witness = new Witness(site.graph(), site.log().entries());
            assertComplete(witness);
            assertThat(fineRobotsTwice(site.log())).isEmpty();
            assertThat(summary.end()).isEqualTo(CrawlEnd.DONE);
            assertThat(summary.pending()).isZero();
            assertThat(summary.statusClasses()).containsKeys("2xx", "3xx", "4xx", "5xx");
        }
    }

    private static Set<String> fineRobotsTwice(SiteLog log) {
        Set<String> once = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (SiteLog.Entry entry : log.entries()) {
            boolean isFine = entry.path().equals("/robots.txt") && entry.status() < 500;
            if (isFine && !once.add(entry.host())) {
                twice.add(entry.host());
            }
        }
        return twice;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aHostThatNeverAnswersForItsRobotsTxtHoldsNobodyUp() throws Exception {
        List<RobotsKind> robots = List.of(RobotsKind.SILENT, RobotsKind.FILE);
        SiteSpec spec = everything().robots(robots).build();
        try (SiteServer site = SiteServer.start(spec)) {
            Retries one = new Retries(1, Duration.ZERO, Duration.ZERO, Duration.ofHours(1), 50, 3);
            FetchLimits limits = FetchLimits.DEFAULT.withTotalTime(Duration.ofSeconds(3));
            crawl(site, config().retries(one).limits(limits), true);
            assertComplete(new Witness(site.graph(), site.log().entries()));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void retryAfterIsKeptToTheEnd() throws Exception {
        SiteSpec spec =
                everything()
                        .fraction(PageKind.TOO_MANY, 0.02)
                        .retryAfter(Duration.ofSeconds(1))
                        .build();
        try (SiteServer site = SiteServer.start(spec)) {
            // one at a time: nothing is on its way when a host asks to wait
            crawl(site, config().politeness(Politeness.undelayed(1)), true);
            Witness witness = new Witness(site.graph(), site.log().entries());
            assertComplete(witness);
            assertThat(witness.count(429)).isPositive();
            assertThat(witness.insideRetryAfter(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void gapsAreKept() throws Exception {
        SiteSpec spec = everything().pages(120).hosts(8).build();
        try (SiteServer site = SiteServer.start(spec)) {
            Duration delay = Duration.ofMillis(30);
            crawl(site, config().politeness(Politeness.undelayed(5).withDelay(delay)), true);
            Witness witness = new Witness(site.graph(), site.log().entries());
            assertComplete(witness);
            assertThat(summedGaps(site.log(), delay)).isNotEmpty().allMatch(left -> left >= 0);
        }
    }

    /**
     * For each host, by how much its requests took longer than all gaps but one: a gap is kept
     * where requests are sent, and the first of them may take a while to get to the site.
     */
    private static List<Long> summedGaps(SiteLog log, Duration delay) {
        Map<String, List<Long>> starts = new HashMap<>();
        for (SiteLog.Entry entry : log.entries()) {
            starts.computeIfAbsent(entry.host(), host -> new ArrayList<>()).add(entry.startNanos());
        }
        return starts.values().stream()
                .filter(own -> own.size() > 2)
                .map(
                        own ->
                                Collections.max(own)
                                        - Collections.min(own)
                                        - delay.toNanos() * (own.size() - 2))
                .toList();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void hostileHostsNeitherHoldItUpNorTakeItAway() throws Exception {
        SiteSpec spec = everything().hostile(EnumSet.allOf(HostileKind.class)).build();
        try (SiteServer site = SiteServer.start(spec)) {
            FetchLimits limits =
                    FetchLimits.DEFAULT
                            .withTotalTime(Duration.ofSeconds(3))
                            .withMaxBodyBytes(1 << 20);
            TrapLimits traps = new TrapLimits(2048, 20, 3, 12, 40, 100, 1000, 300);
            Retries one =
                    new Retries(
                            1,
                            Duration.ofMillis(10),
                            Duration.ofMillis(100),
                            Duration.ofHours(1),
                            50,
                            3);
            CrawlSummary summary =
                    crawl(site, config().limits(limits).traps(traps).retries(one), true);
            assertThat(summary.end()).isEqualTo(CrawlEnd.DONE);
            Witness witness = new Witness(site.graph(), site.log().entries());
            assertThat(witness.missed()).isEmpty();
            assertThat(witness.disallowed()).isEmpty();
            Map<String, Integer> requests = new HashMap<>();
            site.log().entries().forEach(it -> requests.merge(it.host(), 1, Integer::sum));
            for (HostileKind kind : HostileKind.values()) {
                assertThat(requests.getOrDefault(kind.host(), 0)).as(kind.host()).isBetween(1, 310);
            }
            assertThat(requests.get(HostileKind.DUPLICATES.host())).isLessThan(310);
            assertThat(summary.failures()).isNotEmpty();
        }
    }
}
