package dev.magpie.examples.crawl.fetch;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Fetches with the JDK's HTTP client, which runs on a given executor and speaks HTTP/2 over TLS.
 *
 * <p>The JDK's client has no hook for name resolution. Over http the request therefore goes to the
 * address that was checked, and the name goes into the Host header, which needs the system property
 * {@code jdk.httpclient.allowRestrictedHeaders} to contain {@code host}; this class sets it if it
 * is loaded before the JDK's client. By itself that client sends a request again whose connection
 * ended before anything came back; this class likewise sets {@code
 * jdk.httpclient.redirects.retrylimit} to 1, unless it is set. Over https the certificate is
 * checked against the name in the URL, so the client must resolve the name again, and a name server
 * that changes its answer in between is not noticed: {@link PinnedFetcher} has no such gap. A body
 * that is chunked and has a Content-Length as well counts as one that broke off, because that
 * client would not read it by its chunks.
 */
public final class HttpClientFetcher implements Fetcher {

    private static final String ATTEMPTS = "jdk.httpclient.redirects.retrylimit";
    private static final String RESTRICTED = "jdk.httpclient.allowRestrictedHeaders";
    private static final boolean HOST_HEADER = configure();

    private final HttpClient client;
    private final CheckedResolver resolver;
    private final Executor executor;
    private volatile boolean isClosed; // E1: set by close(), read by fetch(); only ever set

    /**
     * A fetcher.
     *
     * @param resolver finds and checks addresses; it is not closed here
     * @param connectTimeout of each connection
     * @param executor runs the client's tasks and completes the results; it is not closed here
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public HttpClientFetcher(CheckedResolver resolver, Duration connectTimeout, Executor executor) {
        this.resolver = resolver;
        this.executor = executor;
        this.client =
                HttpClient.newBuilder()
                        .executor(executor)
                        .connectTimeout(connectTimeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /** Whether the Host header may be set. */
    private static boolean configure() {
        String given = System.getProperty(RESTRICTED, "");
        if (!List.of(given.toLowerCase(Locale.ROOT).split(",")).contains("host")) {
            System.setProperty(RESTRICTED, given.isEmpty() ? "host" : given + ",host");
        }
        if (System.getProperty(ATTEMPTS) == null) {
            System.setProperty(ATTEMPTS, "1");
        }
        try {
            HttpRequest.Builder unused = HttpRequest.newBuilder().header("Host", "example.com");
            return true;
        } catch (IllegalArgumentException ex) {
            return false; // the JDK's client was loaded before, and has read the property
        }
    }

    @Override
    public CompletionStage<FetchResult> fetch(FetchRequest request) {
        Attempt attempt = new Attempt(request, executor);
        attempt.startTimer();
        resolver.resolve(request.url().host())
                .whenComplete(
                        (address, failure) -> {
                            if (address == null) {
                                attempt.fail(failure);
                            } else if (!attempt.isFinished()) {
                                send(attempt, address);
                            }
                        });
        return attempt.result.minimalCompletionStage();
    }

    private void send(Attempt attempt, InetAddress address) {
        CompletableFuture<HttpResponse<Boolean>> exchange;
        try {
            if (isClosed) {
                throw new IllegalStateException("fetcher is closed");
            }
            HttpRequest request = httpRequest(attempt.request, address);
            exchange = client.sendAsync(request, info -> new Subscriber(attempt, info, address));
        } catch (RuntimeException ex) {
            attempt.fail(ex);
            return;
        }
        var unused =
                exchange.whenComplete(
                        (response, failure) -> {
                            if (failure != null) {
                                attempt.fail(failure);
                            }
                        });
        attempt.onTimeout(() -> exchange.cancel(true));
    }

    private static HttpRequest httpRequest(FetchRequest request, InetAddress address) {
        CrawlUrl url = request.url();
        HttpRequest.Builder builder = HttpRequest.newBuilder();
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            builder.setHeader(header.getKey(), header.getValue());
        }
        builder.setHeader("Accept-Encoding", "gzip, deflate");
        if (url.isSecure() || !HOST_HEADER) {
            return builder.uri(url.toUri()).build();
        }
        String literal = address.getHostAddress();
        String host = literal.indexOf(':') < 0 ? literal : "[" + literal + "]";
        return builder.version(HttpClient.Version.HTTP_1_1)
                .uri(URI.create("http://" + host + ":" + url.port() + url.pathAndQuery()))
                .setHeader("Host", url.authority())
                .build();
    }

    /** Takes a body in, and completes the attempt; the JDK's own result only tells of failures. */
    private static final class Subscriber implements HttpResponse.BodySubscriber<Boolean> {

        private final Attempt attempt;
        private final int status;
        private final HttpHeaders headers;
        private final InetAddress address;
        private final BodyCollector collector;
        private final CompletableFuture<Boolean> body = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        Subscriber(Attempt attempt, HttpResponse.ResponseInfo info, InetAddress address) {
            this.attempt = attempt;
            this.status = info.statusCode();
            this.headers = info.headers();
            this.address = address;
            this.collector = new BodyCollector(attempt.request.limits().maxBodyBytes());
        }

        @Override
        public CompletionStage<Boolean> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            FetchResult.Failure objection = attempt.objection(status, headers);
            if (objection != null) {
                given.cancel();
                attempt.fail(objection);
                body.complete(false);
            } else if (isLengthDoubtful()) {
                given.cancel();
                onError(new ProtocolException("Content-Length beside a Transfer-Encoding"));
            } else {
                attempt.answered(status, headers, collector, address);
                given.request(Long.MAX_VALUE);
            }
        }

        /** The JDK's client believes the length then, and takes the chunks' headers for content. */
        private boolean isLengthDoubtful() {
            return headers.firstValue("Content-Length").isPresent()
                    && headers.allValues("Transfer-Encoding").stream()
                            .anyMatch(coding -> !coding.trim().equalsIgnoreCase("identity"));
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            if (body.isDone()) {
                return;
            }
            for (ByteBuffer buffer : buffers) {
                if (!collector.add(buffer)) {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    finish();
                    return;
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            attempt.breakOff(status, headers, collector, address, failure);
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            if (!body.isDone()) {
                finish();
            }
        }

        private void finish() {
            attempt.finish(status, headers, collector, address);
            body.complete(true);
        }
    }

    /**
     * Refuses new fetches; those in flight run to their end, since before JDK 21 the client cannot
     * be closed.
     */
    @Override
    public void close() {
        isClosed = true;
    }
}
