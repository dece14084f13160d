package dev.magpie.examples.crawl.service;

import crawlercommons.urlfrontier.URLFrontierGrpc;
import crawlercommons.urlfrontier.Urlfrontier.AckMessage;
import crawlercommons.urlfrontier.Urlfrontier.BlockQueueParams;
import crawlercommons.urlfrontier.Urlfrontier.Empty;
import crawlercommons.urlfrontier.Urlfrontier.GetParams;
import crawlercommons.urlfrontier.Urlfrontier.QueueWithinCrawlParams;
import crawlercommons.urlfrontier.Urlfrontier.Stats;
import crawlercommons.urlfrontier.Urlfrontier.URLInfo;
import crawlercommons.urlfrontier.Urlfrontier.URLItem;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A frontier service of one's own, that keeps to the contract that urlfrontier.proto documents, and
 * to what the service's memory backend does where that is silent: seconds, a delay of one second
 * between two takings from a queue, no URLs of a queue that is blocked or has its fill in process,
 * puts that are handled by several threads. URLs survive a restart; leases, blocks and delays do
 * not.
 */
public final class FakeFrontier extends URLFrontierGrpc.URLFrontierImplBase
        implements AutoCloseable {

    private static final int DELAY_SECONDS = 1;

    private static final class Entry {
        URLInfo info;
        long fetchableFrom;
        long heldUntil;
        boolean isDone;

        Entry(URLInfo info) {
            this.info = info;
        }
    }

    private static final class Queue {
        final Map<String, Entry> urls = new LinkedHashMap<>();
        long blockedUntil;
        long lastProduced;

        long inProcess(long now) {
            return urls.values().stream().filter(url -> !url.isDone && url.heldUntil > now).count();
        }

        long active() {
            return urls.values().stream().filter(url -> !url.isDone).count();
        }

        long done() {
            return urls.size() - active();
        }
    }

    private record Key(String crawlId, String key) {}

    // ---- guarded by this
    private final Map<Key, Queue> queues = new LinkedHashMap<>();
    private final List<String> handedOut = new ArrayList<>();
    private int failEvery = Integer.MAX_VALUE;
    private int puts;
    private boolean isRefusingDiscovered;
    private int refused;

    private ExecutorService putters = Executors.newFixedThreadPool(4);
    private Server server;
    private final int port;

    private FakeFrontier() throws IOException {
        server = listen(0);
        port = server.getPort();
    }

    private Server listen(int where) throws IOException {
        return Grpc.newServerBuilderForPort(where, InsecureServerCredentials.create())
                .addService(this)
                .build()
                .start();
    }

    public static FakeFrontier start() throws IOException {
        return new FakeFrontier();
    }

    public String address() {
        return "localhost:" + port;
    }

    /** From now on each so many puts one is refused for the moment. */
    public synchronized void failEvery(int count) {
        failEvery = count;
    }

    /** Whether URLs that are discovered are refused for the moment. */
    public synchronized void refuseDiscovered(boolean wanted) {
        isRefusingDiscovered = wanted;
    }

    /** How many discovered URLs have been refused. */
    public synchronized int refused() {
        return refused;
    }

    /** Ends suddenly. */
    public void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
        putters.shutdownNow();
        putters.awaitTermination(20, TimeUnit.SECONDS);
        synchronized (this) {
            for (Queue queue : queues.values()) {
                queue.blockedUntil = 0;
                queue.lastProduced = 0;
                queue.urls.values().forEach(url -> url.heldUntil = 0);
            }
        }
    }

    public void startAgain() throws IOException {
        putters = Executors.newFixedThreadPool(4);
        server = listen(port);
    }

    @Override
    public void close() throws Exception {
        stop();
    }

    public synchronized long active() {
        return queues.values().stream().mapToLong(Queue::active).sum();
    }

    /** How many queues are blocked, or have been and were not unblocked. */
    public synchronized long blocked() {
        return queues.values().stream().filter(queue -> queue.blockedUntil != 0).count();
    }

    public synchronized long done() {
        return queues.values().stream().mapToLong(Queue::done).sum();
    }

    /** URLs in the order in which they were handed out. */
    public synchronized List<String> handedOut() {
        return List.copyOf(handedOut);
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    @Override
    public void getURLs(GetParams wanted, StreamObserver<URLInfo> urls) {
        List<URLInfo> given;
        synchronized (this) {
            given = take(wanted);
        }
        given.forEach(urls::onNext);
        urls.onCompleted();
    }

    private List<URLInfo> take(GetParams wanted) {
        long now = now();
        int lease = wanted.getDelayRequestable() == 0 ? 30 : wanted.getDelayRequestable();
        int perQueue = orAll(wanted.getMaxUrlsPerQueue());
        int left = orAll(wanted.getMaxQueues());
        List<URLInfo> given = new ArrayList<>();
        for (Key key : new ArrayList<>(queues.keySet())) {
            Queue queue = queues.get(key);
            if (left == 0) {
                break;
            }
            if (!key.crawlId().equals(wanted.getCrawlID())
                    || queue.blockedUntil >= now
                    || queue.lastProduced + DELAY_SECONDS >= now
                    || queue.inProcess(now) >= perQueue) {
                continue;
            }
            int taken = 0;
            for (Entry url : queue.urls.values()) {
                if (taken == perQueue) {
                    break;
                }
                if (!url.isDone && url.fetchableFrom <= now && url.heldUntil <= now) {
                    url.heldUntil = now + lease;
                    given.add(url.info);
                    handedOut.add(url.info.getUrl());
                    taken++;
                }
            }
            if (taken > 0) {
                queue.lastProduced = now;
                queues.remove(key);
                queues.put(key, queue); // to the end
                left--;
            }
        }
        return given;
    }

    private static int orAll(int count) {
        return count == 0 ? Integer.MAX_VALUE : count;
    }

    @Override
    public StreamObserver<URLItem> putURLs(StreamObserver<AckMessage> acks) {
        return new StreamObserver<>() {
            @Override
            public void onNext(URLItem item) {
                putters.execute(
                        () -> {
                            AckMessage ack =
                                    AckMessage.newBuilder()
                                            .setID(item.getID())
                                            .setStatus(put(item))
                                            .build();
                            synchronized (acks) {
                                acks.onNext(ack);
                            }
                        });
            }

            @Override
            public void onError(Throwable cause) {}

            @Override
            public void onCompleted() {
                synchronized (acks) {
                    acks.onCompleted();
                }
            }
        };
    }

    private synchronized AckMessage.Status put(URLItem item) {
        if (++puts % failEvery == 0) {
            return AckMessage.Status.FAIL;
        }
        boolean isDiscovered = item.hasDiscovered();
        if (isDiscovered && isRefusingDiscovered) {
            refused++;
            return AckMessage.Status.FAIL;
        }
        URLInfo info = isDiscovered ? item.getDiscovered().getInfo() : item.getKnown().getInfo();
        Queue queue =
                queues.computeIfAbsent(
                        new Key(info.getCrawlID(), info.getKey()), unused -> new Queue());
        Entry known = queue.urls.get(info.getUrl());
        if (isDiscovered) {
            if (known != null) {
                return AckMessage.Status.SKIPPED;
            }
            queue.urls.put(info.getUrl(), new Entry(info));
            return AckMessage.Status.OK;
        }
        Entry updated = new Entry(info);
        updated.fetchableFrom = item.getKnown().getRefetchableFromDate();
        updated.isDone = updated.fetchableFrom == 0;
        queue.urls.put(info.getUrl(), updated);
        return AckMessage.Status.OK;
    }

    /** Sums up queue by queue, as the service does. */
    @Override
    public void getStats(QueueWithinCrawlParams wanted, StreamObserver<Stats> answer) {
        List<Key> keys;
        synchronized (this) {
            keys = new ArrayList<>(queues.keySet());
        }
        long active = 0;
        long done = 0;
        long inProcess = 0;
        for (Key key : keys) {
            synchronized (this) {
                if (key.crawlId().equals(wanted.getCrawlID())) {
                    Queue queue = queues.get(key);
                    active += queue.active();
                    done += queue.done();
                    inProcess += queue.inProcess(now());
                }
            }
        }
        answer.onNext(
                Stats.newBuilder()
                        .setSize(active)
                        .setInProcess((int) inProcess)
                        .putCounts("completed", done)
                        .setCrawlID(wanted.getCrawlID())
                        .build());
        answer.onCompleted();
    }

    @Override
    public void blockQueueUntil(BlockQueueParams wanted, StreamObserver<Empty> answer) {
        synchronized (this) {
            Queue queue = queues.get(new Key(wanted.getCrawlID(), wanted.getKey()));
            if (queue != null) {
                queue.blockedUntil = wanted.getTime();
            }
        }
        answer.onNext(Empty.getDefaultInstance());
        answer.onCompleted();
    }
}
