package dev.magpie.examples.crawl.fetch;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** What came of a fetch: a response, or the reason why there is none. */
public sealed interface FetchResult {

    /**
     * What was asked for.
     *
     * @return the URL of the request
     */
    CrawlUrl url();

    /**
     * How long it took.
     *
     * @return the time from the call to the last byte, or to the failure
     */
    Duration elapsed();

    /**
     * A response, of any status. The body is not copied; nobody may change it.
     *
     * @param url what was asked for
     * @param status from 100 to 999
     * @param headers as received
     * @param body decompressed, at most as long as the limit
     * @param truncated whether the body was longer than its limit
     * @param address where the response came from
     * @param elapsed the time from the call to the last byte
     */
    @SuppressWarnings("ArrayRecordComponent") // equality of results is of no use to anyone
    record Response(
            CrawlUrl url,
            int status,
            HttpHeaders headers,
            byte[] body,
            boolean truncated,
            InetAddress address,
            Duration elapsed)
            implements FetchResult {

        /**
         * The first value of a header.
         *
         * @param name in any case
         * @return the value, empty if there is no such header
         */
        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        @Override
        public String toString() {
            return url + ": " + status + ", " + body.length + " bytes" + (truncated ? ", cut" : "");
        }
    }

    /**
     * No response.
     *
     * @param url what was asked for
     * @param kind the kind of failure
     * @param message what went wrong, in one line
     * @param elapsed the time from the call to the failure
     */
    record Failure(CrawlUrl url, FailureKind kind, String message, Duration elapsed)
            implements FetchResult {}
}
