package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.PageOutput.Fetched;
import dev.magpie.examples.crawl.PageOutput.Reference;
import dev.magpie.examples.crawl.fetch.FetchResult.Response;
import dev.magpie.examples.crawl.page.Link;
import dev.magpie.examples.crawl.page.Page;
import dev.magpie.examples.crawl.page.PageParser;
import dev.magpie.examples.crawl.page.Sitemap;
import dev.magpie.examples.crawl.page.SitemapParser;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a response leads to: the work of a page that takes a CPU. Thread-safe; nothing
 * blocks.
 */
final class PageProcessor {

    /** What a response comes to. */
    record Processed(Outcome outcome, List<Candidate> found, Fetched fetched) {}

    /** Elements nested deeper than a page that means well. */
    private static final int PARSER_DEPTH = 256;

    private static final int SITEMAP_ENTRIES = 50_000; // as the protocol has it

    private final CrawlConfig config;
    private final Frontier frontier;
    private final CrawlStats stats;
    private final Traps traps;
    private final PageParser pages;
    private final SitemapParser sitemaps;

    PageProcessor(CrawlConfig config, Frontier frontier, CrawlStats stats) {
        this.config = config;
        this.frontier = frontier;
        this.stats = stats;
        traps = new Traps(config.traps());
        pages =
                new PageParser(
                        config.rules(),
                        config.agents(),
                        PARSER_DEPTH,
                        config.traps().linksPerPage(),
                        config.resources());
        sitemaps = new SitemapParser(config.rules(), SITEMAP_ENTRIES);
    }

    Processed process(FrontierUrl url, Response response) {
        int status = response.status();
        if (status >= 300 && status < 400) {
            return redirect(url, response);
        }
        if (status < 200 || status >= 300) {
            return plain(url, response, 0);
        }
        if (url.kind() == UrlKind.SITEMAP) {
            Sitemap sitemap = sitemaps.parse(response);
            if (!sitemap.isEmpty() || !PageParser.isPage(response)) {
                return sitemap(url, response, sitemap);
            } // else a page that robots.txt names by mistake, and that links may lead to as well
        }
        long content = response.body().length == 0 ? 0 : fingerprint(response.body());
        if (content != 0 && frontier.isKnownContent(content)) {
            return new Processed(
                    Outcome.response(status, response.body().length, content).asDuplicate(),
                    List.of(),
                    new Fetched(url, response, pageOf(response), true, List.of()));
        }
        return PageParser.isPage(response)
                ? page(url, response, content)
                : plain(url, response, content);
    }

    private static Processed plain(FrontierUrl url, Response response, long content) {
        return new Processed(
                Outcome.response(response.status(), response.body().length, content),
                List.of(),
                new Fetched(url, response, null, false, List.of()));
    }

    private Processed redirect(FrontierUrl url, Response response) {
        List<Candidate> found = new ArrayList<>();
        List<Reference> links = new ArrayList<>();
        response.location()
                .map(location -> response.url().resolver(config.rules()).apply(location))
                .flatMap(target -> target)
                .ifPresent(
                        target -> {
                            links.add(new Reference("redirect", target.toString()));
                            add(
                                    new Candidate(target, url.depth(), url.hops() + 1, url.kind()),
                                    found);
                        });
        return new Processed(
                Outcome.response(response.status(), response.body().length, 0),
                found,
                new Fetched(url, response, null, false, links));
    }

    private Processed sitemap(FrontierUrl url, Response response, Sitemap sitemap) {
        List<Candidate> found = new ArrayList<>();
        List<Reference> links = new ArrayList<>();
        for (CrawlUrl target : sitemap.pages()) {
            links.add(new Reference("sitemap", target.toString()));
            add(new Candidate(target, url.depth(), 0, UrlKind.PAGE), found);
        }
        for (CrawlUrl target : sitemap.sitemaps()) {
            links.add(new Reference("sitemap", target.toString()));
            add(new Candidate(target, url.depth(), url.hops() + 1, UrlKind.SITEMAP), found);
        }
        return new Processed(
                Outcome.response(response.status(), response.body().length, 0),
                found,
                new Fetched(url, response, null, false, links));
    }

    /** Also a duplicate says whether it may be stored. */
    private @Nullable Page pageOf(Response response) {
        return PageParser.isPage(response) ? pages.parse(response) : null;
    }

    private Processed page(FrontierUrl url, Response response, long content) {
        Page page = pages.parse(response);
        List<Candidate> found = new ArrayList<>();
        List<Reference> references = new ArrayList<>();
        Set<CrawlUrl> seen = new HashSet<>();
        page.canonical()
                .filter(target -> !target.equals(response.url()))
                .ifPresent(
                        target -> {
                            references.add(new Reference("canonical", target.toString()));
                            Candidate candidate =
                                    new Candidate(
                                            target, url.depth(), url.hops() + 1, UrlKind.PAGE);
                            add(candidate, found);
                            if (!found.isEmpty()) {
                                seen.add(target); // else a link may still lead there
                            }
                        });
        for (Link link : page.links()) {
            references.add(new Reference(label(link), link.url().toString()));
            if (page.nofollow() || link.nofollow()) {
                stats.add(Skip.NOFOLLOW);
            } else if (seen.add(link.url())) {
                add(new Candidate(link.url(), url.depth() + 1, 0, UrlKind.PAGE), found);
            }
        }
        if (page.linksCut()) {
            stats.add(Skip.LINKS);
        }
        return new Processed(
                Outcome.response(response.status(), response.body().length, content),
                found,
                new Fetched(url, response, page, false, references));
    }

    private static String label(Link link) {
        return switch (link.kind()) {
            case ANCHOR -> "link";
            case FRAME -> "frame";
            case REFRESH -> "refresh";
            case RELATED -> "related";
            case RESOURCE -> "resource";
        };
    }

    /** Adds what may be new and is to be followed. */
    private void add(Candidate candidate, List<Candidate> found) {
        if (frontier.isKnown(candidate.url())) {
            return; // nearly all are: sorted out before anything is examined
        }
        Skip refusal = refusal(candidate);
        if (refusal == null) {
            found.add(candidate);
        } else {
            stats.add(refusal);
        }
    }

    /** Why a URL is not to be fetched; null if it is. */
    @Nullable Skip refusal(Candidate candidate) {
        if (candidate.depth() > config.maxDepth()) {
            return Skip.DEPTH;
        }
        if (candidate.hops() > config.maxHops()) {
            return Skip.HOPS;
        }
        if (!config.scope().contains(candidate.url())) {
            return Skip.SCOPE;
        }
        return traps.check(candidate.url());
    }

    /** The first half of the first half of a digest: enough to tell pages apart. Never 0. */
    private static long fingerprint(byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long head = ByteBuffer.wrap(digest.digest(body)).getLong();
            return head == 0 ? 1 : head;
        } catch (NoSuchAlgorithmException ex) {
            throw new AssertionError(ex); // every platform has it
        }
    }
}
