package dev.magpie.examples.site;

import dev.magpie.examples.crawl.fetch.FetchLimits;
import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.page.Link;
import dev.magpie.examples.crawl.page.PageParser;
import dev.magpie.examples.crawl.page.SitemapParser;
import dev.magpie.examples.crawl.robots.RobotsFetch;
import dev.magpie.examples.crawl.robots.RobotsRules;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.crawl.url.UrlRules;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** One fetch after the other, as polite as can be, to check site and parts against each other. */
final class SimpleCrawl {

    private static final FetchLimits LIMITS = FetchLimits.DEFAULT;
    private static final List<String> AGENTS = List.of("magpie");

    private final Fetcher fetcher;
    private final RobotsFetch robotsFetch;
    private final PageParser parser = new PageParser(UrlRules.PLAIN, AGENTS, 100, 1_000, false);
    private final SitemapParser sitemaps = new SitemapParser(UrlRules.PLAIN, 1_000);
    private final Map<String, RobotsRules> robots = new HashMap<>();
    private final Set<CrawlUrl> seen = new HashSet<>();
    private final Queue<CrawlUrl> queue = new ArrayDeque<>();

    SimpleCrawl(Fetcher fetcher, Duration robotsTime) {
        this.fetcher = fetcher;
        this.robotsFetch = new RobotsFetch(fetcher, Map.of(), robotsTime);
    }

    void run(CrawlUrl seed) {
        add(seed);
        while (!queue.isEmpty()) {
            CrawlUrl url = queue.remove();
            if (rules(url).allowed(url) && fetch(url) instanceof FetchResult.Response response) {
                take(response);
            }
        }
    }

    private void add(CrawlUrl url) {
        if (seen.add(url)) {
            queue.add(url);
        }
    }

    private RobotsRules rules(CrawlUrl url) {
        RobotsRules known = robots.get(url.origin());
        if (known != null) {
            return known;
        }
        RobotsRules rules =
                robotsFetch
                        .fetch(url)
                        .toCompletableFuture()
                        .join()
                        .rules(AGENTS, Duration.ofSeconds(30));
        robots.put(url.origin(), rules);
        for (CrawlUrl sitemap : rules.sitemaps()) {
            if (fetch(sitemap) instanceof FetchResult.Response response) {
                sitemaps.parse(response).pages().forEach(this::add);
            }
        }
        return rules;
    }

    private FetchResult fetch(CrawlUrl url) {
        return fetcher.fetch(new FetchRequest(url, Map.of("User-Agent", "magpie/1"), LIMITS))
                .toCompletableFuture()
                .join();
    }

    private void take(FetchResult.Response response) {
        if (response.status() == 429) {
            sleepUntilAllowed(response);
            queue.add(response.url());
        } else if (response.status() >= 300 && response.status() < 400) {
            response.header("Location").flatMap(response.url()::resolve).ifPresent(this::add);
        } else if (response.status() == 200 && PageParser.isPage(response)) {
            parser.parse(response).links().stream()
                    .filter(link -> !link.nofollow())
                    .map(Link::url)
                    .forEach(this::add);
        }
    }

    private static void sleepUntilAllowed(FetchResult.Response response) {
        Duration wait =
                dev.magpie.examples.crawl.fetch.RetryAfter.parse(
                                response.header("Retry-After").orElseThrow(),
                                Clock.systemUTC().instant(),
                                Duration.ofMinutes(1))
                        .orElseThrow();
        org.awaitility.Awaitility.await()
                .pollDelay(wait.plusMillis(1))
                .atMost(wait.plusMinutes(1))
                .until(() -> true);
    }
}
