package dev.magpie.examples.crawl.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a name once for all who wait for it, checks what comes back, and remembers the address
 * that passed. Look-ups block, so they run on a few threads of its own. Safe for use by many
 * threads.
 */
public final class CheckedResolver implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int MAX_REMEMBERED = 200_000; // some 200 bytes each
    private static final Duration FAILURE_TIME_TO_LIVE = Duration.ofSeconds(30);

    /** What is known of a host; expires once it is done and its time is over. */
    private static final class Entry {

        final CompletableFuture<InetAddress> address = new CompletableFuture<>();

        /** E3: written before the future completes, read after. */
        private long expiry;

        void complete(@Nullable InetAddress found, @Nullable Throwable failure, long liveNanos) {
            expiry = System.nanoTime() + liveNanos;
            if (found == null) {
                address.completeExceptionally(
                        failure == null ? new UnknownHostException() : failure);
            } else {
                address.complete(found);
            }
        }

        boolean isExpired() {
            return address.isDone() && System.nanoTime() - expiry > 0;
        }
    }

    private final Resolver resolver;
    private final AddressPolicy policy;
    private final long liveNanos;
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    /**
     * A resolver that checks.
     *
     * @param resolver finds addresses; never asked about a host that is an address itself
     * @param policy tells which addresses are allowed
     * @param timeToLive how long an address is remembered
     * @throws IllegalArgumentException if the time is negative
     */
    public CheckedResolver(Resolver resolver, AddressPolicy policy, Duration timeToLive) {
        if (timeToLive.isNegative()) {
            throw new IllegalArgumentException("timeToLive must be at least 0, was " + timeToLive);
        }
        this.resolver = resolver;
        this.policy = policy;
        this.liveNanos = timeToLive.toNanos();
        this.threads = lookupThreads();
    }

    private static ThreadPoolExecutor lookupThreads() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            String name = "magpie-resolver-" + count.incrementAndGet();
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * The address to connect to.
     *
     * @param host a name, or an address as it stands in a URL
     * @return completes with the address; exceptionally with an {@link UnknownHostException} if
     *     there is none, and with a {@link RefusedAddressException} if the policy forbids one of
     *     the host's addresses
     */
    public CompletionStage<InetAddress> resolve(String host) {
        Entry known = entries.get(host);
        if (known != null && !known.isExpired()) {
            return known.address;
        }
        Entry fresh = new Entry();
        Entry entry =
                entries.compute(host, (name, old) -> old == null || old.isExpired() ? fresh : old);
        if (entry == fresh) {
            start(host, fresh);
        }
        return entry.address;
    }

    private void start(String host, Entry entry) {
        if (entries.size() > MAX_REMEMBERED) {
            entries.values().removeIf(old -> old.address.isDone());
        }
        if (isLiteral(host)) {
            lookUp(host, entry); // which asks nobody
            return;
        }
        try {
            threads.execute(() -> lookUp(host, entry));
        } catch (RejectedExecutionException ex) {
            entry.complete(null, new UnknownHostException(host + ": resolver is closed"), 0);
        }
    }

    private void lookUp(String host, Entry entry) {
        try {
            InetAddress address =
                    isLiteral(host)
                            ? policy.check(host, List.of(InetAddress.getByName(host)))
                            : policy.check(host, resolver.resolve(host));
            entry.complete(address, null, liveNanos);
        } catch (UnknownHostException | RefusedAddressException | RuntimeException ex) {
            entry.complete(null, ex, Math.min(liveNanos, FAILURE_TIME_TO_LIVE.toNanos()));
        }
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[")
                || host.indexOf(':') >= 0
                || host.chars().allMatch(symbol -> symbol == '.' || Character.isDigit(symbol));
    }

    /**
     * The address that passed, without asking anybody.
     *
     * @param host as it was resolved
     * @return the address, empty if it was not resolved, or is not remembered, or did not pass
     */
    public Optional<InetAddress> remembered(String host) {
        Entry entry = entries.get(host);
        return entry == null || !entry.address.isDone() || entry.address.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(entry.address.join());
    }

    /** Ends its threads; look-ups that have not started fail. Idempotent. */
    @Override
    public void close() {
        threads.shutdownNow();
        for (var entry : entries.entrySet()) {
            if (!entry.getValue().address.isDone()) {
                UnknownHostException closed =
                        new UnknownHostException(entry.getKey() + ": resolver is closed");
                entry.getValue().address.completeExceptionally(closed);
            }
        }
    }
}
