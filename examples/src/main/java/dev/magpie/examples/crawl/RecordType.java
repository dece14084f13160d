package dev.magpie.examples.crawl;

import org.jspecify.annotations.Nullable;

/** What a record of the journal says. The codes are part of the format. */
enum RecordType {
    /** First of each segment: format, generation, number of the segment, key of the hash. */
    HEADER(1),

    /** URLs that are to be fetched: the first one's number, how many, and each of them. */
    DISCOVERED(2),

    /** One URL is done: its number and outcome, and the URLs that were new in it. */
    PAGE(3),

    /** What is remembered of a host: blocks, delay, failures. The last one counts. */
    HOST(4),

    /** The robots.txt of an origin as it was answered. The last one counts. */
    ROBOTS(5),

    /** Fingerprints of known URLs. */
    VISITED(6),

    /** Fingerprints of known contents. */
    CONTENTS(7),

    /** Sums over what was done in earlier generations. */
    TOTALS(8),

    /** Last of the first segment of a generation: that generation is complete. */
    COMPLETE(9),

    /** How many URLs of a host were done in earlier generations. */
    PAGES(10);

    private final int code;

    RecordType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static @Nullable RecordType of(int code) {
        return code >= 1 && code <= values().length ? values()[code - 1] : null;
    }
}
