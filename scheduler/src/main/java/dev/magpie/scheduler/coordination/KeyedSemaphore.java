package dev.magpie.scheduler.coordination;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A family of {@link AsyncSemaphore}s, one for each key, each with the same number of permits:
 * connections per host, say. A key takes room only while one of its permits is taken or awaited.
 *
 * <p>Fairness, futures and memory are those of {@link AsyncSemaphore}; keys do not influence one
 * another.
 *
 * <p><b>Threads.</b> Any. Finding the semaphore of a key costs a look-up in a {@link
 * ConcurrentHashMap}, and an insertion, which may wait for another one for a few instructions, if
 * the key was idle. Keys are compared by {@code equals}.
 *
 * @param <K> the keys' type
 */
public final class KeyedSemaphore<K> {

    private final ConcurrentHashMap<K, Entry> entries = new ConcurrentHashMap<>();
    private final int permits;
    private final @Nullable Executor executor;

    /**
     * A family whose futures run on the scheduler whose worker asked, or the common one.
     *
     * @param permits how many a key has, 1 or more
     * @throws IllegalArgumentException if {@code permits} is less than 1
     */
    public KeyedSemaphore(int permits) {
        this(null, permits);
    }

    /**
     * A family.
     *
     * @param permits how many a key has, 1 or more
     * @param executor where the stages run that depend on futures
     * @throws IllegalArgumentException if {@code permits} is less than 1
     */
    public KeyedSemaphore(int permits, Executor executor) {
        this(Objects.requireNonNull(executor, "executor"), permits);
    }

    private KeyedSemaphore(@Nullable Executor executor, int permits) {
        Arguments.requireBetween("permits", permits, 1, Integer.MAX_VALUE);
        this.permits = permits;
        this.executor = executor;
    }

    /** The semaphore of a key that is in use. */
    private static final class Entry {
        private static final int RETIRED = -1;

        private final AsyncSemaphore semaphore;

        /** One for each permit that is taken or awaited; RETIRED once it was 0. */
        private final AtomicInteger users = new AtomicInteger(1);

        Entry(AsyncSemaphore semaphore) {
            this.semaphore = semaphore;
        }

        /** Returns false if it is out of the map, or about to be. */
        boolean tryEnter() {
            while (true) {
                int current = users.get();
                if (current == RETIRED) {
                    return false;
                }
                if (users.compareAndSet(current, current + 1)) {
                    return true;
                }
            }
        }

        /** Returns whether the last user left: the caller takes it out of the map. */
        boolean leave() {
            return users.decrementAndGet() == 0 && users.compareAndSet(0, RETIRED);
        }
    }

    private Entry enter(K key) {
        Headroom.ensureForChange(); // until it has left, too
        while (true) {
            Entry found = entries.get(key);
            if (found == null) {
                Entry fresh = new Entry(newSemaphore());
                found = entries.putIfAbsent(key, fresh);
                if (found == null) {
                    return fresh;
                }
            }
            if (found.tryEnter()) {
                return found;
            }
            boolean unused = entries.remove(key, found); // helps who retired it
        }
    }

    private AsyncSemaphore newSemaphore() {
        return executor == null
                ? new AsyncSemaphore(permits)
                : new AsyncSemaphore(permits, executor);
    }

    private void leave(K key, Entry entry) {
        if (entry.leave()) {
            boolean unused = entries.remove(key, entry); // somebody may have helped
        }
    }

    // ---- acquiring

    /**
     * Takes a permit of a key if one is free and nobody is queued for it.
     *
     * @param key whose
     * @return whether it did
     */
    public boolean tryAcquire(K key) {
        Entry entry = enter(key);
        boolean acquired = entry.semaphore.tryAcquire();
        if (!acquired) {
            leave(key, entry);
        }
        return acquired;
    }

    /**
     * Takes a permit of a key, and waits for it if need be.
     *
     * @param key whose
     * @throws InterruptedException if the thread was interrupted before or meanwhile; it has no
     *     permit then
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public void acquire(K key) throws InterruptedException {
        Entry entry = enter(key);
        boolean acquired = false;
        try {
            entry.semaphore.acquire();
            acquired = true;
        } finally {
            if (!acquired) {
                leave(key, entry);
            }
        }
    }

    /**
     * Takes a permit of a key, and waits for it for a limited time.
     *
     * @param key whose
     * @param timeout the longest wait; does not wait if it is not positive
     * @param unit its unit
     * @return whether it did
     * @throws InterruptedException if the thread was interrupted before or meanwhile; it has no
     *     permit then
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public boolean tryAcquire(K key, long timeout, TimeUnit unit) throws InterruptedException {
        Entry entry = enter(key);
        boolean acquired = false;
        try {
            acquired = entry.semaphore.tryAcquire(timeout, unit);
            return acquired;
        } finally {
            if (!acquired) {
                leave(key, entry);
            }
        }
    }

    /**
     * Takes a permit of a key when one is free.
     *
     * @param key whose
     * @return a future that completes with null when the permit is taken; who cancels it gives it
     *     up
     */
    public CompletableFuture<@Nullable Void> acquireAsync(K key) {
        Entry entry = enter(key);
        boolean requested = false;
        try {
            CompletableFuture<@Nullable Void> request =
                    entry.semaphore.acquireAsync(1, () -> leave(key, entry));
            requested = true;
            return request;
        } finally {
            if (!requested) { // for want of stack
                leave(key, entry);
            }
        }
    }

    // ---- releasing and looking

    /**
     * Gives a permit of a key back; by any thread.
     *
     * @param key whose
     * @throws IllegalStateException if no permit of the key is taken
     */
    public void release(K key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalStateException("key must have a permit taken, was " + key);
        }
        Headroom.ensureForChange();
        entry.semaphore.release();
        leave(key, entry);
    }

    /**
     * How many permits of a key are free.
     *
     * @param key whose
     * @return the number of a moment ago
     */
    public int availablePermits(K key) {
        Entry entry = entries.get(key);
        return entry == null ? permits : entry.semaphore.availablePermits();
    }

    /**
     * How many keys have a permit that is taken or awaited.
     *
     * @return the number of a moment ago
     */
    public int activeKeys() {
        return entries.size();
    }

    @Override
    public String toString() {
        return "KeyedSemaphore[permits=" + permits + ", activeKeys=" + activeKeys() + "]";
    }
}
