package dev.magpie.examples.crawl.service;

import crawlercommons.urlfrontier.Urlfrontier.KnownURLItem;
import crawlercommons.urlfrontier.Urlfrontier.URLItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The URLs that this crawler was given and that are not done. Belongs to the client's loop. */
final class UrlLeases {

    private static final long DONE = 0; // never to be fetched again, in the service's terms

    private static final class Lease {
        private final ServiceUrl url;
        private long renewAt;
        private boolean isRenewing;
        private boolean isEnding;
        private @Nullable Runnable afterRenewal;

        Lease(ServiceUrl url, long renewAt) {
            this.url = url;
            this.renewAt = renewAt;
        }
    }

    private final PutStream puts;
    private final QueueHolds queues;
    private final FrontierService service;
    private final Map<String, Lease> leases = new HashMap<>();

    UrlLeases(PutStream puts, QueueHolds queues, FrontierService service) {
        this.puts = puts;
        this.queues = queues;
        this.service = service;
    }

    int count() {
        return leases.size();
    }

    /** False if this crawler has it already: its lease ran out, or the service was restarted. */
    boolean take(ServiceUrl url) {
        if (leases.containsKey(url.url())) {
            return false;
        }
        leases.put(url.url(), new Lease(url, nextRenewal(System.nanoTime())));
        queues.take(url.key());
        return true;
    }

    /** Reports it done. */
    void finish(ServiceUrl url, Runnable durable) {
        Lease lease = leases.get(url.url());
        if (lease == null || lease.isEnding) {
            throw new IllegalStateException("finished twice: " + url.url());
        }
        lease.isEnding = true;
        Runnable end =
                () ->
                        put(
                                url,
                                DONE,
                                () -> {
                                    leases.remove(url.url());
                                    queues.release(url.key());
                                    durable.run();
                                });
        if (lease.isRenewing) {
            lease.afterRenewal = end; // S3
        } else {
            end.run();
        }
    }

    /** Renews what is due. */
    void renew(long now) {
        for (Lease lease : leases.values()) {
            if (now - lease.renewAt >= 0) {
                renew(lease, now);
            }
        }
    }

    /** Renews all: the service may have been restarted, and know of no lease. */
    void onBack(long now) {
        for (Lease lease : leases.values()) {
            renew(lease, now);
        }
    }

    private void renew(Lease lease, long now) {
        if (lease.isRenewing || lease.isEnding) {
            return;
        }
        lease.isRenewing = true;
        lease.renewAt = nextRenewal(now);
        put(
                lease.url,
                nowSeconds() + service.lease().toSeconds(),
                () -> {
                    lease.isRenewing = false;
                    Runnable next = lease.afterRenewal;
                    if (next != null) {
                        next.run();
                    }
                });
    }

    /** Gives back what is not done. */
    void giveBack() {
        for (Lease lease : new ArrayList<>(leases.values())) {
            if (!lease.isEnding) {
                lease.isEnding = true;
                put(
                        lease.url,
                        nowSeconds(),
                        () -> {
                            leases.remove(lease.url.url());
                            queues.release(lease.url.key());
                        });
            }
        }
    }

    private long nextRenewal(long now) {
        return now + service.lease().toNanos() / 2;
    }

    private static long nowSeconds() {
        return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    }

    private void put(ServiceUrl url, long fetchableFrom, Runnable acknowledged) {
        puts.put(
                URLItem.newBuilder()
                        .setKnown(
                                KnownURLItem.newBuilder()
                                        .setInfo(url.info(service.crawlId()))
                                        .setRefetchableFromDate(fetchableFrom)),
                status -> acknowledged.run());
    }
}
