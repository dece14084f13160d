package dev.magpie.examples.crawl.fetch;

/** Why a fetch brought no response. */
public enum FailureKind {
    /** The name does not resolve. */
    DNS,
    /** The address policy forbids an address of the host. */
    REFUSED_ADDRESS,
    /** No connection: refused, unreachable, or not within its time. */
    CONNECT,
    /** The total time was over. */
    TIMEOUT,
    /** The connection broke after it was made. */
    RESET,
    /** What came back is not HTTP, or its body is not what its headers say. */
    PROTOCOL,
    /** The headers exceed their limit. */
    TOO_LARGE,
    /** The response has a media type that was not asked for. */
    CONTENT_TYPE,
    /** No secure connection, such as for an invalid certificate. */
    TLS,
    /** The fetcher was closed, or something unforeseen. */
    OTHER
}
