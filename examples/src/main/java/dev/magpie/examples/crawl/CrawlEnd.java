package dev.magpie.examples.crawl;

/** Why a crawl ended. */
public enum CrawlEnd {
    /** Nothing was left to be fetched. */
    DONE,
    /** It has fetched as many pages as it may. */
    BUDGET,
    /** It was stopped. */
    STOPPED
}
