package dev.magpie.scheduler.lockfree;

import dev.magpie.scheduler.lockfree.SplitOrderedList.Mapping;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A hash map that no call locks, not even while it grows.
 *
 * <p><b>Algorithm.</b> Split-ordered lists, Shalev and Shavit (JACM 53(3), 2006,
 * doi:10.1145/1147954.1147958). The decision of every update is one compare-and-set: of a link for
 * a new key, of the entry's value for all else.
 *
 * <p><b>Threads.</b> All methods may be called by all threads. Those for one key are linearizable.
 * {@code size}, {@code isEmpty}, {@code containsValue}, {@code clear} and iteration are weakly
 * consistent: what stays in the map is met once, what comes or goes meanwhile perhaps. What a
 * thread did before it put a value happens before what follows the reading of that value.
 *
 * <p><b>Progress.</b> Updates are lock-free. {@code get} and {@code containsKey} write nothing, but
 * for a bucket's shortcut at its first use, and never start again. {@code compute}, {@code
 * computeIfAbsent}, {@code computeIfPresent} and {@code merge} are those of {@link ConcurrentMap}:
 * lock-free, but under contention the function may be called again, and several callers may call it
 * for one key, of which one prevails.
 *
 * <p>Prefer {@code ConcurrentHashMap}: it is faster and smaller, and its {@code computeIfAbsent}
 * calls the function once. This one is for threads that may be suspended at any point, with others
 * that must go on, and for functions that use the map itself. A key whose {@code hashCode} is that
 * of many others makes a list of them.
 *
 * @param <K> type of keys; neither keys nor values are null
 * @param <V> type of values
 */
public final class LockFreeMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {

    private static final int FIRST_BUCKETS = 16;

    /** Of streams of the views, which must not count on a number of elements. */
    private static final int UNSIZED = Spliterator.CONCURRENT | Spliterator.NONNULL;

    private final SplitOrderedList<K, V> list;

    /** Creates an empty map. */
    public LockFreeMap() {
        this(FIRST_BUCKETS);
    }

    /** With fewer buckets, so that tests meet growth at once; a power of two. */
    LockFreeMap(int buckets) {
        list = new SplitOrderedList<>(buckets);
    }

    /**
     * The value of a key.
     *
     * @param key not null
     * @return the value, or null if the key is not in the map
     * @throws NullPointerException if {@code key} is null
     */
    @Override
    public @Nullable V get(Object key) {
        Mapping<K, V> entry = find(key);
        return entry == null ? null : entry.value(); // null if it goes at this moment
    }

