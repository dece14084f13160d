package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.examples.crawl.FakeWeb.Answer;
import dev.magpie.examples.crawl.FakeWeb.Hit;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrawlTest {

    private static final Retries QUICK =
            new Retries(3, Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofHours(1), 4, 2);

    private static CrawlConfig.Builder config() {
        return CrawlConfig.builder()
                .agent("magpie-test", "https://example.com/bot")
                .politeness(Politeness.undelayed(5))
                .retries(QUICK);
    }

    private static List<CrawlUrl> urls(String... texts) {
        return List.of(texts).stream().map(text -> CrawlUrl.parse(text).orElseThrow()).toList();
    }

    private static CrawlSummary run(FakeWeb web, CrawlConfig.Builder config, String... seeds)
            throws Exception {
        return run(web, config, 2, seeds);
    }

    private static CrawlSummary run(
            FakeWeb web, CrawlConfig.Builder config, int workers, String... seeds)
            throws Exception {
        try (Scheduler scheduler =
                Scheduler.builder().workers(workers).pinning(Pinning.NONE).build()) {
            Crawl crawl =
                    Crawl.on(scheduler)
                            .config(config.build())
                            .fetcher(web.fetcher())
                            .lookup(web.lookup())
                            .start(urls(seeds));
            crawl.await();
            return crawl.summary();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void everyReachablePageIsFetchedOnce(int workers) throws Exception {
        RandomWeb graph = new RandomWeb(1500, 40, 3, 7);
        try (FakeWeb web = new FakeWeb(1)) {
            graph.publish(web);
            CrawlSummary summary = run(web, config(), workers, graph.url(0));
            assertThat(web.fetched())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(graph.reachable());
            assertThat(web.peak()).isBetween(1, 5);
            assertThat(summary.end()).isEqualTo(CrawlEnd.DONE);
            assertThat(summary.fetched()).isEqualTo(graph.reachable().size());
            assertThat(summary.pending()).isZero();
            assertThat(summary.hosts()).isEqualTo(40);
        }
    }

    @Test
    void urlsThatDoNotFitIntoMemoryGoToDiskAndComeBack() throws Exception {
        RandomWeb graph = new RandomWeb(4000, 3, 12, 11);
        try (FakeWeb web = new FakeWeb(0)) {
            graph.publish(web);
            run(web, config().memoryUrls(100), graph.url(0));
            assertThat(web.fetched())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(graph.reachable());
        }
    }

    @Test
    void hostsOfADomainShareItsPermits() throws Exception {
        try (FakeWeb web = new FakeWeb(10)) {
            String[] seeds = new String[40];
            for (int i = 0; i < seeds.length; i++) {
                seeds[i] = "http://www" + i % 8 + ".example.com/" + i;
                web.page(seeds[i], Answer.html("<p>" + i));
            }
            run(web, config(), seeds);
            assertThat(web.fetched()).hasSize(40).doesNotHaveDuplicates();
            assertThat(web.peak("example.com")).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void hostsAtAnAddressShareItsPermitsAndItsGap() throws Exception {
        try (FakeWeb web = new FakeWeb(5)) {
            String[] seeds = new String[12];
            for (int i = 0; i < seeds.length; i++) {
                seeds[i] = "http://site" + i + ".com/";
                web.page(seeds[i], Answer.html("<p>" + i));
            }
            Politeness polite =
                    new Politeness(
                            5,
                            5,
                            2,
                            Duration.ZERO,
                            Duration.ZERO,
                            Duration.ofMillis(10),
                            0,
                            Duration.ofSeconds(1));
            run(web, config().politeness(polite), seeds);
            assertThat(web.fetched()).hasSize(12);
            assertMeanGap(web.log.stream().toList(), 10);
            assertThat(mostAtATime(web.log.stream().toList())).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void theDelayOfAHostIsKept() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            String[] seeds = new String[10];
            for (int i = 0; i < seeds.length; i++) {
                seeds[i] = "http://example.com/" + i;
                web.page(seeds[i], Answer.html("<p>" + i));
            }
            Politeness polite = Politeness.undelayed(5).withDelay(Duration.ofMillis(30));
            run(web, config().politeness(polite), seeds);
            assertThat(web.fetched()).hasSize(10);
            assertGaps(web.log.stream().toList(), 30);
        }
    }

    @Test
    void aSlowHostIsAskedMoreSlowly() throws Exception {
        try (FakeWeb web = new FakeWeb(20)) {
            String[] seeds = new String[8];
            for (int i = 0; i < seeds.length; i++) {
                seeds[i] = "http://example.com/" + i;
                web.page(seeds[i], Answer.html("<p>" + i));
            }
            Politeness adaptive =
                    new Politeness(
                            5,
                            5,
                            5,
                            Duration.ZERO,
                            Duration.ZERO,
                            Duration.ZERO,
                            2,
                            Duration.ofSeconds(5));
            run(web, config().politeness(adaptive), seeds);
            List<Hit> hits = byStart(web.log.stream().toList());
            // the first five may go before the host's speed is known
            assertGaps(hits.subList(6, hits.size()), 39);
        }
    }

    @Test
    void robotsTxtComesFirstAndOnceAndIsObeyed() throws Exception {
        try (FakeWeb web = new FakeWeb(2)) {
            web.page(
                    "http://example.com/robots.txt",
                    Answer.text("User-agent: *\nDisallow: /private/\nAllow: /private/open\n"));
            web.page(
                    "http://example.com/",
                    Answer.html(FakeWeb.links("/a", "/b", "/private/x", "/private/open")));
            for (String path : List.of("a", "b", "private/x", "private/open")) {
                web.page("http://example.com/" + path, Answer.html("<p>" + path));
            }
            CrawlSummary summary =
                    run(web, config(), "http://example.com/", "http://example.com/a");
            assertThat(web.fetched())
                    .containsExactlyInAnyOrder(
                            "http://example.com/",
                            "http://example.com/a",
                            "http://example.com/b",
                            "http://example.com/private/open");
            List<Hit> hits = byStart(web.log.stream().toList());
            assertThat(hits.get(0).url()).isEqualTo("http://example.com/robots.txt");
            assertThat(hits.get(1).start()).isGreaterThanOrEqualTo(hits.get(0).end());
            assertThat(web.hits("http://example.com/robots.txt")).hasSize(1);
            assertThat(summary.skips()).containsEntry(Skip.ROBOTS, 1L);
        }
    }

    @Test
    void aHostWhoseRobotsTxtCannotBeHadIsLeftAlone() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page("http://example.com/robots.txt", Answer.status(503));
            web.page("http://example.com/", Answer.html(FakeWeb.links("/a")));
            CrawlSummary summary = run(web, config(), "http://example.com/");
            assertThat(web.fetched()).isEmpty();
            assertThat(web.hits("http://example.com/robots.txt")).hasSize(3);
            assertThat(summary.skips()).containsEntry(Skip.ROBOTS, 1L);
        }
    }

    @Test
    void theCrawlDelayOfRobotsTxtIsKeptUpToTheCap() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page(
                    "http://example.com/robots.txt",
                    Answer.text("User-agent: *\nCrawl-delay: 3600\n"));
            String[] seeds = new String[4];
            for (int i = 0; i < seeds.length; i++) {
                seeds[i] = "http://example.com/" + i;
                web.page(seeds[i], Answer.html("<p>" + i));
            }
            Politeness capped =
                    new Politeness(
                            5,
                            5,
                            5,
                            Duration.ZERO,
                            Duration.ZERO,
                            Duration.ZERO,
                            0,
                            Duration.ofMillis(60));
            run(web, config().politeness(capped), seeds);
            assertThat(web.fetched()).hasSize(4);
            assertGaps(web.log.stream().toList(), 59);
        }
    }

    /** An empty line means the root of the host to the library. */
    @Test
    void whatIsNamedAsASitemapAndIsAPageIsReadAsOne() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page(
                    "http://example.com/robots.txt",
                    Answer.text("Sitemap:\nSitemap: http://example.com/map.html\n"));
            web.page("http://example.com/start/", Answer.html(FakeWeb.links("/", "/map.html")));
            web.page("http://example.com/", Answer.html(FakeWeb.links("/one")));
            web.page("http://example.com/map.html", Answer.html(FakeWeb.links("/two")));
            run(web, config(), "http://example.com/start/");
            assertThat(web.fetched())
                    .containsExactlyInAnyOrder(
                            "http://example.com/start/",
                            "http://example.com/",
                            "http://example.com/map.html",
                            "http://example.com/one",
                            "http://example.com/two");
        }
    }

    @Test
    void sitemapsAreRead() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page(
                    "http://example.com/robots.txt",
                    Answer.text("Sitemap: http://example.com/index.xml\n"));
            web.page(
                    "http://example.com/index.xml",
                    xml(
                            "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                                    + "<sitemap><loc>http://example.com/map.xml</loc></sitemap>"
                                    + "</sitemapindex>"));
            web.page(
                    "http://example.com/map.xml",
                    xml(
                            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                                    + "<url><loc>http://example.com/hidden</loc></url></urlset>"));
            web.page("http://example.com/", Answer.html("<p>nothing"));
            web.page("http://example.com/hidden", Answer.html("<p>hidden"));
            run(web, config(), "http://example.com/");
            assertThat(web.fetched()).hasSize(4).contains("http://example.com/hidden");
            web.log.clear();
            run(web, config().sitemaps(false), "http://example.com/");
            assertThat(web.fetched()).containsExactly("http://example.com/");
        }
    }

    private static Answer xml(String body) {
        return new Answer(200, Map.of("Content-Type", "text/xml"), "<?xml version='1.0'?>" + body);
    }

    @Test
    void nothingIsSentInsideARetryAfterWindow() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            Answer busy = new Answer(429, Map.of("Retry-After", "1"), "");
            Answer fine = Answer.html("<p>fine" + FakeWeb.links("/b", "/c"));
            web.page("http://example.com/", attempt -> attempt == 0 ? busy : fine);
            web.page("http://example.com/b", Answer.html("<p>b"));
            web.page("http://example.com/c", Answer.html("<p>c"));
            CrawlSummary summary = run(web, config(), "http://example.com/");
            List<Hit> hits = web.hits("http://example.com/");
            assertThat(hits).hasSize(2);
            long wait = byStart(hits).get(1).start() - byStart(hits).get(0).end();
            assertThat(wait).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
            assertThat(web.fetched()).hasSize(4);
            assertThat(summary.retries()).isEqualTo(1);
            assertThat(summary.statuses()).containsOnlyKeys(200);
        }
    }

    @Test
    void aPageThatFailsIsTriedAgainAndThenGivenUp() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page(
                    "http://example.com/", Answer.html(FakeWeb.links("/always", "/once", "/gone")));
            web.page("http://example.com/always", Answer.status(500));
            web.page(
                    "http://example.com/once",
                    attempt -> attempt == 0 ? Answer.status(500) : Answer.html("<p>once"));
            CrawlSummary summary = run(web, config(), "http://example.com/");
            assertThat(web.hits("http://example.com/always")).hasSize(3);
            assertThat(web.hits("http://example.com/once")).hasSize(2);
            assertThat(web.hits("http://example.com/gone")).hasSize(1);
            assertThat(summary.statuses())
                    .containsEntry(200, 2L)
                    .containsEntry(500, 1L)
                    .containsEntry(404, 1L);
        }
    }

    @Test
    void aHostThatIsDownIsGivenUpAndTheOthersGoOn() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page("http://down.com/robots.txt", Answer.status(404));
            String[] links = new String[60];
            for (int i = 0; i < links.length; i++) {
                links[i] = "http://down.com/" + i;
                web.page(links[i], Answer.failure());
            }
            web.page("http://example.com/", Answer.html(FakeWeb.links(links)));
            CrawlSummary summary = run(web, config(), "http://example.com/");
            assertThat(summary.end()).isEqualTo(CrawlEnd.DONE);
            assertThat(summary.pending()).isZero();
            long asked = web.fetched().stream().filter(url -> url.contains("down")).count();
            assertThat(asked).isLessThan(30);
            assertThat(summary.skips().get(Skip.HOST_FAILED)).isGreaterThan(30);
        }
    }

    @Test
    void aCanonicalLinkBeyondTheHopsDoesNotHideALink() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            String html = "<link rel=canonical href=/a>" + FakeWeb.links("/a", "/b");
            web.page("http://example.com/", Answer.html(html));
            web.page("http://example.com/a", Answer.html("<p>a"));
            web.page("http://example.com/b", Answer.html("<p>b"));
            run(web, config().maxHops(0), "http://example.com/");
            assertThat(web.fetched())
                    .containsExactlyInAnyOrder(
                            "http://example.com/", "http://example.com/a", "http://example.com/b");
        }
    }

    /** Header lines are read byte by byte. */
    @Test
    void aRedirectMayNameItsTargetInUtf8() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page("http://example.com/", Answer.html(FakeWeb.links("/utf8", "/latin1")));
            web.page("http://example.com/utf8", Answer.redirect("/caf\u00c3\u00a9"));
            web.page("http://example.com/latin1", Answer.redirect("/caf\u00e9"));
            run(web, config(), "http://example.com/");
            assertThat(web.hits("http://example.com/caf%C3%A9")).hasSize(1);
            assertThat(web.fetched()).hasSize(4);
        }
    }

    @Test
    void redirectsAreFollowedOnceAndLoopsEnd() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page(
                    "http://example.com/",
                    Answer.html(FakeWeb.links("/moved", "/loop", "/also", "/chain0")));
            web.page("http://example.com/moved", Answer.redirect("/target"));
            web.page("http://example.com/also", Answer.redirect("http://example.com/target"));
            web.page("http://example.com/target", Answer.html("<p>target"));
            web.page("http://example.com/loop", Answer.redirect("/back"));
            web.page("http://example.com/back", Answer.redirect("/loop"));
            for (int i = 0; i < 30; i++) {
                web.page("http://example.com/chain" + i, Answer.redirect("/chain" + (i + 1)));
            }
            CrawlSummary summary = run(web, config(), "http://example.com/");
            assertThat(web.fetched()).doesNotHaveDuplicates();
            assertThat(web.hits("http://example.com/target")).hasSize(1);
            assertThat(web.hits("http://example.com/chain10")).hasSize(1);
            assertThat(web.hits("http://example.com/chain11")).isEmpty();
            assertThat(summary.skips()).containsEntry(Skip.HOPS, 1L);
        }
    }

    @Test
    void linksOfAContentThatIsKnownAreNotFollowed() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            // each page links deeper into itself: endless, were it not always the same content
            String trap = FakeWeb.links("deeper/");
            for (String path = "/trap/"; path.length() < 300; path += "deeper/") {
                web.page("http://example.com" + path, Answer.html(trap));
            }
            CrawlSummary summary = run(web, config(), "http://example.com/trap/");
            assertThat(web.fetched()).hasSize(2);
            assertThat(summary.skips()).containsEntry(Skip.DUPLICATE, 1L);
        }
    }

    @Test
    void nofollowIsObeyed() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page(
                    "http://example.com/",
                    Answer.html(
                            "<a href='/yes'>x</a><a rel='nofollow' href='/no'>x</a>"
                                    + "<a href='/meta'>x</a><a href='/header'>x</a>"));
            web.page("http://example.com/yes", Answer.html("<p>yes"));
            web.page(
                    "http://example.com/meta",
                    Answer.html("<meta name='robots' content='nofollow'><a href='/no1'>x</a>"));
            web.page(
                    "http://example.com/header",
                    new Answer(
                            200,
                            Map.of("Content-Type", "text/html", "X-Robots-Tag", "nofollow"),
                            "<a href='/no2'>x</a>"));
            run(web, config(), "http://example.com/");
            assertThat(web.fetched()).hasSize(4).noneMatch(url -> url.contains("/no"));
        }
    }

    @Test
    void depthScopeAndPatternsBoundTheCrawl() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page(
                    "http://www.example.com/",
                    Answer.html(
                            FakeWeb.links(
                                    "/1", "/skip/me", "http://sub.example.com/", "http://o.org/")));
            web.page("http://www.example.com/1", Answer.html("<p>1" + FakeWeb.links("/2")));
            web.page("http://www.example.com/2", Answer.html("<p>2" + FakeWeb.links("/3")));
            List<CrawlUrl> seeds = urls("http://www.example.com/");
            Scope scope =
                    Scope.around(
                            Scope.Place.DOMAIN,
                            seeds,
                            List.of(),
                            List.of(Pattern.compile("/skip/")));
            CrawlSummary summary =
                    run(web, config().scope(scope).maxDepth(2), "http://www.example.com/");
            assertThat(web.fetched())
                    .containsExactlyInAnyOrder(
                            "http://www.example.com/",
                            "http://www.example.com/1",
                            "http://www.example.com/2",
                            "http://sub.example.com/");
            assertThat(summary.skips()).containsEntry(Skip.DEPTH, 1L).containsEntry(Skip.SCOPE, 2L);
        }
    }

    @Test
    void theBudgetOfPagesIsKeptExactly() throws Exception {
        RandomWeb graph = new RandomWeb(500, 10, 4, 3);
        try (FakeWeb web = new FakeWeb(1)) {
            graph.publish(web);
            CrawlSummary summary = run(web, config().maxPages(57), graph.url(0));
            assertThat(web.fetched()).hasSize(57).doesNotHaveDuplicates();
            assertThat(summary.end()).isEqualTo(CrawlEnd.BUDGET);
            assertThat(summary.pending()).isPositive();
        }
    }

    @Test
    void theBudgetOfAHostIsKept() throws Exception {
        RandomWeb graph = new RandomWeb(500, 2, 4, 3);
        TrapLimits traps = new TrapLimits(2048, 20, 3, 12, 200, 1000, 5000, 40);
        try (FakeWeb web = new FakeWeb(1)) {
            graph.publish(web);
            CrawlSummary summary = run(web, config().traps(traps), graph.url(0));
            assertThat(web.fetched()).hasSize(80);
            assertThat(summary.skips()).containsKey(Skip.HOST_PAGES);
        }
    }

    @Test
    void noMoreAreInFlightThanAllowedInAll() throws Exception {
        RandomWeb graph = new RandomWeb(300, 30, 4, 5);
        try (FakeWeb web = new FakeWeb(3)) {
            graph.publish(web);
            run(web, config().maxInFlight(7), graph.url(0));
            assertThat(new HashSet<>(web.fetched())).isEqualTo(graph.reachable());
            assertThat(mostAtATime(web.log.stream().toList())).isLessThanOrEqualTo(7);
        }
    }

    @Test
    void aPermitThatAHostCannotUseGoesToTheNext() throws Exception {
        String slow = "http://slow.com/";
        String busy = "http://busy.com/1";
        try (FakeWeb web = new FakeWeb(1);
                Scheduler scheduler =
                        Scheduler.builder().workers(2).pinning(Pinning.NONE).build()) {
            web.held.add(slow);
            web.held.add(busy);
            web.page(busy, new Answer(429, Map.of("Retry-After", "3000"), ""));
            web.page("http://other.com/", Answer.html("<p>other"));
            Map<String, CompletableFuture<InetAddress>> later =
                    Map.of(
                            "busy.com", new CompletableFuture<>(),
                            "other.com", new CompletableFuture<>());
            InetAddress address = InetAddress.getLoopbackAddress();
            Crawl crawl =
                    Crawl.on(scheduler)
                            .config(config().maxInFlight(2).build())
                            .fetcher(web.fetcher())
                            .lookup(
                                    host ->
                                            later.getOrDefault(
                                                    host,
                                                    CompletableFuture.completedFuture(address)))
                            .start(urls(slow, busy, "http://busy.com/2", "http://other.com/"));
            await().until(() -> web.counts.containsKey(slow));
            later.get("busy.com").complete(address);
            // two are in flight, and the busy host has left its name to send the next one
            await().until(() -> web.counts.containsKey(busy));
            await().until(() -> crawl.whole().waiting() == 1);
            later.get("other.com").complete(address);
            await().until(() -> crawl.whole().waiting() == 2);
            web.held.remove(busy); // from now on that host is blocked: its permit goes to the other
            await().until(() -> !web.hits("http://other.com/").isEmpty());
            assertThat(web.hits(slow)).isEmpty();
            crawl.close();
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(2));
    }

    @Test
    void fiveAreInFlightToAHostAndNoMore() throws Exception {
        try (FakeWeb web = new FakeWeb(1);
                Scheduler scheduler =
                        Scheduler.builder().workers(2).pinning(Pinning.NONE).build()) {
            String[] seeds = new String[9];
            for (int i = 0; i < seeds.length; i++) {
                seeds[i] = "http://example.com/" + i;
                web.page(seeds[i], Answer.html("<p>" + i));
                web.held.add(seeds[i]);
            }
            Crawl crawl =
                    Crawl.on(scheduler)
                            .config(config().build())
                            .fetcher(web.fetcher())
                            .lookup(web.lookup())
                            .start(urls(seeds));
            await().until(() -> web.peak("example.com") == 5);
            web.held.clear();
            crawl.await();
            assertThat(web.fetched()).hasSize(9);
            assertThat(web.peak("example.com")).isEqualTo(5);
        }
    }

    @Test
    void aCrawlOfNothingEnds() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            assertThat(run(web, config()).end()).isEqualTo(CrawlEnd.DONE);
        }
    }

    @Test
    void metersShowTheCrawl() throws Exception {
        RandomWeb graph = new RandomWeb(50, 5, 4, 5);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (FakeWeb web = new FakeWeb(1);
                Scheduler scheduler =
                        Scheduler.builder().workers(2).pinning(Pinning.NONE).build()) {
            graph.publish(web);
            Crawl crawl =
                    Crawl.on(scheduler)
                            .config(config().build())
                            .fetcher(web.fetcher())
                            .lookup(web.lookup())
                            .start(urls(graph.url(0)));
            new CrawlMetrics(crawl, Tags.empty()).bindTo(registry);
            crawl.await();
            int pages = graph.reachable().size();
            assertThat(registry.get("magpie.crawl.pages").functionCounter().count())
                    .isEqualTo(pages);
            assertThat(
                            registry.get("magpie.crawl.responses")
                                    .tag("status", "2xx")
                                    .functionCounter()
                                    .count())
                    .isEqualTo(pages);
            assertThat(registry.get("magpie.crawl.pending").gauge().value()).isZero();
        }
    }

    private static List<Hit> byStart(List<Hit> hits) {
        return hits.stream().sorted(Comparator.comparingLong(Hit::start)).toList();
    }

    private static void assertGaps(List<Hit> hits, long millis) {
        List<Hit> sorted = byStart(hits);
        for (int i = 1; i < sorted.size(); i++) {
            assertThat(sorted.get(i).start() - sorted.get(i - 1).start())
                    .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    /** A gap that hosts share begins when a request is let go; it may go out somewhat later. */
    private static void assertMeanGap(List<Hit> hits, long millis) {
        List<Hit> sorted = byStart(hits);
        long whole = sorted.get(sorted.size() - 1).start() - sorted.get(0).start();
        assertThat(whole)
                .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(millis) * (sorted.size() - 2));
    }

    private static int mostAtATime(List<Hit> hits) {
        int most = 0;
        for (Hit hit : hits) {
            int now = 0;
            for (Hit other : hits) {
                if (other.start() <= hit.start() && hit.start() < other.end()) {
                    now++;
                }
            }
            most = Math.max(most, now);
        }
        return most;
    }
}
