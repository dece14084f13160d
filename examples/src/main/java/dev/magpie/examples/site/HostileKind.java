package dev.magpie.examples.site;

import java.util.Locale;

/** What a hostile host does to a crawler. Its name is {@code evil-}, the kind, {@code .test}. */
public enum HostileKind {
    /** A body of chunks without end. */
    ENDLESS_BODY,
    /** A small body that expands to 256 MiB. */
    GZIP_BOMB,
    /** A header, one byte at a time, without end. */
    SLOW_HEADER,
    /** A body, one byte at a time, without end. */
    SLOW_BODY,
    /** Fewer bytes than Content-Length says, then the connection ends. */
    SHORT_BODY,
    /** More bytes than Content-Length says. */
    LONG_BODY,
    /** The connection is reset within the body. */
    RESET,
    /** The connection ends without a response. */
    NO_RESPONSE,
    /** Something that is not HTTP. */
    NOT_HTTP,
    /** HTTP/1.0 without a length: the body ends with the connection, and is sound. */
    OLD_HTTP,
    /** A chunk whose length is not a number. */
    BROKEN_CHUNK,
    /** Says gzip, and is not. */
    FALSE_GZIP,
    /** Redirects in a circle. */
    REDIRECT_LOOP,
    /** Redirects thirty times. */
    REDIRECT_CHAIN,
    /** Redirects and links to private addresses, and to files. */
    PRIVATE_REDIRECT,
    /** Ten megabytes of header. */
    HUGE_HEADER,
    /** Pages in encodings that do not exist, or other than said. */
    BAD_CHARSET,
    /** A calendar in which each month links to the next. */
    CALENDAR,
    /** A new session in the path of each link. */
    SESSION_PATH,
    /** One page, linked to in all spellings of its URL. */
    ALIASES,
    /** Paths that grow by the same segments. */
    GROWING_PATH,
    /** Parameters in all combinations. */
    QUERY_EXPLOSION,
    /** The same page at many URLs. */
    DUPLICATES,
    /** Elements nested a hundred thousand deep. */
    DEEP_HTML,
    /** A page of a hundred thousand links. */
    MANY_LINKS,
    /** A link of a hundred thousand characters. */
    LONG_URL;

    /**
     * The host of this kind.
     *
     * @return its name
     */
    public String host() {
        return "evil-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".test";
    }
}
