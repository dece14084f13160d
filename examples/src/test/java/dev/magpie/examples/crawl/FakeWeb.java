package dev.magpie.examples.crawl;

import dev.magpie.examples.crawl.fetch.FailureKind;
import dev.magpie.examples.crawl.fetch.FetchRequest;
import dev.magpie.examples.crawl.fetch.FetchResult;
import dev.magpie.examples.crawl.fetch.Fetcher;
import dev.magpie.examples.crawl.url.CrawlUrl;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A web in memory, which keeps a log. Pages that were not given are not found. */
final class FakeWeb implements AutoCloseable {

    /** An answer: a status, headers and a body; status 0 is a connection that fails. */
    record Answer(int status, Map<String, String> headers, String body) {

        static Answer html(String body) {
            return new Answer(200, Map.of("Content-Type", "text/html; charset=utf-8"), body);
        }

        static Answer text(String body) {
            return new Answer(200, Map.of("Content-Type", "text/plain"), body);
        }

        static Answer redirect(String target) {
            return new Answer(302, Map.of("Location", target), "");
        }

        static Answer status(int status) {
            return new Answer(status, Map.of(), "");
        }

        static Answer failure() {
            return new Answer(0, Map.of(), "");
        }
    }

    /** A line of the log. */
    record Hit(String url, String host, long start, long end, int status) {}

    final Queue<Hit> log = new ConcurrentLinkedQueue<>();
    final Map<String, Function<Integer, Answer>> pages = new ConcurrentHashMap<>();
    final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    /** URLs that are not answered before they are taken out of here. */
    final Set<String> held = ConcurrentHashMap.newKeySet();

    private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> peaks = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final long latencyMillis;

    FakeWeb(long latencyMillis) {
        this.latencyMillis = latencyMillis;
    }

    FakeWeb page(String url, Answer answer) {
        pages.put(CrawlUrl.parse(url).orElseThrow().toString(), attempt -> answer);
        return this;
    }

    /** Answers by the number of the attempt, from 0. */
    FakeWeb page(String url, Function<Integer, Answer> answer) {
        pages.put(CrawlUrl.parse(url).orElseThrow().toString(), answer);
        return this;
    }

    static String links(String... targets) {
        StringBuilder html = new StringBuilder("<html><head><title>page</title></head><body>");
        for (String target : targets) {
            html.append("<a href=\"").append(target).append("\">x</a>\n");
        }
        return html.append("</body></html>").toString();
    }

    /** URLs in the log without robots.txt, in the order of their start. */
    List<String> fetched() {
        List<String> urls = new ArrayList<>();
        log.stream()
                .sorted((one, other) -> Long.compare(one.start(), other.start()))
                .filter(hit -> !hit.url().endsWith("/robots.txt"))
                .forEach(hit -> urls.add(hit.url()));
        return urls;
    }

    List<Hit> hits(String url) {
        return log.stream().filter(hit -> hit.url().equals(url)).toList();
    }

    /** The most requests at a time that a registrable domain has seen. */
    int peak(String domain) {
        AtomicInteger peak = peaks.get(domain);
        return peak == null ? 0 : peak.get();
    }

    int peak() {
        return peaks.values().stream().mapToInt(AtomicInteger::get).max().orElse(0);
    }

    AddressLookup lookup() {
        return host -> CompletableFuture.completedFuture(InetAddress.getLoopbackAddress());
    }

    Fetcher fetcher() {
        return new Client();
    }

    /** Fails what is in flight when it is closed. */
    private final class Client implements Fetcher {

        private final Map<CompletableFuture<FetchResult>, FetchRequest> open =
                new ConcurrentHashMap<>();
        private volatile boolean isClosed;

        @Override
        public CompletionStage<FetchResult> fetch(FetchRequest request) {
            CompletableFuture<FetchResult> result = new CompletableFuture<>();
            String domain = request.url().registrableDomain();
            long start = System.nanoTime();
            int now = count(inFlight, domain).incrementAndGet();
            count(peaks, domain).accumulateAndGet(now, Math::max);
            int attempt = count(counts, request.url().toString()).getAndIncrement();
            open.put(result, request);
            if (isClosed) {
                fail(result, request);
                return result;
            }
            timer.schedule(
                    () -> answer(request, result, start, attempt),
                    latencyMillis,
                    TimeUnit.MILLISECONDS);
            return result;
        }

        private void answer(
                FetchRequest request,
                CompletableFuture<FetchResult> result,
                long start,
                int attempt) {
            CrawlUrl url = request.url();
            if (held.contains(url.toString())) {
                timer.schedule(
                        () -> answer(request, result, start, attempt), 2, TimeUnit.MILLISECONDS);
                return;
            }
            Function<Integer, Answer> page = pages.get(url.toString());
            Answer answer = page == null ? Answer.status(404) : page.apply(attempt);
            long end = System.nanoTime();
            log.add(new Hit(url.toString(), url.host(), start, end, answer.status()));
            count(inFlight, url.registrableDomain()).decrementAndGet();
            open.remove(result);
            Duration elapsed = Duration.ofNanos(end - start);
            if (answer.status() == 0) {
                result.complete(
                        new FetchResult.Failure(url, FailureKind.CONNECT, "refused", elapsed));
                return;
            }
            Map<String, List<String>> headers = new ConcurrentHashMap<>();
            answer.headers().forEach((name, value) -> headers.put(name, List.of(value)));
            result.complete(
                    new FetchResult.Response(
                            url,
                            answer.status(),
                            HttpHeaders.of(headers, (name, value) -> true),
                            answer.body().getBytes(StandardCharsets.UTF_8),
                            false,
                            InetAddress.getLoopbackAddress(),
                            elapsed));
        }

        private void fail(CompletableFuture<FetchResult> result, FetchRequest request) {
            result.complete(
                    new FetchResult.Failure(
                            request.url(), FailureKind.OTHER, "closed", Duration.ZERO));
        }

        @Override
        public void close() {
            isClosed = true;
            open.forEach(this::fail);
        }
    }

    private static AtomicInteger count(Map<String, AtomicInteger> counts, String key) {
        return counts.computeIfAbsent(key, unused -> new AtomicInteger());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
