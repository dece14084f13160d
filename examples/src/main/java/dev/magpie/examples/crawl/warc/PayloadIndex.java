package dev.magpie.examples.crawl.warc;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where payloads are stored, for the most recently seen of them. Safe for use by many threads, with
 * a lock.
 */
final class PayloadIndex {

    /**
     * A stored payload.
     *
     * @param record its record's id
     * @param url where it was fetched
     * @param date when
     */
    record Stored(URI record, CrawlUrl url, Instant date) {}

    private static final int MAX_PAYLOADS = 100_000; // some 400 bytes each

    private final Map<String, Stored> payloads =
            new LinkedHashMap<>(1024, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Stored> eldest) {
                    return size() > MAX_PAYLOADS;
                }
            };

    synchronized @Nullable Stored find(String digest) {
        return payloads.get(digest);
    }

    /** Only of what is in a file already, so that no revisit refers to a record that is lost. */
    synchronized void add(String digest, Stored stored) {
        payloads.putIfAbsent(digest, stored);
    }
}
