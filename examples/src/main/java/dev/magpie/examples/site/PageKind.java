package dev.magpie.examples.site;

/** How a page of the site answers. */
public enum PageKind {
    /** Status 200, with links. */
    OK,
    /** Status 404. */
    NOT_FOUND,
    /** Status 500, always. */
    SERVER_ERROR,
    /** Status 429 with Retry-After until that time is over, then 200. */
    TOO_MANY,
    /** Status 301, 302, 307 or 308, to another page. */
    REDIRECT,
    /** Status 200, after a long while. */
    SLOW,
    /** Status 200, but below the path that robots.txt disallows. */
    DISALLOWED
}
