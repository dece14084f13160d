package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.url.CrawlUrl;

/**
 * A URL that was found, and may be known already.
 *
 * @param url what was found
 * @param depth links between a seed and this, redirects not counted
 * @param hops redirects in a row that led here
 * @param kind what it is to be fetched for
 */
public record Candidate(CrawlUrl url, int depth, int hops, UrlKind kind) {

    /**
     * A page that the user named.
     *
     * @param url the page
     * @return the candidate
     */
    public static Candidate seed(CrawlUrl url) {
        return new Candidate(url, 0, 0, UrlKind.PAGE);
    }
}
