package dev.magpie.examples.crawl;

/**
 * How much of what may have no end is followed.
 *
 * @param urlLength characters of a URL
 * @param pathDepth segments of a path
 * @param repeats how often a segment may stand in a path, or a group of segments behind itself
 * @param parameters of a query
 * @param queriesPerPath different queries of one path
 * @param datesPerHost pages of a host that are named by a date
 * @param linksPerPage links of a page that are looked at
 * @param pagesPerHost URLs of a host
 */
public record TrapLimits(
        int urlLength,
        int pathDepth,
        int repeats,
        int parameters,
        int queriesPerPath,
        int datesPerHost,
        int linksPerPage,
        int pagesPerHost) {

    /** For sites of any kind. */
    public static final TrapLimits DEFAULT =
            new TrapLimits(2048, 20, 3, 12, 200, 1000, 5000, 1_000_000);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public TrapLimits {
        check("urlLength", urlLength);
        check("pathDepth", pathDepth);
        check("repeats", repeats);
        check("parameters", parameters);
        check("queriesPerPath", queriesPerPath);
        check("datesPerHost", datesPerHost);
        check("linksPerPage", linksPerPage);
        check("pagesPerHost", pagesPerHost);
    }

    private static void check(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }
}
