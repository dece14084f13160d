package dev.magpie.scheduler.coordination;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map whose values are computed when they are first asked for: a {@link Lazy} for each key.
 * Unlike with {@link ConcurrentHashMap#computeIfAbsent} no lock of the map is held while the
 * initialiser runs, so that it may wait, and may ask for other keys.
 *
 * <p>A value stays until it is removed; a cache that evicts is better served by a library. A key
 * whose initialiser failed is forgotten before the failure is thrown, unless failures are kept.
 * What {@link Lazy} says of recursion, waiting and memory holds for each key.
 *
 * <p><b>Threads.</b> Any. {@code get} of a value that is there costs a look-up in a {@code
 * ConcurrentHashMap}.
 *
 * @param <K> the keys' type
 * @param <V> the values' type; null is no value
 */
public final class LazyMap<K, V> {

    private final ConcurrentHashMap<K, Lazy<V>> entries = new ConcurrentHashMap<>();
    private final Function<? super K, ? extends V> initialiser;
    private final boolean keepsFailures;

    private LazyMap(Function<? super K, ? extends V> initialiser, boolean keepsFailures) {
        this.initialiser = Objects.requireNonNull(initialiser, "initialiser");
        this.keepsFailures = keepsFailures;
    }

    /**
     * A map whose initialiser is run again for a key for which it failed.
     *
     * @param initialiser computes the value of a key, which must not be null
     * @param <K> the keys' type
     * @param <V> the values' type
     * @return a new map
     */
    public static <K, V> LazyMap<K, V> of(Function<? super K, ? extends V> initialiser) {
        return new LazyMap<>(initialiser, false);
    }

    /**
     * A map whose initialiser is run once for each key: if it fails, all callers get that failure,
     * until the key is removed.
     *
     * @param initialiser computes the value of a key, which must not be null
     * @param <K> the keys' type
     * @param <V> the values' type
     * @return a new map
     */
    public static <K, V> LazyMap<K, V> keepingFailures(
            Function<? super K, ? extends V> initialiser) {
        return new LazyMap<>(initialiser, true);
    }

    private Lazy<V> entry(K key) {
        Lazy<V> found = entries.get(key);
        if (found != null) {
            return found;
        }
        Lazy<V> fresh = newEntry(key);
        Lazy<V> winner = entries.putIfAbsent(key, fresh);
        return winner == null ? fresh : winner;
    }

    /** One for a single attempt: it leaves the map before anybody hears of its failure. */
    private Lazy<V> newEntry(K key) {
        return new Lazy<>(
                () -> initialiser.apply(key),
                true,
                failed -> {
                    if (!keepsFailures) {
                        boolean unused = entries.remove(key, failed);
                    }
                });
    }

    // ---- getting

    /**
     * The value of a key, if it is there already.
     *
     * @param key whose
     * @return the value, or null
     */
    public @Nullable V getIfPresent(K key) {
        Lazy<V> found = entries.get(key);
        return found == null ? null : found.getIfPresent();
    }

    /**
     * The value of a key. Runs the initialiser if nobody has; waits if somebody does.
     *
     * @param key whose
     * @return the value
     * @throws IllegalStateException if the initialiser asks for the value that it computes
     * @throws NullPointerException if the initialiser returned null
     * @throws RuntimeException what the initialiser threw
     */
    public V get(K key) {
        return entry(key).get();
    }

    /**
     * The value of a key, waited for during a limited time. If nobody computes it yet the caller
     * does, however long that takes.
     *
     * @param key whose
     * @param timeout the longest wait for another caller; does not wait if it is not positive
     * @param unit its unit
     * @return the value
     * @throws TimeoutException if another caller did not come to an end in that time
     * @throws InterruptedException if the thread was interrupted while it waited
     * @throws IllegalStateException if the initialiser asks for the value that it computes
     * @throws NullPointerException if the initialiser returned null
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     * @throws RuntimeException what the initialiser threw
     */
    public V get(K key, long timeout, TimeUnit unit) throws InterruptedException, TimeoutException {
        return entry(key).get(timeout, unit);
    }

    /**
     * The value of a key, in a future. However many ask, the initialiser runs once, and no thread
     * waits. If the executor accepts the initialiser and never runs it, the value never comes,
     * neither to this caller nor to any other, unless the key is removed.
     *
     * @param key whose
     * @param executor runs the initialiser, unless somebody does already
     * @return a future that completes with the value or the initialiser's failure; to complete or
     *     cancel it from outside has no effect on others, and leaves nothing behind
     * @throws java.util.concurrent.RejectedExecutionException if the executor rejects it
     */
    public CompletableFuture<V> getAsync(K key, Executor executor) {
        return entry(key).getAsync(executor);
    }

    // ---- the map

    /**
     * Forgets a key. Who waits for its value still gets it; who asks afterwards computes it anew.
     *
     * @param key which
     * @return whether it was there
     */
    public boolean remove(K key) {
        return entries.remove(key) != null;
    }

    /** Forgets all keys, as {@link #remove} does. */
    public void clear() {
        entries.clear();
    }

    /**
     * How many keys there are, those aside that come and go meanwhile.
     *
     * @return the number, with those whose value is being computed
     */
    public int size() {
        return entries.size();
    }

    @Override
    public String toString() {
        return "LazyMap[size=" + size() + "]";
    }
}
