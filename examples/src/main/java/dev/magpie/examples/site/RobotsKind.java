package dev.magpie.examples.site;

/** How a host of the site answers for robots.txt. */
public enum RobotsKind {
    /** A file that disallows {@code /private/}. */
    FILE(true, false),
    /** The same file with a crawl delay, and a group for all others that disallows everything. */
    DELAY(true, false),
    /** The same file behind five redirects. */
    REDIRECTS_5(true, false),
    /** A file of 600 KiB, of which the first lines disallow {@code /private/}. */
    HUGE(true, false),
    /** The same file in the encoding of Windows, with a byte order mark and broken lines. */
    MESSY(true, false),
    /** Status 404. */
    NONE(false, false),
    /** Status 403. */
    FORBIDDEN(false, false),
    /** Six redirects and more. */
    REDIRECTS_6(false, false),
    /** Status 500. */
    ERROR(false, true),
    /** No answer, ever. */
    SILENT(false, true),
    /** A file that disallows everything. */
    CLOSED(false, true);

    private final boolean disallowsPrivate;
    private final boolean disallowsAll;

    RobotsKind(boolean disallowsPrivate, boolean disallowsAll) {
        this.disallowsPrivate = disallowsPrivate;
        this.disallowsAll = disallowsAll;
    }

    /**
     * Whether a polite crawler fetches nothing at all from such a host.
     *
     * @return true if so
     */
    public boolean disallowsAll() {
        return disallowsAll;
    }

    /**
     * Whether a polite crawler fetches nothing below {@code /private/} from such a host.
     *
     * @return true if so
     */
    public boolean disallowsPrivate() {
        return disallowsPrivate || disallowsAll;
    }
}
