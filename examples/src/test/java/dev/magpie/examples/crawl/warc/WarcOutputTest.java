package dev.magpie.examples.crawl.warc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.examples.crawl.fetch.FetchLimits;
import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netpreserve.jwarc.MessageVersion;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcRequest;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcRevisit;
import org.netpreserve.jwarc.Warcinfo;

class WarcOutputTest {

    private static final Instant DATE = Instant.parse("2026-11-01T12:00:00Z");
    private static final long LARGE = 1L << 30;

    @TempDir Path folder;

    private static FetchRequest request(String path) {
        return new FetchRequest(url(path), Map.of("User-Agent", "magpie"), FetchLimits.DEFAULT);
    }

    private static CrawlUrl url(String path) {
        return CrawlUrl.parse("http://example.com" + path).orElseThrow();
    }

    private static FetchResult.Response response(String path, String body) {
        return new FetchResult.Response(
                url(path),
                200,
                HttpHeaders.of(
                        Map.of(
                                "Content-Type", List.of("text/html"),
                                "Content-Encoding", List.of("gzip"),
                                "Content-Length", List.of("7"),
                                "X-Odd", List.of("one\r\nWARC/1.0 two"),
                                "Bad Name", List.of("x")),
                        (name, value) -> true),
                body.getBytes(StandardCharsets.UTF_8),
                false,
                InetAddress.getLoopbackAddress(),
                Duration.ofMillis(5));
    }

