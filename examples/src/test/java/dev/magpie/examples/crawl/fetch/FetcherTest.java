package dev.magpie.examples.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.site.HostileKind;
import dev.magpie.examples.site.PageKind;
import dev.magpie.examples.site.SiteServer;
import dev.magpie.examples.site.SiteSpec;
import dev.magpie.scheduler.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Both fetchers, against a site that behaves and hosts that do not. */
class FetcherTest {

    private static final int LIMIT = 100_000;
    private static final FetchLimits PATIENT =
            FetchLimits.DEFAULT.withMaxBodyBytes(LIMIT).withTotalTime(Duration.ofMinutes(1));
    private static final FetchLimits HURRIED = PATIENT.withTotalTime(Duration.ofSeconds(3));

    enum Kind {
        JDK,
        PINNED
    }

    private static SiteServer site;
    private static Scheduler scheduler;
    private static CheckedResolver resolver;
    private static Fetcher jdk;
    private static Fetcher pinned;

    @BeforeAll
    static void start() throws IOException {
        SiteSpec spec =
                SiteSpec.builder()
                        .pages(40)
                        .hosts(2)
                        .fraction(PageKind.REDIRECT, 0.3)
                        .gzip(true)
                        .hostile(EnumSet.allOf(HostileKind.class))
                        .build();
        site = SiteServer.start(spec);
        scheduler = Scheduler.builder().workers(2).build();
        resolver =
                new CheckedResolver(
                        site.resolver(),
                        AddressPolicy.publicAnd(List.of("127.0.0.1")),
                        Duration.ofMinutes(10));
        Duration timeout = Duration.ofSeconds(30);
        jdk = new HttpClientFetcher(resolver, timeout, scheduler);
        pinned = new PinnedFetcher(resolver, timeout, 100, 5, scheduler);
    }

    @AfterAll
    static void stop() {
        jdk.close();
        pinned.close();
        resolver.close();
        scheduler.close();
        site.close();
    }

    private static FetchResult fetch(Kind kind, String url, FetchLimits limits) {
        FetchRequest request =
                new FetchRequest(
                        CrawlUrl.parse(url).orElseThrow(),
                        Map.of("User-Agent", "magpie", "X-Test", "yes"),
                        limits);
        return (kind == Kind.JDK ? jdk : pinned)
                .fetch(request)
                .toCompletableFuture()
                .orTimeout(100, TimeUnit.SECONDS)
                .join();
    }

    private static FetchResult hostile(Kind kind, HostileKind host, FetchLimits limits) {
        return fetch(kind, "http://" + host.host() + ":" + site.port() + "/", limits);
    }

    private static FetchResult.Response response(FetchResult result) {
        assertThat(result).isInstanceOf(FetchResult.Response.class);
        return (FetchResult.Response) result;
    }

    private static FetchResult.Failure failure(FetchResult result) {
        assertThat(result).isInstanceOf(FetchResult.Failure.class);
        return (FetchResult.Failure) result;
    }

