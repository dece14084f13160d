package dev.magpie.examples.crawl.page;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * What a crawler needs to know of a page.
 *
 * @param url where it was fetched
 * @param title its title, empty if it has none
 * @param links its references, each URL once, in the order of the page, without those to the page
 *     itself
 * @param canonical the URL that it names as its own
 * @param noindex whether it asks not to be stored or shown ({@code noindex}, {@code noarchive})
 * @param nofollow whether it asks that none of its links be followed
 * @param charset what it was decoded by
 * @param linksCut whether it has more links than the limit
 */
public record Page(
        CrawlUrl url,
        String title,
        List<Link> links,
        Optional<CrawlUrl> canonical,
        boolean noindex,
        boolean nofollow,
        Charset charset,
        boolean linksCut) {

    /** Copies the links. */
    public Page {
        links = List.copyOf(links);
    }
}
