package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One list of all entries of a hash map, in the order of their hashes' reversed bits, and shortcuts
 * into it. When the number of buckets doubles, each bucket is cut in two by one new shortcut;
 * nothing moves.
 *
 * <p><b>Algorithm.</b> Shalev and Shavit, "Split-Ordered Lists: Lock-Free Extensible Hash Tables"
 * (JACM 53(3), 2006, doi:10.1145/1147954.1147958), over the list of Harris and Michael.
 *
 * <p><b>Invariants.</b> M1 and M2 of the nodes. O1: the orders of reachable nodes never decrease,
 * and of the entries with one key at most one is reachable. O2: an entry is in the map while its
 * value is not null; once null it stays null, and only then is its link frozen. O3: a bucket's
 * shortcut, once there, is reachable for ever.
 *
 * <p><b>Edges.</b> L10 and L11 of the package documentation.
 */
final class SplitOrderedList<K, V> {

    /** A shortcut's order is even, an entry's odd. */
    private static class Node extends MarkableNode {
        final long order;

        Node(long order) {
            super(null);
            this.order = order;
        }

        boolean isEntry() {
            return (order & 1) != 0;
        }
    }

    /** A key and its value; null when it is gone. */
    static final class Mapping<K, V> extends Node {
        final K key;
        private volatile @Nullable V value;

        Mapping(K key, V value, long order) {
            super(order);
            this.key = key;
            this.value = value;
        }

        @Nullable V value() {
            return value; // L11
        }

        boolean casValue(V expected, @Nullable V wanted) {
            return VALUE.compareAndSet(this, expected, wanted); // L11
        }
    }

