package dev.magpie.examples.crawl.fetch;

import dev.magpie.examples.crawl.url.CrawlUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Fetches with Apache HttpClient, whose connections go to the address that was checked and to no
 * other: the client's name resolution is replaced by a look into what the {@link CheckedResolver}
 * remembers. So a name that changes its address after the check is not followed. HTTP/1.1, and
 * HTTP/2 over TLS where the server offers it.
 */
public final class PinnedFetcher implements Fetcher {

    /** Bytes of one header line, and lines of one response: what a connection buffers at most. */
    private static final int MAX_HEADER_LINE = 128 << 10;

    private static final int MAX_HEADER_LINES = 256;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final String ATTEMPT = "magpie.attempt"; // of a context

    private final CheckedResolver resolver;
    private final Executor executor;
    private final CloseableHttpAsyncClient client;
    private volatile boolean isClosed; // E1: set by close(), read by fetch(); only ever set

    /**
     * A fetcher.
     *
     * @param resolver finds and checks addresses; it is not closed here
     * @param connectTimeout of each connection
     * @param maxConnections open at the same time; requests beyond wait for one
     * @param maxPerHost open to the same host and port at the same time
     * @param executor decompresses bodies and completes the results; it is not closed here
     * @throws IllegalArgumentException if the timeout or a number of connections is not positive
     */
    public PinnedFetcher(
            CheckedResolver resolver,
            Duration connectTimeout,
            int maxConnections,
            int maxPerHost,
            Executor executor) {
        check("maxConnections", maxConnections);
        check("maxPerHost", maxPerHost);
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "connectTimeout must be positive, was " + connectTimeout);
        }
        this.resolver = resolver;
        this.executor = executor;
        this.client = client(connections(connectTimeout, maxConnections, maxPerHost));
        client.start();
    }

    private static void check(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }

    private PoolingAsyncClientConnectionManager connections(
            Duration connectTimeout, int maxConnections, int maxPerHost) {
        ConnectionConfig config =
                ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        .setIdleTimeout(Timeout.of(IDLE))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build();
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(new Remembered())
                .setDefaultConnectionConfig(config)
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxPerHost)
                .build();
    }

    private static CloseableHttpAsyncClient client(PoolingAsyncClientConnectionManager pool) {
        return HttpAsyncClients.custom()
                .setConnectionManager(pool)
                .setHttp1Config(
                        Http1Config.custom()
                                .setMaxLineLength(MAX_HEADER_LINE)
                                .setMaxHeaderCount(MAX_HEADER_LINES)
                                .build())
                .setIOReactorConfig(
                        IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableConnectionState()
                .disableContentCompression()
                .addExecInterceptorFirst("late", PinnedFetcher::closeIfLate)
                .setUserAgent("magpie") // of requests that name no other
                .build();
    }

    /**
     * Sees to it that the connection of an exchange that is late is closed. Cancelling it does not
     * do so once a status of 400 or more has come.
     */
    private static void closeIfLate(
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(ATTEMPT) instanceof Attempt attempt) {
            attempt.onTimeout(scope.execRuntime::discardEndpoint); // if it still has one
        }
        chain.proceed(request, body, scope, callback);
    }

    /** Knows what was checked, and nothing else. */
    private final class Remembered implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return new InetAddress[] {
                resolver.remembered(asInUrl(host))
                        .orElseThrow(() -> new UnknownHostException(host + " was not checked"))
            };
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private static String asInUrl(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
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
        CrawlUrl url = attempt.request.url();
        String name = url.host().replace("[", "").replace("]", "");
        boolean isDefaultPort = url.authority().equals(url.host());
        try {
            if (isClosed) {
                throw new IllegalStateException("fetcher is closed");
            }
            HttpHost host = new HttpHost(url.scheme(), name, isDefaultPort ? -1 : url.port());
            BasicHttpRequest request = new BasicHttpRequest("GET", host, url.pathAndQuery());
            for (Map.Entry<String, String> header : attempt.request.headers().entrySet()) {
                request.setHeader(header.getKey(), header.getValue());
            }
            request.setHeader("Accept-Encoding", "gzip, deflate");
            HttpClientContext context = HttpClientContext.create();
            context.setAttribute(ATTEMPT, attempt);
            Future<?> exchange =
                    client.execute(
                            host,
                            new BasicRequestProducer(request, null),
                            new PinnedConsumer(attempt, address),
                            null,
                            context,
                            new Ending(attempt));
            attempt.onTimeout(() -> exchange.cancel(true));
        } catch (RuntimeException ex) {
            attempt.fail(ex);
        }
    }

    /** Told of exchanges that end before there is a response. */
    private record Ending(Attempt attempt) implements FutureCallback<Boolean> {

        @Override
        public void completed(Boolean done) {}

        @Override
        public void failed(Exception cause) {
            attempt.fail(cause); // of no effect if it has finished
        }

        @Override
        public void cancelled() {
            attempt.fail(new CancellationException("fetcher is closed"));
        }
    }

    @Override
    public void close() {
        isClosed = true;
        client.close(CloseMode.IMMEDIATE);
    }
}
