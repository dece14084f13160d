package dev.magpie.examples.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.magpie.examples.crawl.fetch.AddressPolicy;
import dev.magpie.examples.crawl.fetch.CheckedResolver;
import dev.magpie.examples.crawl.fetch.FetchLimits;
import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.fetch.PinnedFetcher;
import dev.magpie.examples.crawl.page.PageParser;
import dev.magpie.examples.crawl.url.CrawlUrl;
import dev.magpie.examples.crawl.url.UrlRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteServerTest {

    private static final SiteSpec SPEC = SiteSpec.builder().pages(200).hosts(7).zipf(1).build();

    private static FetchResult.Response get(SiteServer site, String url) {
        try (CheckedResolver resolver =
                        new CheckedResolver(
                                site.resolver(),
                                AddressPolicy.publicAnd(List.of("127.0.0.0/8")),
                                Duration.ofMinutes(1));
                PinnedFetcher fetcher =
                        new PinnedFetcher(
                                resolver,
                                Duration.ofSeconds(20),
                                10,
                                5,
                                ForkJoinPool.commonPool())) {
            FetchRequest request =
                    new FetchRequest(
                            CrawlUrl.parse(url).orElseThrow(), Map.of(), FetchLimits.DEFAULT);
            FetchResult result = fetcher.fetch(request).toCompletableFuture().join();
            assertThat(result).isInstanceOf(FetchResult.Response.class);
            return (FetchResult.Response) result;
        }
    }

    @Test
    void everyPageAnswersAsTheGraphSays() throws IOException {
        SiteSpec spec =
                SiteSpec.builder()
                        .pages(60)
                        .hosts(3)
                        .fraction(PageKind.NOT_FOUND, 0.2)
                        .fraction(PageKind.REDIRECT, 0.2)
                        .fraction(PageKind.SERVER_ERROR, 0.2)
                        .build();
        try (SiteServer site = SiteServer.start(spec)) {
            for (int page = 0; page < spec.pages(); page++) {
                FetchResult.Response response = get(site, site.graph().url(page));
                assertThat(response.status()).isEqualTo(site.graph().status(page));
            }
            assertThat(site.log().entries()).hasSize(60).allMatch(SiteLog.Entry::complete);
        }
    }

    @Test
    void whatAClientHasReadIsLogged() throws IOException {
        try (SiteServer site = SiteServer.start(SPEC);
                Socket socket = new Socket("127.0.0.1", site.port())) {
            byte[] request =
                    ("GET /p/1 HTTP/1.1\r\nHost: " + site.graph().hostName(0) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            socket.setTcpNoDelay(true);
            int length = 0;
            for (int i = 1; i <= 2_000; i++) {
                socket.getOutputStream().write(request);
                length =
                        length == 0
                                ? first(socket)
                                : socket.getInputStream().readNBytes(length).length;
                assertThat(site.log().entries()).hasSize(i);
            }
        }
    }

    /** Reads a response whose length is not known; all of them are equally long. */
    private static int first(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        assertThat(length.find()).isTrue();
        int body = Integer.parseInt(length.group(1));
        return head.length() + in.readNBytes(body).length;
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (SiteServer site = SiteServer.start(SPEC);
                Socket socket = new Socket("127.0.0.1", site.port())) {
            String host = " HTTP/1.1\r\nHost: " + site.graph().hostName(0) + "\r\n";
            socket.getOutputStream()
                    .write(
                            ("GET /"
                                            + host
                                            + "\r\nGET /robots.txt"
                                            + host
                                            + "\r\nGET /nowhere"
                                            + host
                                            + "Connection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all.indexOf("Page 0")).isPositive();
            assertThat(all.indexOf("Disallow: /private/")).isGreaterThan(all.indexOf("Page 0"));
            assertThat(all.indexOf("404")).isGreaterThan(all.indexOf("Disallow"));
            assertThat(site.log().entries())
                    .extracting(SiteLog.Entry::path)
                    .containsExactly("/", "/robots.txt", "/nowhere");
        }
    }

    @Test
    void theSameSeedGivesTheSamePages() throws IOException {
        try (SiteServer one = SiteServer.start(SPEC)) {
            byte[] first = get(one, one.graph().url(77)).body();
            assertThat(first).hasSize(one.graph().bytes(77));
            assertThat(get(one, one.graph().url(77)).body()).isEqualTo(first);
        }
    }

    private static String raw(SiteServer site, String address, String request) throws IOException {
        try (Socket socket = new Socket(address, site.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String get(String host, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }

    @Test
    void hostsMayBeAddressesThatAnyClientFinds() throws IOException {
        SiteSpec spec =
                SiteSpec.builder().pages(9).hosts(3).naming(SiteSpec.Naming.ADDRESSES).build();
        try (SiteServer site = SiteServer.start(spec)) {
            String name = site.graph().hostName(2);
            assertThat(name).isEqualTo("127.1.0.2");
            assertThat(raw(site, name, get(name + ":" + site.port(), "/")))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("<h1>127.1.0.2/</h1>");
        }
    }

    @Test
    void oddRequestsAreAnswered() throws IOException {
        try (SiteServer site = SiteServer.start(SPEC)) {
            String host = site.graph().hostName(0);
            assertThat(raw(site, "127.0.0.1", get("nowhere.test", "/"))).contains(" 404 ");
            assertThat(raw(site, "127.0.0.1", "BREW / HTTP/1.1\r\nConnection: close\r\n\r\n"))
                    .contains(" 405 ");
            assertThat(raw(site, "127.0.0.1", "GET /\r\n\r\n")).contains(" 400 ");
            assertThat(raw(site, "127.0.0.1", "\u0016\u0003\u0001")).isEmpty();
            assertThat(raw(site, "127.0.0.1", "GET /" + "x".repeat(16_379))).isEmpty();
            assertThat(raw(site, "127.0.0.1", "GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n"))
                    .contains("<h1>" + host);
            String proxied = "GET http://" + host + "/ HTTP/1.1\r\nConnection: close\r\n\r\n";
            assertThat(raw(site, "127.0.0.1", proxied)).contains("<h1>" + host);
        }
    }

    @Test
    void latencyIsKeptAndAClientThatGoesIsSeen() throws IOException {
        SiteSpec spec =
                SiteSpec.builder()
                        .pages(1)
                        .hosts(1)
                        .latency(Duration.ofMillis(300), Duration.ZERO)
                        .build();
        try (SiteServer site = SiteServer.start(spec)) {
            String host = site.graph().hostName(0);
            raw(site, "127.0.0.1", get(host, "/"));
            try (Socket socket = new Socket("127.0.0.1", site.port())) {
                socket.getOutputStream().write(get(host, "/").getBytes(StandardCharsets.US_ASCII));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> site.log().count() == 2);
            SiteLog.Entry waited = site.log().entries().get(0);
            assertThat(waited.complete()).isTrue();
            assertThat(waited.endNanos() - waited.startNanos()).isGreaterThan(299_000_000);
        }
    }

    @Test
    void aPageThatIsAskedTooEarlyAsksForTimeAndThenAnswers() throws IOException {
        SiteSpec spec = SiteSpec.builder().pages(3).hosts(1).fraction(PageKind.TOO_MANY, 1).build();
        try (SiteServer site = SiteServer.start(spec)) {
            for (int page = 1; page <= 2; page++) {
                FetchResult.Response response = get(site, site.graph().url(page));
                assertThat(response.status()).isEqualTo(429);
                String header = response.header("Retry-After").orElseThrow();
                assertThat(header.matches("[0-9]+")).isEqualTo(page % 2 == 1);
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(site, site.graph().url(1)).status() == 200);
            assertThat(site.log().entries().get(0).retryAfterNanos())
                    .isBetween(1L, Duration.ofSeconds(1).toNanos());
        }
    }

    @Test
    void theLogIsReadBackFromItsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("site.log");
        try (SiteLog log = SiteLog.toFile(file);
                SiteServer site = SiteServer.start(SPEC, log, 0, 2)) {
            for (String path : List.of("/", "/robots.txt", "/nowhere")) {
                raw(site, "127.0.0.1", get(site.graph().hostName(1), path));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> log.count() == 3);
            log.flush();
            List<SiteLog.Entry> entries = SiteLog.read(file);
            assertThat(entries)
                    .extracting(SiteLog.Entry::place)
                    .containsExactly("site1.test/", "site1.test/robots.txt", "site1.test/nowhere");
            assertThat(entries).extracting(SiteLog.Entry::status).containsExactly(200, 200, 404);
            assertThat(log.entries()).isEmpty();
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        assertThat(SiteLog.read(file)).hasSize(2);
    }

    @Test
    void allTrapsAreLaid() throws IOException {
        SiteSpec spec = SiteSpec.builder().hostile(EnumSet.allOf(HostileKind.class)).build();
        try (SiteServer site = SiteServer.start(spec)) {
            assertThat(raw(site, "127.0.0.1", get(site.graph().hostName(0), "/")))
                    .contains("http://evil-calendar.test:" + site.port() + "/");
            assertThat(trap(site, HostileKind.CALENDAR, "/cal/2026/12")).contains("/cal/2027/1");
            assertThat(trap(site, HostileKind.REDIRECT_LOOP, "/b")).contains("Location: /c");
            assertThat(trap(site, HostileKind.REDIRECT_CHAIN, "/29")).contains("Location: /30");
            assertThat(trap(site, HostileKind.REDIRECT_CHAIN, "/30")).contains("200 OK");
            assertThat(trap(site, HostileKind.PRIVATE_REDIRECT, "/0")).contains("169.254.169.254");
            assertThat(trap(site, HostileKind.GROWING_PATH, "/a/")).contains("/a/more/of/");
            assertThat(trap(site, HostileKind.QUERY_EXPLOSION, "/list?a=b"))
                    .contains("/list?a=b&amp;size=9");
            assertThat(trap(site, HostileKind.SESSION_PATH, "/")).contains("/s/");
            assertThat(trap(site, HostileKind.DUPLICATES, "/copy/3")).contains("/copy/4");
            assertThat(trap(site, HostileKind.DEEP_HTML, "/")).contains("<div><div>");
            assertThat(trap(site, HostileKind.LONG_URL, "/").length()).isGreaterThan(100_000);
            for (HostileKind kind : HostileKind.values()) {
                assertThat(trap(site, kind, "/robots.txt")).contains(" 404 ");
            }
        }
    }

    private static String trap(SiteServer site, HostileKind kind, String path) throws IOException {
        return raw(site, "127.0.0.1", get(kind.host(), path));
    }

    @Test
    void aliasesAreOnePage() throws IOException {
        SiteSpec spec = SiteSpec.builder().hostile(EnumSet.of(HostileKind.ALIASES)).build();
        try (SiteServer site = SiteServer.start(spec)) {
            String url = "http://" + HostileKind.ALIASES.host() + ":" + site.port() + "/";
            PageParser parser = new PageParser(UrlRules.PLAIN, List.of("magpie"), 99, 99, false);
            assertThat(parser.parse(get(site, url)).links())
                    .extracting(link -> link.url().toString())
                    .containsExactly(url + "one~page?b=%C3%A9");
        }
    }
}