    private static final VarHandle VALUE;
    private static final VarHandle BUCKETS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            VALUE = lookup.findVarHandle(Mapping.class, "value", Object.class);
            BUCKETS = lookup.findVarHandle(SplitOrderedList.class, "buckets", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private static final int MAX_BUCKETS = 1 << 30;

    /** Chunk {@code i} holds the shortcuts of buckets 2^(i-1) to 2^i - 1. */
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Node>> chunks =
            new AtomicReferenceArray<>(31);

    private final Node first = new Node(0);
    private final LongAdder count = new LongAdder();
    private volatile int buckets;

    SplitOrderedList(int buckets) {
        this.buckets = buckets;
        AtomicReferenceArray<@Nullable Node> chunk = new AtomicReferenceArray<>(1);
        chunk.set(0, first);
        chunks.set(0, chunk);
    }

    static int hash(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    private static boolean isSame(Object mine, Object key) {
        return mine == key || mine.equals(key);
    }

    long count() {
        return count.sum();
    }

    /** The key's entry, dead ones passed over; writes nothing but a missing shortcut. */
    @Nullable Mapping<K, V> find(Object key, int hash) {
        long order = entryOrder(hash);
        Node current = target(shortcut(hash).link());
        while (current != null && current.order <= order) {
            if (current.order == order) {
                Mapping<K, V> entry = mapping(current);
                if (entry.value != null && isSame(entry.key, key)) { // L11
                    return entry;
                }
            }
            current = target(current.link()); // L10
        }
        return null;
    }

    /** Adds an entry, or returns the one that has the key. */
    @Nullable Mapping<K, V> addIfAbsent(K key, V value, int hash) {
        Mapping<K, V> mine = new Mapping<>(key, value, entryOrder(hash));
        Node start = shortcut(hash);
        while (true) {
            Node before = start;
            MarkableNode current = before.link(); // O3: no marker
            boolean passed = true;
            int steps = 0;
            while (passed && current != null && ((Node) current).order <= mine.order) {
                MarkableNode link = current.link();
                if (isDead((Node) current, link)) {
                    passed = unlink(before, (Node) current);
                    current = before.link();
                    passed &= !MarkableNode.isMarker(current);
                    continue;
                }
                if (((Node) current).order == mine.order
                        && isSame(mapping((Node) current).key, key)) {
                    return mapping((Node) current);
                }
                before = (Node) current;
                current = link;
                steps++;
            }
            if (passed) {
                mine.setLinkPlain(current);
                if (before.casLink(current, mine)) { // L10: at the end of those with this order
                    count.increment();
                    if (steps > 1) { // only then: the sum takes a walk over the counter's cells
                        growIfFull();
                    }
                    return null;
                }
            }
        }
    }

    /** Takes an entry out whose value this caller has set to null. */
    void remove(Mapping<K, V> entry, int hash) {
        count.decrement();
        boolean unused = entry.freeze();
        Node before = shortcut(hash);
        while (true) {
            MarkableNode current = before.link();
            if (MarkableNode.isMarker(current)) {
                before = shortcut(hash); // starts again
            } else if (current == null || ((Node) current).order > entry.order) {
                return; // somebody has helped
            } else if (isDead((Node) current, current.link())) {
                if (!unlink(before, (Node) current)) {
                    before = shortcut(hash);
                }
            } else {
                before = (Node) current;
            }
        }
    }

    private static boolean isDead(Node node, @Nullable MarkableNode link) {
        return MarkableNode.isMarker(link)
                || node.isEntry() && ((Mapping<?, ?>) node).value == null; // O2
    }

    private static boolean unlink(Node before, Node dead) {
        boolean unused = dead.freeze(); // O2
        return before.casLink(dead, MarkableNode.target(dead.link()));
    }

    private void growIfFull() {
        int current = buckets;
        if (current < MAX_BUCKETS && count.sum() > current - (current >> 2)) {
            BUCKETS.compareAndSet(this, current, 2 * current);
        }
    }

    /** The entry after a node, alive when looked at; null for the first one. */
    @Nullable Mapping<K, V> next(@Nullable Mapping<K, V> position) {
        Node current = target((position == null ? first : position).link());
        while (current != null) {
            if (current.isEntry() && SplitOrderedList.<K, V>mapping(current).value != null) {
                return mapping(current);
            }
            current = target(current.link());
        }
        return null;
    }

    // ---- shortcuts

    private Node shortcut(int hash) {
        int bucket = hash & (buckets - 1);
        Node node = chunk(bucket).get(slot(bucket)); // L10
        return node == null ? makeShortcut(bucket) : node;
    }

    private Node makeShortcut(int bucket) {
        int parent = bucket & ~Integer.highestOneBit(bucket);
        Node above = chunk(parent).get(slot(parent));
        Node start = above == null ? makeShortcut(parent) : above; // 30 deep at most
        Node mine = new Node(shortcutOrder(bucket));
        Node winner = addShortcut(start, mine);
        chunk(bucket).set(slot(bucket), winner); // L10; others set the same
        return winner;
    }

    private static Node addShortcut(Node start, Node mine) {
        while (true) {
            Node before = start;
            MarkableNode current = before.link();
            boolean passed = true;
            while (passed && current != null && ((Node) current).order < mine.order) {
                MarkableNode link = current.link();
                if (isDead((Node) current, link)) {
                    passed = unlink(before, (Node) current);
                    current = before.link();
                    passed &= !MarkableNode.isMarker(current);
                } else {
                    before = (Node) current;
                    current = link;
                }
            }
            if (passed) {
                if (current != null && ((Node) current).order == mine.order) {
                    return (Node) current;
                }
                mine.setLinkPlain(current);
                if (before.casLink(current, mine)) {
                    return mine;
                }
            }
        }
    }

    private AtomicReferenceArray<@Nullable Node> chunk(int bucket) {
        int number = Integer.SIZE - Integer.numberOfLeadingZeros(bucket);
        AtomicReferenceArray<@Nullable Node> chunk = chunks.get(number);
        if (chunk == null) {
            chunk = new AtomicReferenceArray<>(1 << (number - 1));
            AtomicReferenceArray<@Nullable Node> other =
                    chunks.compareAndExchange(number, null, chunk);
            return other == null ? chunk : other;
        }
        return chunk;
    }

    private static int slot(int bucket) {
        return bucket & ~Integer.highestOneBit(bucket);
    }

    private static long entryOrder(int hash) {
        return (Integer.reverse(hash) & 0xFFFFFFFFL) << 1 | 1;
    }

    private static long shortcutOrder(int bucket) {
        return (Integer.reverse(bucket) & 0xFFFFFFFFL) << 1;
    }

    private static @Nullable Node target(@Nullable MarkableNode link) {
        return (Node) MarkableNode.target(link);
    }

    @SuppressWarnings("unchecked") // a node of odd order
    private static <K, V> Mapping<K, V> mapping(Node node) {
        return (Mapping<K, V>) node;
    }
}
