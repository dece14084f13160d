package dev.magpie.examples.crawl.service;

import crawlercommons.urlfrontier.URLFrontierGrpc;
import crawlercommons.urlfrontier.URLFrontierGrpc.URLFrontierStub;
import crawlercommons.urlfrontier.Urlfrontier.AckMessage;
import crawlercommons.urlfrontier.Urlfrontier.DiscoveredURLItem;
import crawlercommons.urlfrontier.Urlfrontier.GetParams;
import crawlercommons.urlfrontier.Urlfrontier.QueueWithinCrawlParams;
import crawlercommons.urlfrontier.Urlfrontier.Stats;
import crawlercommons.urlfrontier.Urlfrontier.URLInfo;
import crawlercommons.urlfrontier.Urlfrontier.URLItem;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A crawler's connection to a frontier service. Takes URLs from it while there is room for them,
 * keeps their leases, and reports what they come to; goes on by itself when the service was away.
 * Thread-safe: all calls but {@link #open} and {@link #close} only hand something to the loop.
 */
public final class FrontierClient implements AutoCloseable {

    /** Told whether a URL was new to the service. */
    @FunctionalInterface
    public interface Answer {

        /**
         * The service knows the URL from now on.
         *
         * @param url what was put
         * @param isNew whether it had not known it, and took it
         */
        void onKnown(ServiceUrl url, boolean isNew);
    }

    private static final long START_SECONDS = 10;
    private static final long CALL_SECONDS = 30;
    private static final long CLOSE_SECONDS = 5;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long EMPTY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int QUEUES_AT_A_TIME = 64;

    /** Others, too, renew what they have before anyone asks for more. */
    private static final long SETTLE_NANOS = Backoff.CAP_NANOS + TimeUnit.SECONDS.toNanos(1);

    private final FrontierService service;
    private final Consumer<String> notices;
    private final Loop loop;
    private final ManagedChannel channel;
    private final URLFrontierStub stub;
    private final PutStream puts;
    private final QueueHolds queues;
    private final UrlLeases leases;
    private final CompletableFuture<Void> exhausted = new CompletableFuture<>();

    // ---- the loop's own

    private Consumer<ServiceUrl> sink = unused -> {};
    private boolean isOpen;
    private boolean isPulling;
    private boolean isAway;
    private boolean isEndLookedFor;
    private boolean isCounting;
    private long pullAt;
    private long queuesRenewAt;
    private long quietAt = -1; // URLs done when nothing was active; -1 if something was since

    /**
     * A client that is not connected yet.
     *
     * @param service where to
     * @param notices told in a sentence when the service goes away, and when it is back
     */
    public FrontierClient(FrontierService service, Consumer<String> notices) {
        this.service = service;
        this.notices = notices;
        loop = new Loop("magpie-frontier");
        String host = service.host().replace("[", "").replace("]", "");
        channel =
                Grpc.newChannelBuilderForAddress(
                                host, service.port(), InsecureChannelCredentials.create())
                        .executor(loop)
                        .build();
        stub = URLFrontierGrpc.newStub(channel);
        puts =
                new PutStream(
                        loop,
                        channel,
                        stub,
                        new PutStream.Listener() {
                            @Override
                            public void onBack() {
                                FrontierClient.this.onBack();
                            }

                            @Override
                            public void onAway(Throwable cause) {
                                FrontierClient.this.onAway(cause);
                            }
                        });
        queues = new QueueHolds(stub, service);
        leases = new UrlLeases(puts, queues, service);
    }

    /**
     * Connects, and begins to take URLs.
     *
     * @param taker is given each URL, on the client's thread; never blocks
     * @throws IOException if the service cannot be reached, or the caller is interrupted
     */
    public void open(Consumer<ServiceUrl> taker) throws IOException {
        CompletableFuture<Stats> reached = new CompletableFuture<>();
        stub.withDeadlineAfter(START_SECONDS, TimeUnit.SECONDS)
                .getStats(wholeCrawl(), onlyAnswer(reached));
        try {
            var unused = reached.get(2 * START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while connecting to the frontier", ex);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException ex) {
            throw new IOException(
                    "the frontier at "
                            + service.address()
                            + " cannot be reached: "
                            + reason(ex.getCause() == null ? ex : ex.getCause()),
                    ex);
        }
        loop.execute(
                () -> {
                    sink = taker;
                    isOpen = true;
                    long now = System.nanoTime();
                    pullAt = now;
                    queuesRenewAt = now + service.lease().toNanos() / 2;
                    puts.open();
                    tick();
                });
    }

    /**
     * Puts URLs that may be known to the service already.
     *
     * @param found the URLs
     * @param answer told of each
     * @param whenAll runs when the service has acknowledged all of them
     */
    public void discover(List<ServiceUrl> found, Answer answer, Runnable whenAll) {
        loop.execute(
                () -> {
                    if (found.isEmpty()) {
                        whenAll.run();
                        return;
                    }
                    int[] left = {found.size()};
                    for (ServiceUrl url : found) {
                        puts.put(
                                URLItem.newBuilder()
                                        .setDiscovered(
                                                DiscoveredURLItem.newBuilder()
                                                        .setInfo(url.info(service.crawlId()))),
                                status -> {
                                    answer.onKnown(url, status == AckMessage.Status.OK);
                                    if (--left[0] == 0) {
                                        whenAll.run();
                                    }
                                });
                    }
                });
    }

    /**
     * Reports that a URL is done.
     *
     * @param url as it was given
     * @param durable runs when the service has acknowledged it
     */
    public void finish(ServiceUrl url, Runnable durable) {
        loop.execute(() -> leases.finish(url, durable));
    }

    /**
     * Lets no crawler have URLs of a queue for a while.
     *
     * @param key the queue
     * @param untilMillis since 1970
     */
    public void block(String key, long untilMillis) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(untilMillis + 999);
        loop.execute(() -> queues.block(key, seconds));
    }

    /**
     * The end of the crawl, for all crawlers: nothing is left at the service, and nothing with
     * anyone. It is looked for from the first call on, after what was put before.
     *
     * @return completes then
     */
    public CompletableFuture<Void> exhausted() {
        loop.execute(() -> isEndLookedFor = true);
        return exhausted;
    }

    /** Waits, briefly, for acknowledgements, gives back what is not done, and disconnects. */
    @Override
    public void close() {
        await(() -> isOpen = false);
        await(leases::giveBack);
        loop.execute(
                () -> {
                    puts.end();
                    var unused = channel.shutdownNow();
                });
        try {
            boolean ignored = channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        loop.end();
    }

    /** Does something on the loop, and waits until all is acknowledged or the service is away. */
    private void await(Runnable first) {
        CountDownLatch settled = new CountDownLatch(1);
        loop.execute(
                () -> {
                    first.run();
                    watch(settled);
                });
        try {
            boolean unused = settled.await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(CountDownLatch settled) {
        if (!puts.isWorking() || (puts.isIdle() && queues.isIdle() && !isPulling)) {
            settled.countDown();
        } else {
            loop.after(TICK_NANOS / 10, () -> watch(settled));
        }
    }

    // ---- the loop

    private void tick() {
        if (!isOpen) {
            return;
        }
        long now = System.nanoTime();
        puts.checkSilence(now);
        if (puts.isWorking()) {
            leases.renew(now);
            if (now - queuesRenewAt >= 0) {
                queuesRenewAt = now + service.lease().toNanos() / 2;
                queues.renew();
            }
            if (now - pullAt >= 0) {
                pull();
            }
        }
        loop.after(TICK_NANOS, this::tick);
    }

    private void onBack() {
        if (isAway) {
            isAway = false;
            leases.onBack(System.nanoTime());
            queues.onBack();
            pullAt = System.nanoTime() + SETTLE_NANOS;
            notices.accept("the frontier at " + service.address() + " is back");
        }
    }

    private void onAway(Throwable cause) {
        quietAt = -1;
        if (!isAway) {
            isAway = true;
            notices.accept(
                    "the frontier at "
                            + service.address()
                            + " is away ("
                            + reason(cause)
                            + "); the crawl goes on when it is back");
        }
    }

    private void pull() {
        int room = service.maxHeld() - leases.count();
        if (isPulling || room <= 0) {
            return;
        }
        isPulling = true;
        int queuesWanted = Math.min(Math.max(room / service.urlsPerQueue(), 1), QUEUES_AT_A_TIME);
        GetParams wanted =
                GetParams.newBuilder()
                        .setCrawlID(service.crawlId())
                        .setMaxQueues(queuesWanted)
                        .setMaxUrlsPerQueue(Math.min(service.urlsPerQueue(), room))
                        .setDelayRequestable((int) service.lease().toSeconds())
                        .build();
        stub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .getURLs(
                        wanted,
                        new StreamObserver<URLInfo>() {
                            private int taken;

                            @Override
                            public void onNext(URLInfo info) {
                                if (take(ServiceUrl.of(info))) {
                                    taken++;
                                }
                            }

                            @Override
                            public void onError(Throwable cause) {
                                onPulled(taken);
                            }

                            @Override
                            public void onCompleted() {
                                onPulled(taken);
                            }
                        });
    }

    private boolean take(ServiceUrl url) {
        if (!leases.take(url)) {
            return false;
        }
        quietAt = -1;
        if (isOpen) {
            sink.accept(url); // otherwise it is given back
        }
        return true;
    }

    private void onPulled(int taken) {
        isPulling = false;
        if (taken > 0) {
            tryNow();
        } else {
            pullAt = Math.max(pullAt, System.nanoTime() + EMPTY_NANOS);
            lookForEnd();
        }
    }

    private void tryNow() {
        if (isOpen && puts.isWorking() && System.nanoTime() - pullAt >= 0) {
            pull();
        }
    }

    private void lookForEnd() {
        if (!isEndLookedFor || isCounting || !isQuiet()) {
            return;
        }
        isCounting = true;
        CompletableFuture<Stats> counted = new CompletableFuture<>();
        stub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .getStats(wholeCrawl(), onlyAnswer(counted));
        var unused =
                counted.whenComplete(
                        (stats, ex) -> {
                            isCounting = false;
                            onCounted(ex == null ? stats : null);
                        });
    }

    private boolean isQuiet() {
        return leases.count() == 0 && puts.isIdle() && puts.isWorking();
    }

    private void onCounted(@Nullable Stats stats) {
        if (stats == null || !isQuiet() || stats.getSize() != 0 || stats.getInProcess() != 0) {
            quietAt = -1;
            return;
        }
        long done = stats.getCountsOrDefault("completed", 0);
        if (done == quietAt) {
            var unused = exhausted.complete(null);
        } else {
            quietAt = done;
        }
    }

    private QueueWithinCrawlParams wholeCrawl() {
        return QueueWithinCrawlParams.newBuilder().setCrawlID(service.crawlId()).build();
    }

    private static <T> StreamObserver<T> onlyAnswer(CompletableFuture<T> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T value) {
                boolean unused = answer.complete(value);
            }

            @Override
            public void onError(Throwable cause) {
                boolean unused = answer.completeExceptionally(cause);
            }

            @Override
            public void onCompleted() {
                boolean unused =
                        answer.completeExceptionally(new IllegalStateException("no answer"));
            }
        };
    }

    private static String reason(Throwable failure) {
        if (failure instanceof StatusRuntimeException refused) {
            Status status = refused.getStatus();
            Throwable cause = status.getCause();
            while (cause != null && cause.getCause() != null) {
                cause = cause.getCause();
            }
            String detail = cause == null ? status.getDescription() : cause.getMessage();
            return status.getCode() + (detail == null ? "" : ", " + detail);
        }
        return String.valueOf(failure.getMessage());
    }
}