    private @Nullable Mapping<K, V> find(Object key) {
        Objects.requireNonNull(key, "key");
        return list.find(key, SplitOrderedList.hash(key));
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key) != null;
    }

    /**
     * Sets the value of a key. Lock-free.
     *
     * @param key not null
     * @param value not null
     * @return the value before, or null if the key was not in the map
     * @throws NullPointerException if {@code key} or {@code value} is null
     */
    @Override
    public @Nullable V put(K key, V value) {
        Objects.requireNonNull(value, "value");
        while (true) {
            Mapping<K, V> entry = find(key);
            if (entry == null) {
                entry = list.addIfAbsent(key, value, SplitOrderedList.hash(key));
                if (entry == null) {
                    return null;
                }
            }
            V current = entry.value();
            if (current != null && entry.casValue(current, value)) {
                return current;
            }
        }
    }

    /**
     * Adds a key. Lock-free.
     *
     * @param key not null
     * @param value not null
     * @return the key's value, or null if it was not in the map and was added
     * @throws NullPointerException if {@code key} or {@code value} is null
     */
    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        Objects.requireNonNull(value, "value");
        Mapping<K, V> present = find(key);
        while (true) {
            if (present == null) {
                present = list.addIfAbsent(key, value, SplitOrderedList.hash(key));
                if (present == null) {
                    return null;
                }
            }
            V current = present.value();
            if (current != null) {
                return current;
            }
            present = null; // it has gone meanwhile
        }
    }

    /**
     * Removes a key. Lock-free.
     *
     * @param key not null
     * @return its value, or null if it was not in the map
     * @throws NullPointerException if {@code key} is null
     */
    @Override
    public @Nullable V remove(Object key) {
        Mapping<K, V> entry = find(key);
        return entry == null ? null : exchange(entry, null);
    }

    /** Sets an entry's value, null to remove it; returns the one before, null if it is gone. */
    private @Nullable V exchange(Mapping<K, V> entry, @Nullable V wanted) {
        while (true) {
            V current = entry.value();
            if (current == null) {
                return null;
            }
            if (entry.casValue(current, wanted)) {
                if (wanted == null) {
                    list.remove(entry, SplitOrderedList.hash(entry.key));
                }
                return current;
            }
        }
    }

    @Override
    public boolean remove(Object key, @Nullable Object value) {
        Mapping<K, V> entry = find(key);
        return entry != null && value != null && exchangeIf(entry, value, null);
    }

    private boolean exchangeIf(Mapping<K, V> entry, Object expected, @Nullable V wanted) {
        while (true) {
            V current = entry.value();
            if (current == null || current != expected && !expected.equals(current)) {
                return false; // itself it is, whatever equals says: compute relies on it
            }
            if (entry.casValue(current, wanted)) {
                if (wanted == null) {
                    list.remove(entry, SplitOrderedList.hash(entry.key));
                }
                return true;
            }
        }
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(value, "value");
        Mapping<K, V> entry = find(key);
        return entry != null && exchangeIf(entry, expected, value);
    }

    @Override
    public @Nullable V replace(K key, V value) {
        Objects.requireNonNull(value, "value");
        Mapping<K, V> entry = find(key);
        return entry == null ? null : exchange(entry, value);
    }

    /**
     * Number of keys, as far as calls in progress let it be known.
     *
     * @return at most {@link Integer#MAX_VALUE}
     */
    @Override
    public int size() {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, list.count()));
    }

    @Override
    public boolean isEmpty() {
        return list.next(null) == null;
    }

    @Override
    public void clear() {
        for (Mapping<K, V> entry = list.next(null); entry != null; entry = list.next(entry)) {
            V unused = exchange(entry, null);
        }
    }

    /** The keys: a view, through which they can be removed. */
    @Override
    public Set<K> keySet() {
        return new Keys();
    }

    /**
     * The entries: a view; {@code setValue} sets the value in the map. Its {@code removeIf}, {@code
     * removeAll} and {@code retainAll} keep an entry whose value was changed after they looked at
     * it; an iterator removes the key, whatever its value.
     */
    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries();
    }

    /**
     * The values: a view, through which they can be removed. As that of {@link #entrySet}, its
     * {@code removeIf} removes no value that the predicate has not seen.
     */
    @Override
    public Collection<V> values() {
        return new Values();
    }

    private final class Keys extends AbstractSet<K> {
        @Override
        public Iterator<K> iterator() {
            return new PartIterator<>(Map.Entry::getKey);
        }

        @Override
        public Spliterator<K> spliterator() {
            return Spliterators.spliterator(this, UNSIZED | Spliterator.DISTINCT);
        }

        @Override
        public int size() {
            return LockFreeMap.this.size();
        }

        @Override
        public boolean isEmpty() {
            return LockFreeMap.this.isEmpty();
        }

        @Override
        public boolean contains(Object key) {
            return containsKey(key);
        }

        @Override
        public boolean remove(Object key) {
            return LockFreeMap.this.remove(key) != null;
        }
    }

    private final class Entries extends AbstractSet<Map.Entry<K, V>> {
        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new EntryIterator();
        }

        @Override
        public Spliterator<Map.Entry<K, V>> spliterator() {
            return Spliterators.spliterator(this, UNSIZED | Spliterator.DISTINCT);
        }

        @Override
        public int size() {
            return LockFreeMap.this.size();
        }

        @Override
        public boolean isEmpty() {
            return LockFreeMap.this.isEmpty();
        }

        @Override
        public boolean contains(Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && entry.getValue() != null
                    && entry.getValue().equals(get(entry.getKey()));
        }

        @Override
        public boolean remove(Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && LockFreeMap.this.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public boolean removeIf(Predicate<? super Map.Entry<K, V>> filter) {
            Objects.requireNonNull(filter, "filter");
            return removeEach(filter);
        }

        @Override
        public boolean removeAll(Collection<?> others) {
            return removeIf(others::contains);
        }

        @Override
        public boolean retainAll(Collection<?> others) {
            Objects.requireNonNull(others, "others");
            return removeIf(entry -> !others.contains(entry));
        }
    }

    private final class Values extends AbstractCollection<V> {
        @Override
        public Iterator<V> iterator() {
            return new PartIterator<>(Map.Entry::getValue);
        }

        @Override
        public Spliterator<V> spliterator() {
            return Spliterators.spliterator(this, UNSIZED);
        }

        @Override
        public int size() {
            return LockFreeMap.this.size();
        }

        @Override
        public boolean isEmpty() {
            return LockFreeMap.this.isEmpty();
        }

        @Override
        public boolean remove(Object value) {
            for (Map.Entry<K, V> entry : entrySet()) {
                if (entry.getValue().equals(value) && entrySet().remove(entry)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean removeIf(Predicate<? super V> filter) {
            Objects.requireNonNull(filter, "filter");
            return removeEach(entry -> filter.test(entry.getValue()));
        }

        @Override
        public boolean removeAll(Collection<?> others) {
            return removeIf(others::contains);
        }

        @Override
        public boolean retainAll(Collection<?> others) {
            Objects.requireNonNull(others, "others");
            return removeIf(value -> !others.contains(value));
        }
    }

    /** Removes entries whose value is still the one that the predicate has seen. */
    private boolean removeEach(Predicate<? super Map.Entry<K, V>> filter) {
        boolean removed = false;
        for (Map.Entry<K, V> entry : entrySet()) {
            Map.Entry<K, V> seen = Map.entry(entry.getKey(), entry.getValue());
            removed |= filter.test(seen) && remove(seen.getKey(), seen.getValue());
        }
        return removed;
    }

    /** Holds the value that it saw, so that what hasNext has promised is there. */
    private final class EntryIterator implements Iterator<Map.Entry<K, V>> {
        private @Nullable Mapping<K, V> position;
        private @Nullable V upcoming;
        private @Nullable K last;

        EntryIterator() {
            advance();
        }

        private void advance() {
            do {
                position = list.next(position);
                upcoming = position == null ? null : position.value();
            } while (position != null && upcoming == null);
        }

        @Override
        public boolean hasNext() {
            return position != null;
        }

        @Override
        public Map.Entry<K, V> next() {
            Mapping<K, V> current = position;
            V value = upcoming;
            if (current == null || value == null) {
                throw new NoSuchElementException();
            }
            last = current.key;
            advance();
            return new View(current.key, value);
        }

        @Override
        public void remove() {
            K key = last;
            if (key == null) {
                throw new IllegalStateException("next was not called");
            }
            last = null;
            V unused = LockFreeMap.this.remove(key);
        }
    }

    /** Of the keys or the values. */
    private final class PartIterator<P> implements Iterator<P> {
        private final Iterator<Map.Entry<K, V>> entries = new EntryIterator();
        private final Function<Map.Entry<K, V>, P> part;

        PartIterator(Function<Map.Entry<K, V>, P> part) {
            this.part = part;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public P next() {
            return part.apply(entries.next());
        }

        @Override
        public void remove() {
            entries.remove();
        }
    }

    private final class View extends SimpleEntry<K, V> {
        private static final long serialVersionUID = 1;

        View(K key, V value) {
            super(key, value);
        }

        @Override
        public V setValue(V value) {
            Objects.requireNonNull(value, "value");
            V unused = put(getKey(), value);
            return super.setValue(value);
        }
    }
}
