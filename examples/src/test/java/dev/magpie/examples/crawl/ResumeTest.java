package dev.magpie.examples.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.examples.crawl.FakeWeb.Answer;
import dev.magpie.examples.crawl.FakeWeb.Hit;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crawls that end before they are done, and are continued. */
class ResumeTest {

    private static final int IN_FLIGHT = 16;

    /** So a fetch that is given up at the end would be a page's end, were it taken for one. */
    private static final Retries NO_RETRY =
            new Retries(1, Duration.ZERO, Duration.ZERO, Duration.ofHours(1), 1000, 2);

    @TempDir Path folder;

    private final Scheduler scheduler =
            Scheduler.builder().workers(2).pinning(Pinning.NONE).build();

    @AfterEach
    void close() {
        scheduler.close();
    }

    private static CrawlConfig.Builder config() {
        return CrawlConfig.builder()
                .politeness(Politeness.undelayed(5))
                .maxInFlight(IN_FLIGHT)
                .retries(
                        new Retries(
                                3,
                                Duration.ofMillis(20),
                                Duration.ofMillis(80),
                                Duration.ofHours(1),
                                4,
                                2));
    }

    private CrawlBuilder crawl(FakeWeb web, CrawlConfig.Builder config) {
        return Crawl.on(scheduler)
                .config(config.build())
                .fetcher(web.fetcher())
                .lookup(web.lookup())
                .state(folder.resolve("state"));
    }

    private static List<CrawlUrl> seeds(String... urls) {
        return List.of(urls).stream().map(url -> CrawlUrl.parse(url).orElseThrow()).toList();
    }

