package dev.magpie.examples.crawl.fetch;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.util.Map;

/**
 * A GET request.
 *
 * @param url what to fetch
 * @param headers headers by name, such as User-Agent; Host, Connection, Content-Length and
 *     Accept-Encoding are the fetcher's own
 * @param limits when to give up
 */
public record FetchRequest(CrawlUrl url, Map<String, String> headers, FetchLimits limits) {

    /** Copies the headers. */
    public FetchRequest {
        headers = Map.copyOf(headers);
    }
}
