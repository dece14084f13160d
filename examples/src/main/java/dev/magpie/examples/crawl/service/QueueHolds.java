package dev.magpie.examples.crawl.service;

import crawlercommons.urlfrontier.URLFrontierGrpc.URLFrontierStub;
import crawlercommons.urlfrontier.Urlfrontier.BlockQueueParams;
import crawlercommons.urlfrontier.Urlfrontier.Empty;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The queues of which this crawler has URLs: blocked for others until these are done. Belongs to
 * the client's loop.
 *
 * <p>Calls about a queue go out one after the other, since the service may handle two at a time in
 * any order.
 */
final class QueueHolds {

    private static final long CALL_SECONDS = 20;

    private static final class Hold {
        private int count;
        private long leaseUntil; // in seconds since 1970, as all of these
        private long retryUntil;
        private long sent;
        private boolean isSending;

        private long wanted() {
            return Math.max(count == 0 ? 0 : leaseUntil, retryUntil);
        }
    }

    private final URLFrontierStub stub;
    private final FrontierService service;
    private final Map<String, Hold> holds = new HashMap<>();

    QueueHolds(URLFrontierStub stub, FrontierService service) {
        this.stub = stub;
        this.service = service;
    }

    /** A URL of this queue was taken. */
    void take(String key) {
        Hold hold = holds.computeIfAbsent(key, unused -> new Hold());
        if (hold.count++ == 0) {
            hold.leaseUntil = leaseEnd();
            sync(key, hold);
        }
    }

    /** A URL of this queue is done. */
    void release(String key) {
        Hold hold = holds.get(key);
        if (hold != null) {
            hold.count--;
            sync(key, hold);
        }
    }

    /** The host wants to be left alone, by all crawlers. */
    void block(String key, long untilSeconds) {
        Hold hold = holds.computeIfAbsent(key, unused -> new Hold());
        hold.retryUntil = untilSeconds;
        sync(key, hold);
    }

    /** Renews all blocks. */
    void renew() {
        long end = leaseEnd();
        for (Map.Entry<String, Hold> entry : new ArrayList<>(holds.entrySet())) {
            Hold hold = entry.getValue();
            hold.leaseUntil = end;
            sync(entry.getKey(), hold);
        }
    }

    /** The service may have been restarted, and know of none. */
    void onBack() {
        holds.values().forEach(hold -> hold.sent = 0);
        renew();
    }

    /** Whether no call is under way. */
    boolean isIdle() {
        return holds.values().stream().noneMatch(hold -> hold.isSending);
    }

    private long leaseEnd() {
        return nowSeconds() + service.lease().toSeconds();
    }

    private static long nowSeconds() {
        return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    }

    private void sync(String key, Hold hold) {
        if (hold.isSending) {
            return;
        }
        long wanted = hold.wanted();
        if (wanted == hold.sent) {
            if (hold.count == 0 && wanted <= nowSeconds()) {
                holds.remove(key);
            }
            return;
        }
        hold.isSending = true;
        stub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .blockQueueUntil(
                        BlockQueueParams.newBuilder()
                                .setKey(key)
                                .setTime(wanted)
                                .setCrawlID(service.crawlId())
                                .build(),
                        new StreamObserver<Empty>() {
                            @Override
                            public void onNext(Empty empty) {
                                hold.sent = wanted;
                            }

                            @Override
                            public void onError(Throwable cause) {
                                hold.isSending = false; // tried again with the next renewal
                            }

                            @Override
                            public void onCompleted() {
                                hold.isSending = false;
                                sync(key, hold);
                            }
                        });
    }
}
