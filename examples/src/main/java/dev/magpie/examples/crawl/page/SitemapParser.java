package dev.magpie.examples.crawl.page;

import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import crawlercommons.sitemaps.extension.Extension;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.crawl.url.UrlRules;
import java.io.IOException;
import java.net.URL;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads sitemaps (sitemaps.org): XML, RSS, Atom, plain text, each also in gzip, and indexes of
 * them. Document types, and so external entities, are refused. Immutable; safe for use by many
 * threads.
 */
public final class SitemapParser {

    private final UrlRules rules;
    private final int maxEntries;

    /**
     * A parser.
     *
     * @param rules how entries are brought to their canonical form
     * @param maxEntries how many entries of a sitemap are read
     * @throws IllegalArgumentException if the number of entries is below 1
     */
    public SitemapParser(UrlRules rules, int maxEntries) {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries must be at least 1, was " + maxEntries);
        }
        this.rules = rules;
        this.maxEntries = maxEntries;
    }

    /**
     * Parses a sitemap. Broken ones give the entries before the fault, and perhaps the start of
     * that which it is in.
     *
     * @param response a response with a sitemap
     * @return its entries, none if it is not a sitemap
     */
    public Sitemap parse(FetchResult.Response response) {
        SiteMapParser parser = new SiteMapParser(false, true); // entries on any path, partial ones
        parser.setAllowDocTypeDefinitions(false);
        parser.enableExtension(Extension.IMAGE); // else the pictures' URLs are taken for pages
        parser.setURLFilter(this::written); // else what RFC 3986 does not allow is left out
        try {
            URL url = response.url().toUri().toURL();
            AbstractSiteMap map = parser.parseSiteMap(response.body(), url);
            if (map instanceof SiteMapIndex index) {
                Collection<AbstractSiteMap> parts = index.getSitemaps();
                return new Sitemap(List.of(), urls(parts.stream().map(AbstractSiteMap::getUrl)));
            }
            Stream<URL> pages =
                    ((SiteMap) map).getSiteMapUrls().stream().map(entry -> entry.getUrl());
            return new Sitemap(urls(pages), List.of());
        } catch (UnknownFormatException | IOException | RuntimeException ex) {
            return Sitemap.EMPTY; // whatever the library makes of hostile input
        }
    }

    private String written(String entry) {
        return CrawlUrl.parse(entry, rules).map(CrawlUrl::toString).orElse(entry);
    }

    private List<CrawlUrl> urls(Stream<URL> given) {
        return given.map(url -> CrawlUrl.parse(url.toString(), rules))
                .flatMap(Optional::stream)
                .distinct()
                .limit(maxEntries)
                .toList();
    }
}