    private WarcOutput open(long maxFileBytes) throws IOException {
        return WarcOutput.open(folder, "crawl", maxFileBytes, Map.of("operator", "a test"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".gz")).sorted().toList();
        }
    }

    /** Type, URL and, of responses, body. */
    private static List<String> read(Path file) throws IOException {
        List<String> records = new ArrayList<>();
        try (WarcReader reader = new WarcReader(file)) {
            reader.onWarning(
                    warning -> {
                        throw new AssertionError(warning);
                    });
            for (WarcRecord record : reader) {
                records.add(describe(record));
            }
        }
        return records;
    }

    private static String describe(WarcRecord record) throws IOException {
        if (record instanceof WarcResponse response) {
            String body =
                    new String(
                            response.http().body().stream().readAllBytes(), StandardCharsets.UTF_8);
            return "response " + response.target() + " " + body;
        } else if (record instanceof WarcRevisit revisit) {
            return "revisit " + revisit.target() + " of " + revisit.refersToTargetURI().get();
        } else if (record instanceof WarcRequest request) {
            return request.http().method() + " " + request.http().target();
        }
        return record.type();
    }

    @Test
    void recordsAreReadBackByAnArchivesReader() throws IOException {
        try (WarcOutput output = open(LARGE)) {
            output.write(request("/a?b=c"), response("/a?b=c", "<p>Käse"), DATE);
        }
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("crawl-00000.warc.gz");
        assertThat(read(files().get(0)))
                .containsExactly(
                        "warcinfo", "response http://example.com/a?b=c <p>Käse", "GET /a?b=c");
        try (WarcReader reader = new WarcReader(files().get(0))) {
            Warcinfo info = (Warcinfo) reader.next().orElseThrow();
            assertThat(info.fields().map()).containsEntry("operator", List.of("a test"));
            WarcResponse response = (WarcResponse) reader.next().orElseThrow();
            assertThat(response.date()).isEqualTo(DATE);
            assertThat(response.ipAddress()).contains(InetAddress.getLoopbackAddress());
            assertThat(response.payloadDigest().get().toString()).startsWith("sha1:");
            assertThat(response.http().headers().map())
                    .containsEntry("Content-Length", List.of("8"))
                    .containsEntry("X-Crawler-Content-Encoding", List.of("gzip"))
                    .containsEntry("X-Odd", List.of("one  WARC/1.0 two"))
                    .doesNotContainKeys("Content-Encoding", "Bad Name");
        }
    }

    @Test
    void theSameBodyIsStoredOnce() throws IOException {
        try (WarcOutput output = open(LARGE)) {
            assertThat(output.write(request("/a"), response("/a", "same"), DATE).isRevisit())
                    .isFalse();
            assertThat(output.write(request("/b"), response("/b", "same"), DATE).isRevisit())
                    .isTrue();
            assertThat(output.write(request("/c"), response("/c", ""), DATE).isRevisit()).isFalse();
            assertThat(output.write(request("/d"), response("/d", ""), DATE).isRevisit()).isFalse();
        }
        assertThat(read(files().get(0)))
                .contains("revisit http://example.com/b of http://example.com/a")
                .doesNotContain("response http://example.com/b same");
    }

    /** A reader looks for the URL and date that a revisit refers to. */
    @Test
    void aRevisitTellsTheDateThatItsOriginalHas() throws IOException {
        Instant fine = DATE.plusNanos(123_456_789);
        try (WarcOutput output = open(LARGE)) {
            output.write(request("/a"), response("/a", "same"), fine);
            output.write(request("/b"), response("/b", "same"), fine.plusSeconds(1));
        }
        List<String> dates = new ArrayList<>();
        try (WarcReader reader = new WarcReader(files().get(0))) {
            for (WarcRecord record : reader) {
                assertThat(record.version()).isEqualTo(MessageVersion.WARC_1_1);
                if (record instanceof WarcResponse) {
                    dates.addAll(record.headers().all("WARC-Date"));
                } else if (record instanceof WarcRevisit) {
                    dates.addAll(record.headers().all("WARC-Refers-To-Date"));
                }
            }
        }
        assertThat(dates).containsExactly("2026-11-01T12:00:00.123Z", "2026-11-01T12:00:00.123Z");
    }

    @Test
    void locationsLeadToTheirRecords() throws IOException {
        WarcOutput.Location second;
        try (WarcOutput output = open(LARGE)) {
            output.write(request("/a"), response("/a", "first"), DATE);
            second = output.write(request("/b"), response("/b", "second"), DATE);
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(second.file()))) {
            channel.position(second.offset());
            WarcRecord record = new WarcReader(channel).next().orElseThrow();
            assertThat(describe(record)).isEqualTo("response http://example.com/b second");
            assertThat(channel.size()).isEqualTo(second.offset() + second.length());
        }
    }

    @Test
    void aFullFileIsFollowedByAnother() throws IOException {
        try (WarcOutput output = open(2_000)) {
            for (int i = 0; i < 5; i++) {
                output.write(request("/" + i), response("/" + i, "body " + i), DATE);
            }
        }
        assertThat(files().size()).isGreaterThan(1);
        List<String> all = new ArrayList<>();
        for (Path file : files()) {
            assertThat(Files.size(file)).isLessThan(3_000);
            List<String> records = read(file);
            assertThat(records.get(0)).isEqualTo("warcinfo");
            all.addAll(records);
        }
        assertThat(all.stream().filter(it -> it.startsWith("response"))).hasSize(5);
    }

    @Test
    void aTornEndIsCutOffWhereverItWasTorn() throws IOException {
        WarcOutput.Location last;
        try (WarcOutput output = open(LARGE)) {
            output.write(request("/a"), response("/a", "first"), DATE);
            last = output.write(request("/b"), response("/b", "second"), DATE);
        }
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 1; cut < last.length(); cut += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - cut));
            try (WarcOutput output = open(LARGE)) {
                output.write(request("/c"), response("/c", "third"), DATE);
            }
            List<String> records = read(file);
            assertThat(records)
                    .startsWith("warcinfo", "response http://example.com/a first", "GET /a")
                    .endsWith("warcinfo", "response http://example.com/c third", "GET /c");
        }
    }

    @Test
    void rubbishBehindTheLastRecordIsCutOff() throws IOException {
        try (WarcOutput output = open(LARGE)) {
            output.write(request("/a"), response("/a", "first"), DATE);
        }
        Path file = files().get(0);
        long sound = Files.size(file);
        assertThat(GzipTail.soundLength(file)).isEqualTo(sound);
        Files.write(file, new byte[5000], StandardOpenOption.APPEND);
        assertThat(GzipTail.soundLength(file)).isEqualTo(sound);
        open(LARGE).close();
        assertThat(read(file)).hasSize(4);
    }

    @Test
    void manyThreadsWriteWholeRecords() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (WarcOutput output = open(20_000)) {
            List<Callable<WarcOutput.Location>> writes =
                    IntStream.range(0, 200)
                            .<Callable<WarcOutput.Location>>mapToObj(
                                    i ->
                                            () ->
                                                    output.write(
                                                            request("/" + i),
                                                            response("/" + i, "body " + i),
                                                            DATE))
                            .toList();
            for (Future<WarcOutput.Location> write : threads.invokeAll(writes)) {
                write.get();
            }
        } finally {
            threads.shutdown();
        }
        long responses = 0;
        for (Path file : files()) {
            responses += read(file).stream().filter(it -> it.startsWith("response")).count();
        }
        assertThat(responses).isEqualTo(200);
    }

    @Test
    void oneWriterAtATime() throws IOException {
        try (WarcOutput output = open(LARGE)) {
            assertThatThrownBy(() -> open(LARGE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("open for writing elsewhere");
            output.write(request("/a"), response("/a", "still fine"), DATE);
        }
        assertThat(read(files().get(0))).hasSize(3);
    }

    @Test
    void wrongUseIsRefused() throws IOException {
        assertThatThrownBy(() -> WarcOutput.open(folder, "../x", LARGE, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prefix must be")
                .hasMessageContaining("../x");
        assertThatThrownBy(() -> open(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxFileBytes must be at least 1, was 0");
        WarcOutput output = open(LARGE);
        output.close();
        output.close();
        assertThatThrownBy(() -> output.write(request("/a"), response("/a", "x"), DATE))
                .isInstanceOf(IllegalStateException.class);
    }
}