    @ParameterizedTest
    @EnumSource
    void aPageComesWithAllThatIsKnownOfIt(Kind kind) {
        FetchResult.Response response = response(fetch(kind, site.graph().url(0), PATIENT));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-TYPE")).contains("text/html; charset=utf-8");
        assertThat(response.header("Content-Encoding")).contains("gzip");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("<h1>site0.test/");
        assertThat(response.body()).hasSizeGreaterThanOrEqualTo(site.graph().bytes(0));
        assertThat(response.truncated()).isFalse();
        assertThat(response.address()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(response.url()).hasToString(site.graph().url(0));
        assertThat(response.elapsed()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void redirectsAreNotFollowed(Kind kind) {
        int page = 1;
        while (site.graph().kind(page) != PageKind.REDIRECT) {
            page++;
        }
        FetchResult.Response response = response(fetch(kind, site.graph().url(page), PATIENT));
        assertThat(response.status()).isEqualTo(site.graph().status(page));
        assertThat(response.header("Location")).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void manyAtOnceAllComeBack(Kind kind) {
        List<CompletableFuture<FetchResult>> fetches = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            CrawlUrl url = CrawlUrl.parse(site.graph().url(i % 40)).orElseThrow();
            FetchRequest request = new FetchRequest(url, Map.of(), PATIENT);
            Fetcher fetcher = kind == Kind.JDK ? jdk : pinned;
            fetches.add(fetcher.fetch(request).toCompletableFuture());
        }
        for (CompletableFuture<FetchResult> fetch : fetches) {
            assertThat(response(fetch.join()).status()).isLessThan(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "JDK, ENDLESS_BODY",
        "PINNED, ENDLESS_BODY",
        "JDK, GZIP_BOMB",
        "PINNED, GZIP_BOMB",
        "JDK, MANY_LINKS",
        "PINNED, MANY_LINKS"
    })
    void whatIsTooLongIsCutOff(Kind kind, HostileKind host) {
        FetchResult.Response response = response(hostile(kind, host, PATIENT));
        assertThat(response.truncated()).isTrue();
        assertThat(response.body()).hasSize(LIMIT);
    }

    @ParameterizedTest
    @CsvSource({"JDK, SLOW_HEADER", "PINNED, SLOW_HEADER", "JDK, SLOW_BODY", "PINNED, SLOW_BODY"})
    @Execution(ExecutionMode.CONCURRENT)
    void whatIsTooSlowIsGivenUp(Kind kind, HostileKind host) {
        assertThat(failure(hostile(kind, host, HURRIED)).kind()).isEqualTo(FailureKind.TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource({
        "JDK, SHORT_BODY, PROTOCOL",
        "PINNED, SHORT_BODY, PROTOCOL",
        "JDK, NO_RESPONSE, RESET",
        "PINNED, NO_RESPONSE, RESET",
        "JDK, RESET, RESET",
        "PINNED, RESET, RESET",
        "JDK, NOT_HTTP, PROTOCOL",
        "PINNED, NOT_HTTP, PROTOCOL",
        "JDK, BROKEN_CHUNK, PROTOCOL",
        "PINNED, BROKEN_CHUNK, PROTOCOL",
        "JDK, FALSE_GZIP, PROTOCOL",
        "PINNED, FALSE_GZIP, PROTOCOL",
        "JDK, HUGE_HEADER, TOO_LARGE",
        "PINNED, HUGE_HEADER, TOO_LARGE"
    })
    void whatIsBrokenFails(Kind kind, HostileKind host, FailureKind expected) {
        FetchResult.Failure failure = failure(hostile(kind, host, PATIENT));
        assertThat(failure.kind()).as(failure.message()).isEqualTo(expected);
        assertThat(failure.message()).isNotBlank().doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"JDK, LONG_BODY", "PINNED, LONG_BODY"})
    void theLengthThatWasSaidCounts(Kind kind, HostileKind host) {
        FetchResult.Response response = response(hostile(kind, host, PATIENT));
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("<p>1234567");
        assertThat(response(fetch(kind, site.graph().url(0), PATIENT)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void anOldServerIsUnderstood(Kind kind) {
        FetchResult.Response response = response(hostile(kind, HostileKind.OLD_HTTP, PATIENT));
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).endsWith("is the length.");
    }

    @ParameterizedTest
    @EnumSource
    void otherMediaTypesAreNotRead(Kind kind) {
        FetchLimits limits = PATIENT.withContentTypes(List.of("application/xhtml+xml", "image/*"));
        assertThat(failure(hostile(kind, HostileKind.ENDLESS_BODY, limits)).kind())
                .isEqualTo(FailureKind.CONTENT_TYPE);
        FetchLimits text = PATIENT.withContentTypes(List.of("TEXT/*"));
        assertThat(response(fetch(kind, site.graph().url(0), text)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void namesThatDoNotExistFail(Kind kind) {
        assertThat(failure(fetch(kind, "http://nowhere.test/", PATIENT)).kind())
                .isEqualTo(FailureKind.DNS);
    }

    @ParameterizedTest
    @EnumSource
    void privateAddressesAreRefused(Kind kind) {
        for (String url :
                List.of(
                        "http://169.254.169.254/latest/meta-data/",
                        "http://[::1]:" + site.port() + "/",
                        "http://127.0.0.2:" + site.port() + "/",
                        "http://0x7f.2/",
                        "http://[::ffff:10.0.0.1]/",
                        "https://192.168.0.1/")) {
            assertThat(failure(fetch(kind, url, PATIENT)).kind())
                    .as(url)
                    .isEqualTo(FailureKind.REFUSED_ADDRESS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedPortFails(Kind kind) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        FetchResult.Failure failure =
                failure(fetch(kind, "http://site0.test:" + port + "/", PATIENT));
        assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.CONNECT);
    }

    @ParameterizedTest
    @EnumSource
    void plainHttpIsNoTls(Kind kind) {
        FetchResult.Failure failure =
                failure(fetch(kind, "https://site0.test:" + site.port() + "/", PATIENT));
        // The JDK's client resolves the name again, which exists nowhere else.
        assertThat(failure.kind())
                .as(failure.message())
                .isIn(kind == Kind.JDK ? FailureKind.CONNECT : FailureKind.TLS, FailureKind.TLS);
    }

    @ParameterizedTest
    @EnumSource
    void aClosedFetcherFails(Kind kind) {
        assumeTrue(scheduler != null);
        Duration timeout = Duration.ofSeconds(30);
        Fetcher fetcher =
                kind == Kind.JDK
                        ? new HttpClientFetcher(resolver, timeout, scheduler)
                        : new PinnedFetcher(resolver, timeout, 100, 5, scheduler);
        fetcher.close();
        fetcher.close();
        FetchRequest request =
                new FetchRequest(
                        CrawlUrl.parse(site.graph().url(0)).orElseThrow(), Map.of(), PATIENT);
        assertThat(failure(fetcher.fetch(request).toCompletableFuture().join()).kind())
                .isEqualTo(FailureKind.OTHER);
    }

    @ParameterizedTest
    @EnumSource
    void theCallersHeadersAreSentAndHostIsTheirOwn(Kind kind) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> head =
                    CompletableFuture.supplyAsync(
                            () -> headOf(server, "HTTP/1.1 204 No Content\r\n\r\n"));
            String url = "http://site0.test:" + server.getLocalPort() + "/a?b=c";
            FetchResult.Response response = response(fetch(kind, url, PATIENT));
            assertThat(response.status()).isEqualTo(204);
            assertThat(response.body()).isEmpty();
            assertThat(head.get(60, TimeUnit.SECONDS).toLowerCase(java.util.Locale.ROOT))
                    .startsWith("get /a?b=c http/1.1")
                    .contains("host: site0.test:" + server.getLocalPort())
                    .contains("user-agent: magpie")
                    .contains("x-test: yes")
                    .contains("accept-encoding: gzip, deflate")
                    .doesNotContain("cookie", "upgrade", "127.0.0.1");
        }
    }

    /** Else a server that asks to be left alone, or a redirect, would not be heard. */
    @ParameterizedTest
    @CsvSource({
        "JDK, Content-Encoding: br",
        "PINNED, Content-Encoding: br",
        "JDK, Content-Encoding: gzip",
        "PINNED, Content-Encoding: gzip",
        "JDK, Content-Length: 100",
        "PINNED, Content-Length: 100",
        "JDK, Transfer-Encoding: chunked",
        "PINNED, Transfer-Encoding: chunked",
        "JDK, 'Transfer-Encoding: chunked\r\nContent-Length: 3'",
        "PINNED, 'Transfer-Encoding: chunked\r\nContent-Length: 3'"
    })
    void anErrorOrRedirectCountsWhateverComesOfItsBody(Kind kind, String header) throws Exception {
        for (int status : List.of(503, 301)) {
            String reply =
                    "HTTP/1.1 %d Some\r\nRetry-After: 120\r\nLocation: /x\r\nConnection: close\r\n%s\r\n\r\n9\r\nabc";
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String text = reply.formatted(status, header);
                var unused = CompletableFuture.supplyAsync(() -> headOf(server, text));
                String url = "http://site0.test:" + server.getLocalPort() + "/";
                FetchResult.Response response = response(fetch(kind, url, PATIENT));
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.header("Retry-After")).contains("120");
                assertThat(response.location()).contains("/x");
                assertThat(response.truncated()).isTrue();
            }
        }
    }

    /** RFC 9112, section 6.3: chunks count, or else nothing does; never a body of chunk headers. */
    @ParameterizedTest
    @CsvSource({
        "JDK, 5",
        "PINNED, 5",
        "JDK, 15",
        "PINNED, 15",
        "JDK, 0",
        "PINNED, 0",
        "JDK, 999",
        "PINNED, 999"
    })
    void aLengthBesideChunksIsNotBelieved(Kind kind, int length) throws Exception {
        String reply =
                "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nTransfer-Encoding: Chunked\r\n\r\n"
                        + "5\r\nhello\r\n0\r\n\r\n";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var unused =
                    CompletableFuture.supplyAsync(() -> headOf(server, reply.formatted(length)));
            String url = "http://site0.test:" + server.getLocalPort() + "/";
            FetchResult result = fetch(kind, url, PATIENT);
            if (kind == Kind.JDK) {
                assertThat(failure(result).kind()).isEqualTo(FailureKind.PROTOCOL);
                assertThat(failure(result).message()).contains("Transfer-Encoding");
            } else {
                assertThat(response(result).body()).asString().isEqualTo("hello");
            }
        }
    }

    /** Says that there are no chunks. */
    @Test
    void aLengthBesideIdentityCounts() throws Exception {
        String reply =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var unused = CompletableFuture.supplyAsync(() -> headOf(server, reply));
            String url = "http://site0.test:" + server.getLocalPort() + "/";
            assertThat(response(fetch(Kind.JDK, url, PATIENT)).body())
                    .asString()
                    .isEqualTo("hello");
        }
    }

    /** A request to wait counts at once, anything else when the time is over. */
    @ParameterizedTest
    @CsvSource({
        "JDK, 503, 60000",
        "PINNED, 503, 60000",
        "JDK, 429, 60000",
        "PINNED, 429, 60000",
        "JDK, 301, 3000",
        "PINNED, 301, 3000"
    })
    @Execution(ExecutionMode.CONCURRENT)
    void anErrorOrRedirectCountsThoughItsBodyNeverEnds(Kind kind, int status, int millis)
            throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> isOver = new CompletableFuture<>();
            Thread trickles =
                    new Thread(() -> isOver.complete(trickle(server, status)), "trickles");
            trickles.start();
            String url = "http://site0.test:" + server.getLocalPort() + "/";
            FetchLimits limits = PATIENT.withTotalTime(Duration.ofMillis(millis));
            FetchResult.Response response = response(fetch(kind, url, limits));
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("Retry-After")).contains("120");
            assertThat(response.location()).contains("/x");
            assertThat(response.truncated()).isTrue();
            assertThat(response.elapsed()).isLessThan(Duration.ofSeconds(50));
            assertThat(isOver.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /**
     * Else a host of which each page is late would have no connection left, nor others in the end.
     */
    @ParameterizedTest
    @CsvSource({"JDK, 200", "PINNED, 200", "JDK, 404", "PINNED, 404"})
    @Execution(ExecutionMode.CONCURRENT)
    void theConnectionOfWhatIsLateIsClosed(Kind kind, int status) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> isOver = new CompletableFuture<>();
            Thread trickles =
                    new Thread(() -> isOver.complete(trickle(server, status)), "trickles");
            trickles.start();
            FetchResult unused =
                    fetch(kind, "http://site0.test:" + server.getLocalPort() + "/", HURRIED);
            assertThat(isOver.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A byte of a body now and then, until the other side hangs up. */
    private static boolean trickle(ServerSocket server, int status) {
        String head =
                "HTTP/1.1 %d Some\r\nRetry-After: 120\r\nLocation: /x\r\nContent-Length: 99999\r\n\r\n"
                        .formatted(status);
        try (Socket socket = server.accept()) {
            int unused = socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(50);
            while (true) {
                socket.getOutputStream().write('x');
                try {
                    if (socket.getInputStream().read() < 0) {
                        return true;
                    }
                } catch (SocketTimeoutException ex) {
                    continue; // still there
                }
            }
        } catch (IOException ex) {
            return true; // reset
        }
    }

    /** A connection that ends before any answer came is told of, not tried again. */
    @ParameterizedTest
    @EnumSource
    void nothingIsTriedAgain(Kind kind) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            AtomicInteger asked = new AtomicInteger();
            Thread hangsUp = new Thread(() -> hangUp(server, asked), "hangs-up");
            hangsUp.start(); // the JDK's client may need the common pool
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
            assertThat(failure(fetch(kind, url, PATIENT)).kind()).isEqualTo(FailureKind.RESET);
            server.close();
            hangsUp.join(60_000);
            assertThat(asked).hasValue(1);
        }
    }

    /** Takes requests and answers none, until the socket is closed. */
    private static void hangUp(ServerSocket server, AtomicInteger asked) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                asked.incrementAndGet();
                int unused = socket.getInputStream().read(new byte[4096]);
            } catch (IOException ex) {
                continue; // closed: the test is over
            }
        }
    }

    /** Takes one request, answers it, and tells its head. */
    private static String headOf(ServerSocket server, String reply) {
        try (var socket = server.accept()) {
            byte[] buffer = new byte[4096];
            int size = 0;
            String head = "";
            while (!head.contains("\r\n\r\n")) {
                size += Math.max(0, socket.getInputStream().read(buffer, size, 4096 - size));
                head = new String(buffer, 0, size, StandardCharsets.US_ASCII);
            }
            socket.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
            return head;
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }
}
