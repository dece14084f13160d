package dev.magpie.examples.crawl.fetch;

import dev.magpie.examples.crawl.fetch.FetchResult.Failure;
import dev.magpie.examples.crawl.fetch.FetchResult.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One fetch in flight, which completes once, however many things go wrong. */
final class Attempt {

    private static final int LINE = 4; // colon, blank and line end of a header

    /**
     * A host that asks to wait is to be left alone now, not when the last byte of that is there.
     */
    private static final Duration WAIT_FOR_BODY = Duration.ofSeconds(1);

    /** What is known of a response before its body is there. */
    private record Head(
            int status, HttpHeaders headers, BodyCollector collector, InetAddress address) {}

    final FetchRequest request;
    final CompletableFuture<FetchResult> result = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> expired = new CompletableFuture<>();
    private final Executor executor;
    private final AtomicBoolean isFinished = new AtomicBoolean();
    private final long start = System.nanoTime();

    /** E1: set by the client's thread before the body comes, read by the timer's; only set once. */
    private volatile @Nullable Head head;

    Attempt(FetchRequest request, Executor executor) {
        this.request = request;
        this.executor = executor;
    }

    /** Ends the attempt when the total time is over. */
    void startTimer() {
        expireAfter(request.limits().totalTime());
    }

    private void expireAfter(Duration time) {
        CompletableFuture<Duration> timer =
                new CompletableFuture<Duration>()
                        .completeOnTimeout(time, time.toNanos(), TimeUnit.NANOSECONDS);
        var unused =
                timer.thenAccept(
                        over -> {
                            if (finish(() -> late(over))) {
                                expired.complete(null);
                            }
                        });
        var unusedCancel = result.whenComplete((outcome, never) -> timer.cancel(false));
    }

    /** A response whose body alone is late counts as one whose body broke off. */
    private FetchResult late(Duration time) {
        Head known = head; // E1: pairs with answered()
        return known == null || isSuccess(known.status())
                ? new Failure(request.url(), FailureKind.TIMEOUT, "not within " + time, time)
                : response(
                        known.status(), known.headers(), known.collector().part(), known.address());
    }

    /** Tells of a response whose body is yet to come. */
    void answered(int status, HttpHeaders headers, BodyCollector collector, InetAddress address) {
        head = new Head(status, headers, collector, address); // E1: pairs with late()
        if (status == 429 || status == 503) {
            expireAfter(WAIT_FOR_BODY);
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * Runs something if, and when, the time is over before anything else has come. Other exchanges
     * end by themselves, and must not be cancelled: their connection may be in use again.
     */
    void onTimeout(Runnable abort) {
        var unused = expired.thenRun(abort);
    }

    /** What forbids to read the body of a response, or null. */
    @Nullable Failure objection(int status, HttpHeaders headers) {
        long size = 0;
        for (var header : headers.map().entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + value.length() + LINE;
            }
        }
        if (size > request.limits().maxHeaderBytes()) {
            return failure(FailureKind.TOO_LARGE, "headers of " + size + " bytes");
        }
        String type = headers.firstValue("Content-Type").orElse("");
        if (isSuccess(status) && !request.limits().accepts(type)) {
            return failure(FailureKind.CONTENT_TYPE, type);
        }
        return null;
    }

    /** Completes with a response whose body is all there, or cut. */
    void finish(int status, HttpHeaders headers, BodyCollector collector, InetAddress address) {
        boolean unused = finish(() -> response(status, headers, collector, address));
    }

    /**
     * Completes with a response whose body broke off, or with a failure if the body was all that
     * mattered: a redirect, or a request to wait, is one whatever comes behind it.
     */
    void breakOff(
            int status,
            HttpHeaders headers,
            BodyCollector collector,
            InetAddress address,
            Throwable cause) {
        if (isSuccess(status)) {
            fail(cause);
        } else {
            boolean unused = finish(() -> response(status, headers, collector.part(), address));
        }
    }

    private FetchResult response(
            int status, HttpHeaders headers, BodyCollector collector, InetAddress address) {
        try {
            String encoding = String.join(",", headers.allValues("Content-Encoding"));
            return response(status, headers, collector.body(encoding), address);
        } catch (IOException ex) {
            return isSuccess(status)
                    ? failure(FailureKind.PROTOCOL, Failures.message(ex))
                    : response(status, headers, collector.part(), address);
        }
    }

    private Response response(
            int status, HttpHeaders headers, BodyCollector.Body body, InetAddress address) {
        return new Response(
                request.url(), status, headers, body.bytes(), body.truncated(), address, elapsed());
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    void fail(Throwable cause) {
        Failure failure = failure(Failures.kind(cause), Failures.message(cause));
        boolean unused = finish(() -> failure);
    }

    void fail(Failure failure) {
        boolean unused = finish(() -> failure);
    }

    private Failure failure(FailureKind kind, String message) {
        return new Failure(request.url(), kind, message, elapsed());
    }

    /** Off the thread that moves bytes: decompression, and all that waits for the result. */
    private boolean finish(Supplier<FetchResult> outcome) {
        if (!isFinished.compareAndSet(false, true)) {
            return false; // the first outcome counts, although a later one may be run before it
        }
        try {
            executor.execute(() -> complete(outcome));
        } catch (RejectedExecutionException ex) {
            complete(outcome); // the executor is closing down, and somebody may still wait
        }
        return true;
    }

    boolean isFinished() {
        return isFinished.get();
    }

    private void complete(Supplier<FetchResult> outcome) {
        boolean unused = result.complete(outcome.get());
    }
}
