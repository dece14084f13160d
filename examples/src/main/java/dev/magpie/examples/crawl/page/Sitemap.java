package dev.magpie.examples.crawl.page;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.util.List;

/**
 * The entries of a sitemap or sitemap index.
 *
 * @param pages the pages it lists
 * @param sitemaps the sitemaps it lists, if it is an index
 */
public record Sitemap(List<CrawlUrl> pages, List<CrawlUrl> sitemaps) {

    static final Sitemap EMPTY = new Sitemap(List.of(), List.of());

    /** Copies the lists. */
    public Sitemap {
        pages = List.copyOf(pages);
        sitemaps = List.copyOf(sitemaps);
    }

    /**
     * Whether it lists nothing.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return pages.isEmpty() && sitemaps.isEmpty();
    }
}
