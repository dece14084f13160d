package dev.magpie.examples.crawl;

import java.util.Locale;

/** Why a URL is not fetched, or the links of a page are not followed. */
public enum Skip {
    /** robots.txt forbids it, or could not be had. */
    ROBOTS,
    /** Outside of the scope. */
    SCOPE,
    /** Deeper than allowed. */
    DEPTH,
    /** The page or the link says nofollow. */
    NOFOLLOW,
    /** More redirects in a row than allowed. */
    HOPS,
    /** The URL is too long. */
    URL_LENGTH,
    /** The path has too many segments. */
    PATH_DEPTH,
    /** The path repeats segments. */
    REPEATED_SEGMENTS,
    /** The query has too many parameters. */
    PARAMETERS,
    /** Too many different queries of one path. */
    QUERIES,
    /** A date far off, or too many dates. */
    CALENDAR,
    /** The page has more links than are looked at. */
    LINKS,
    /** The host has more pages than are wanted. */
    HOST_PAGES,
    /** The same content as another page. */
    DUPLICATE,
    /** The host has failed too often. */
    HOST_FAILED;

    /**
     * As it stands in reports.
     *
     * @return such as {@code repeated-segments}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
