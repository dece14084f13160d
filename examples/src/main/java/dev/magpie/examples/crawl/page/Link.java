package dev.magpie.examples.crawl.page;

import dev.magpie.examples.crawl.url.CrawlUrl;

/**
 * A reference from a page.
 *
 * @param url where it points to, in canonical form
 * @param kind what makes the reference
 * @param nofollow whether its element is marked {@code rel=nofollow}, {@code ugc} or {@code
 *     sponsored}
 */
public record Link(CrawlUrl url, Kind kind, boolean nofollow) {

    /** What makes a reference. */
    public enum Kind {
        /** A link to click: {@code a}, {@code area}. */
        ANCHOR,
        /** A page within the page: {@code iframe}, {@code frame}. */
        FRAME,
        /** {@code meta http-equiv=refresh}. */
        REFRESH,
        /** A page beside this one: {@code link} with rel next, prev, alternate. */
        RELATED,
        /** What the page is shown with: images, scripts, style sheets, media. */
        RESOURCE
    }
}
