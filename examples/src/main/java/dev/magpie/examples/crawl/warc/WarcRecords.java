package dev.magpie.examples.crawl.warc;

import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.HttpRequest;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.MessageVersion;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcDigest;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcRequest;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcRevisit;
import org.netpreserve.jwarc.WarcTruncationReason;
import org.netpreserve.jwarc.WarcWriter;
import org.netpreserve.jwarc.Warcinfo;

/** Makes records, each as the bytes of a gzip member. */
final class WarcRecords {

    private static final List<String> OF_THE_WIRE =
            List.of("content-encoding", "transfer-encoding", "content-length", "connection");

    private WarcRecords() {}

    static byte[] info(String fileName, Map<String, String> info) throws IOException {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("software", List.of("magpie"));
        fields.put("format", List.of("WARC File Format 1.1"));
        info.forEach((name, value) -> fields.put(name, List.of(visible(value))));
        return pack(
                new Warcinfo.Builder()
                        .version(MessageVersion.WARC_1_1)
                        .filename(fileName)
                        .fields(fields)
                        .build());
    }

    static WarcDigest digest(byte[] payload) {
        try {
            return new WarcDigest("sha1", MessageDigest.getInstance("SHA-1").digest(payload));
        } catch (NoSuchAlgorithmException ex) {
            throw new AssertionError("every Java has SHA-1", ex);
        }
    }

    /** A response record, or a revisit record if its payload is stored already. */
    static WarcRecord response(
            FetchResult.Response response,
            WarcDigest digest,
            PayloadIndex.@Nullable Stored stored,
            Instant date)
            throws IOException {
        return stored == null
                ? response(response, digest, date)
                : revisit(response, digest, stored, date);
    }

    private static WarcRecord response(
            FetchResult.Response response, WarcDigest digest, Instant date) throws IOException {
        WarcResponse.Builder builder =
                new WarcResponse.Builder(response.url().toUri())
                        .version(MessageVersion.WARC_1_1)
                        .recordId(UUID.randomUUID())
                        .date(date)
                        .ipAddress(response.address())
                        .payloadDigest(digest)
                        .body(http(response, response.body()));
        if (response.truncated()) {
            builder.truncated(WarcTruncationReason.LENGTH);
        }
        return builder.build();
    }

    private static WarcRecord revisit(
            FetchResult.Response response,
            WarcDigest digest,
            PayloadIndex.Stored stored,
            Instant date)
            throws IOException {
        return new WarcRevisit.Builder(
                        response.url().toUri(), WarcRevisit.IDENTICAL_PAYLOAD_DIGEST_1_1)
                .version(MessageVersion.WARC_1_1)
                .recordId(UUID.randomUUID())
                .date(date)
                .ipAddress(response.address())
                .payloadDigest(digest)
                .refersTo(stored.record(), stored.url().toUri(), stored.date())
                .body(MediaType.HTTP_RESPONSE, http(response, new byte[0]).serializeHeader())
                .build();
    }

    /** The headers as received, but for those that tell how the body was coded on its way. */
    private static HttpResponse http(FetchResult.Response response, byte[] body) {
        HttpResponse.Builder http = new HttpResponse.Builder(response.status(), "");
        for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
            boolean isOfTheWire = OF_THE_WIRE.contains(header.getKey().toLowerCase(Locale.ROOT));
            String name = (isOfTheWire ? "X-Crawler-" : "") + header.getKey();
            if (isToken(name)) {
                header.getValue().forEach(value -> http.addHeader(name, visible(value)));
            }
        }
        if (body.length > 0) {
            http.body(null, body);
        }
        http.setHeader("Content-Length", String.valueOf(response.body().length));
        return http.build();
    }

    static WarcRecord request(FetchRequest request, WarcRecord response, Instant date)
            throws IOException {
        HttpRequest.Builder http =
                new HttpRequest.Builder("GET", request.url().pathAndQuery())
                        .addHeader("Host", request.url().authority());
        request.headers()
                .forEach(
                        (name, value) -> {
                            if (isToken(name)) {
                                http.addHeader(name, visible(value));
                            }
                        });
        return new WarcRequest.Builder(request.url().toUri())
                .version(MessageVersion.WARC_1_1)
                .recordId(UUID.randomUUID())
                .date(date)
                .concurrentTo(response.id())
                .body(http.build())
                .build();
    }

    private static boolean isToken(String name) {
        return name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    }

    /** A header's value cannot have a line of its own in it, whoever sent it. */
    private static String visible(String value) {
        return value.replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", " ").trim();
    }

    static byte[] pack(WarcRecord... records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (WarcWriter writer = new WarcWriter(Channels.newChannel(bytes), WarcCompression.GZIP)) {
            for (WarcRecord record : records) {
                writer.write(record);
            }
        }
        return bytes.toByteArray();
    }
}
