package dev.magpie.scheduler.lockfree;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Spliterator;

/**
 * A set of any elements, hashed: the keys of a {@link LockFreeMap}, whose algorithm, consistency
 * and progress it shares. {@code add}, {@code remove} and {@code contains} are linearizable.
 *
 * <p>Prefer {@code ConcurrentHashMap.newKeySet()} for speed, {@link FingerprintSet} where nothing
 * is removed and memory counts.
 *
 * @param <E> element type
 */
public final class LockFreeSet<E> extends AbstractSet<E> {

    private final LockFreeMap<E, Boolean> map;

    /** Creates an empty set. */
    public LockFreeSet() {
        map = new LockFreeMap<>();
    }

    /**
     * Adds an element. Lock-free.
     *
     * @param element not null
     * @return whether no equal one was in the set
     * @throws NullPointerException if {@code element} is null
     */
    @Override
    public boolean add(E element) {
        return map.putIfAbsent(element, Boolean.TRUE) == null;
    }

    /**
     * Removes an element. Lock-free.
     *
     * @param element not null
     * @return whether an equal one was in the set, and this call removed it
     * @throws NullPointerException if {@code element} is null
     */
    @Override
    public boolean remove(Object element) {
        return map.remove(element) != null;
    }

    /**
     * Looks for an element.
     *
     * @param element not null
     * @return whether an equal one is in the set
     * @throws NullPointerException if {@code element} is null
     */
    @Override
    public boolean contains(Object element) {
        return map.containsKey(element);
    }

    /** The elements, weakly consistent; removal takes out an equal element. */
    @Override
    public Iterator<E> iterator() {
        return map.keySet().iterator();
    }

    /** The elements, weakly consistent; how many there will be is not promised. */
    @Override
    public Spliterator<E> spliterator() {
        return map.keySet().spliterator();
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    @Override
    public void clear() {
        map.clear();
    }
}
