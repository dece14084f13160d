package dev.magpie.examples.crawl.fetch;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
     * @param truncated whether the body was longer than its limit; or, of another status than 2xx,
     *     broke off, was late or could not be decompressed, and is as received
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

        /**
         * Where a redirect leads. Header lines are read byte by byte; bytes that are UTF-8 are
         * taken for that, as a browser does.
         *
         * @return the reference, empty if there is none
         */
        public Optional<String> location() {
            return header("Location").map(Response::asUtf8);
        }

        private static String asUtf8(String value) {
            if (value.chars().allMatch(symbol -> symbol < 0x80)
                    || value.chars().anyMatch(symbol -> symbol > 0xff)) {
                return value;
            }
            byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException ex) {
                return value; // of Latin-1
            }
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