    @Test
    void stoppedAndContinuedManyTimesNothingIsLostAndLittleFetchedTwice() throws Exception {
        RandomWeb graph = new RandomWeb(1200, 30, 3, 9);
        Set<String> reachable = graph.reachable();
        try (FakeWeb web = new FakeWeb(2)) {
            graph.publish(web);
            CrawlEnd end = CrawlEnd.STOPPED;
            int parts = 0;
            Collection<CrawlUrl> seeds = seeds(graph.url(0));
            CrawlSummary summary = null;
            while (end != CrawlEnd.DONE) {
                Crawl crawl = crawl(web, config().memoryUrls(50).retries(NO_RETRY)).start(seeds);
                int enough = web.log.size() + 150;
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> web.log.size() > enough || crawl.summary().end() != null);
                crawl.stop();
                end = crawl.await();
                summary = crawl.summary();
                parts++;
                seeds = List.of();
            }
            List<String> fetched = web.fetched();
            assertThat(parts).isGreaterThan(3);
            assertThat(new HashSet<>(fetched)).isEqualTo(reachable);
            assertThat(fetched.size() - reachable.size()).isLessThanOrEqualTo(IN_FLIGHT * parts);
            assertThat(summary.statuses()).containsOnly(Map.entry(200, (long) reachable.size()));
            assertThat(summary.failures()).isEmpty();
            assertThat(summary.known()).isEqualTo(reachable.size());
        }
    }

    @Test
    void robotsTxtIsNotAskedForAgain() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            web.page("http://example.com/robots.txt", Answer.text("User-agent: *\nDisallow: /no"));
            web.page("http://example.com/", Answer.html(FakeWeb.links("/a", "/b", "/no")));
            web.page("http://example.com/a", Answer.html("<p>a"));
            web.page("http://example.com/b", Answer.html("<p>b"));
            Crawl first = crawl(web, config().maxPages(1)).start(seeds("http://example.com/"));
            assertThat(first.await()).isEqualTo(CrawlEnd.BUDGET);
            Crawl second = crawl(web, config()).start(List.of());
            assertThat(second.await()).isEqualTo(CrawlEnd.DONE);
            assertThat(web.hits("http://example.com/robots.txt")).hasSize(1);
            assertThat(web.fetched())
                    .containsExactlyInAnyOrder(
                            "http://example.com/", "http://example.com/a", "http://example.com/b");
        }
    }

    @Test
    void aRetryAfterOutlivesTheProcess() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            Answer busy = new Answer(503, Map.of("Retry-After", "2"), "");
            web.page(
                    "http://example.com/", attempt -> attempt == 0 ? busy : Answer.html("<p>fine"));
            Crawl first = crawl(web, config()).start(seeds("http://example.com/"));
            Awaitility.await().until(() -> first.summary().retries() == 1);
            first.stop();
            first.await();
            Crawl second = crawl(web, config()).start(List.of());
            assertThat(second.await()).isEqualTo(CrawlEnd.DONE);
            List<Hit> hits = web.hits("http://example.com/");
            assertThat(hits).hasSize(2);
            // the wall clock that it is stored by counts in milliseconds
            assertThat(hits.get(1).start() - hits.get(0).end())
                    .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1990));
        }
    }

    @Test
    void theDelayIsKeptFromOnePartToTheNext() throws Exception {
        try (FakeWeb web = new FakeWeb(1)) {
            Politeness slow = Politeness.undelayed(5).withDelay(Duration.ofMillis(300));
            web.page("http://example.com/", Answer.html(FakeWeb.links("/a")));
            web.page("http://example.com/a", Answer.html("<p>a"));
            crawl(web, config().politeness(slow).maxPages(1))
                    .start(seeds("http://example.com/"))
                    .await();
            crawl(web, config().politeness(slow)).start(List.of()).await();
            List<Hit> hits = web.log.stream().toList();
            assertThat(hits).hasSize(3);
            for (int i = 1; i < hits.size(); i++) {
                assertThat(hits.get(i).start() - hits.get(i - 1).start())
                        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
            }
        }
    }

    @Test
    void aFullDiskEndsTheCrawlWithAClearErrorAndTheStateIsIntact() throws Exception {
        RandomWeb graph = new RandomWeb(1000, 20, 3, 13);
        try (FakeWeb web = new FakeWeb(1)) {
            graph.publish(web);
            Crawl first =
                    crawl(web, config()).opener(FullDisk.after(20_000)).start(seeds(graph.url(0)));
            assertThatThrownBy(first::await)
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("state")
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("intact");
            assertThat(web.fetched()).hasSizeLessThan(graph.reachable().size());
            assertThat(crawl(web, config()).start(List.of()).await()).isEqualTo(CrawlEnd.DONE);
            assertThat(new HashSet<>(web.fetched())).isEqualTo(graph.reachable());
        }
    }

    @Test
    void outputThatCannotBeWrittenIsNamedAndTheStateIsIntact() throws Exception {
        RandomWeb graph = new RandomWeb(300, 5, 3, 13);
        Path file = folder.resolve("links.csv");
        try (FakeWeb web = new FakeWeb(1)) {
            graph.publish(web);
            Crawl first =
                    crawl(web, config())
                            .output(new LinkGraph(file, FullDisk.after(5_000)))
                            .start(seeds(graph.url(0)));
            assertThatThrownBy(first::await)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(file + ": cannot be written: No space left on device");
            assertThat(Files.readString(file)).endsWith("\n");
            assertThat(crawl(web, config()).start(List.of()).await()).isEqualTo(CrawlEnd.DONE);
            assertThat(new HashSet<>(web.fetched())).isEqualTo(graph.reachable());
        }
    }

    @Test
    void aDiskThatIsFullWhenACrawlIsResumedLeavesTheOldStateAlone() throws Exception {
        RandomWeb graph = new RandomWeb(300, 5, 3, 13);
        try (FakeWeb web = new FakeWeb(1)) {
            graph.publish(web);
            crawl(web, config().maxPages(100)).start(seeds(graph.url(0))).await();
            assertThatThrownBy(
                            () -> crawl(web, config()).opener(FullDisk.after(500)).start(List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the state in ")
                    .hasMessageContaining("No space left on device");
            assertThat(crawl(web, config()).start(List.of()).await()).isEqualTo(CrawlEnd.DONE);
            assertThat(web.fetched())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(graph.reachable());
        }
    }

    @Test
    void aTornEndIsCutOffWhereverItIs() throws Exception {
        RandomWeb graph = new RandomWeb(60, 3, 3, 17);
        try (FakeWeb web = new FakeWeb(0)) {
            graph.publish(web);
            Path state = folder.resolve("state");
            crawl(web, config().maxPages(30)).start(seeds(graph.url(0))).await();
            Path segment = state.resolve("frontier-1-1");
            byte[] whole = Files.readAllBytes(segment);
            byte[] first = Files.readAllBytes(state.resolve("frontier-1-0"));
            for (int length = whole.length; length >= 0; length -= 523) {
                try (var files = Files.newDirectoryStream(state, "frontier-*")) {
                    for (Path file : files) {
                        Files.delete(file);
                    }
                }
                Files.write(state.resolve("frontier-1-0"), first);
                Files.write(segment, java.util.Arrays.copyOf(whole, length));
                web.log.clear();
                // the seed is in the part that may be missing
                assertThat(crawl(web, config()).start(seeds(graph.url(0))).await())
                        .isEqualTo(CrawlEnd.DONE);
                if (length == 0) {
                    assertThat(web.fetched())
                            .doesNotHaveDuplicates()
                            .containsExactlyInAnyOrderElementsOf(graph.reachable());
                }
                assertThat(new HashSet<>(web.fetched()).size())
                        .isBetween(graph.reachable().size() - 30, graph.reachable().size());
            }
        }
    }

    @Test
    void damageInTheMiddleIsTold() throws Exception {
        try (FakeWeb web = new FakeWeb(0)) {
            Path state = folder.resolve("state");
            web.page("http://example.com/", Answer.html("<p>"));
            crawl(web, config()).start(seeds("http://example.com/")).await();
            Path first = state.resolve("frontier-1-0");
            byte[] bytes = Files.readAllBytes(first);
            bytes[bytes.length / 2] ^= 1;
            Files.write(first, bytes, StandardOpenOption.TRUNCATE_EXISTING);
            assertThatThrownBy(() -> crawl(web, config()).start(List.of()))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("frontier-1-0 is damaged");
        }
    }

    @Test
    void twoCrawlsCannotShareAState() throws Exception {
        try (FakeWeb web = new FakeWeb(200)) {
            web.page("http://example.com/", Answer.html("<p>"));
            try (Crawl first = crawl(web, config()).start(seeds("http://example.com/"))) {
                assertThatThrownBy(() -> crawl(web, config()).start(List.of()))
                        .isInstanceOf(StateException.class)
                        .hasMessageContaining("in use by another crawl");
            }
        }
    }
}
