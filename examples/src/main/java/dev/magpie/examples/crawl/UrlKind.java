package dev.magpie.examples.crawl;

/** What a URL is fetched for. */
public enum UrlKind {
    /** Its content, and the links in it. */
    PAGE,

    /** The URLs that it lists. */
    SITEMAP;

    int code() {
        return this == SITEMAP ? 1 : 0; // part of the journal's format
    }

    static UrlKind of(int code) {
        return code == SITEMAP.code() ? SITEMAP : PAGE;
    }
}
