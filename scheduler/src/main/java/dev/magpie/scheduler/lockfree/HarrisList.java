package dev.magpie.scheduler.lockfree;

import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import org.jspecify.annotations.Nullable;

/**
 * A sorted set, as a linked list.
 *
 * <p><b>Algorithm.</b> Harris, "A Pragmatic Implementation of Non-blocking Linked-Lists" (DISC
 * 2001, doi:10.1007/3-540-45414-4_21), with Michael's search (SPAA 2002): an element is gone once
 * its node's link is frozen; whoever adds or removes and passes by unlinks the node.
 *
 * <p><b>Threads.</b> All methods may be called by all threads. {@code add}, {@code remove}, {@code
 * contains}, {@code isEmpty} and {@link #first} are linearizable. {@link #pollFirst} is not, for
 * want of one step that both takes an element and sees that no smaller one was added meanwhile.
 * Size and iteration are weakly consistent: what stays in the set is met once, in order. What a
 * thread did before it added an element happens before what follows its finding or removal.
 *
 * <p><b>Invariants.</b> M1 and M2 of the nodes. H1: the elements of reachable nodes increase
 * strictly. H2: a node is in the set if it is reachable and its link is not frozen.
 *
 * <p><b>Edges.</b> L10 of the package documentation.
 *
 * <p><b>Progress.</b> {@code add}, {@code remove}, {@code first}, {@code isEmpty} and {@code
 * pollFirst} are lock-free; {@code contains} and iteration write nothing and never start again:
 * wait-free while the elements before the wanted one are finitely many.
 *
 * <p>Every call walks through the smaller elements: for some hundred of them. Prefer {@code
 * ConcurrentSkipListSet} for more, {@link LockFreeSet} where order does not matter.
 *
 * @param <E> element type
 */
public final class HarrisList<E> extends AbstractSet<E> {

    private static final class Head extends MarkableNode {
        Head() {
            super(null);
        }
    }

    private static final class Node<E> extends MarkableNode {
        private final E element;

        Node(E element, @Nullable MarkableNode next) {
            super(next);
            this.element = element;
        }
    }

    /** Two neighbours: what is smaller, and the first that is not. */
    private static final class Window<E> {
        private final MarkableNode before;
        private final @Nullable Node<E> found;

        Window(MarkableNode before, @Nullable Node<E> found) {
            this.before = before;
            this.found = found;
        }
    }

    private final MarkableNode head = new Head();
    private final Comparator<? super E> order;

    /**
     * Creates an empty set of elements in their natural order.
     *
     * @param <E> element type
     * @return the set
     */
    public static <E extends Comparable<? super E>> HarrisList<E> naturalOrder() {
        return new HarrisList<>(Comparator.<E>naturalOrder());
    }

    /**
     * Creates an empty set.
     *
     * @param order consistent with {@code equals}, if the set is to obey the contract of {@code
     *     Set}; what it throws is passed on by the calls that compare, and nothing has changed then
     */
    public HarrisList(Comparator<? super E> order) {
        this.order = Objects.requireNonNull(order, "order");
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
        Objects.requireNonNull(element, "element");
        while (true) {
            Window<E> window = search(element);
            if (isMatch(window.found, element)) {
                return false;
            }
            if (window.before.casLink(window.found, new Node<>(element, window.found))) { // L10
                return true;
            }
        }
    }

    /**
     * Removes an element. Lock-free.
     *
     * @param element of the set's type
     * @return whether an equal one was in the set, and this call removed it
     * @throws NullPointerException if {@code element} is null
     * @throws ClassCastException if it cannot be compared
     */
    @Override
    @SuppressWarnings("unchecked") // as in all sorted sets
    public boolean remove(@Nullable Object element) {
        E wanted = (E) Objects.requireNonNull(element, "element");
        while (true) {
            Window<E> window = search(wanted);
            Node<E> found = window.found;
            if (found == null || !isMatch(found, wanted)) {
                return false;
            }
            if (found.freeze()) { // L10: gone
                unlink(window.before, found, wanted);
                return true;
            }
        }
    }

    private void unlink(MarkableNode before, Node<E> node, E element) {
        if (!before.casLink(node, MarkableNode.target(node.link()))) {
            Window<E> unused = search(element); // which unlinks it
        }
    }

    /**
     * Looks for an element. Wait-free.
     *
     * @param element of the set's type
     * @return whether an equal one is in the set
     * @throws NullPointerException if {@code element} is null
     * @throws ClassCastException if it cannot be compared
     */
    @Override
    @SuppressWarnings("unchecked") // as in all sorted sets
    public boolean contains(@Nullable Object element) {
        E wanted = (E) Objects.requireNonNull(element, "element");
        MarkableNode current = MarkableNode.target(head.link());
        while (current != null) {
            MarkableNode link = current.link(); // L10
            int compared = order.compare(((Node<E>) current).element, wanted);
            if (compared >= 0) {
                return compared == 0 && !MarkableNode.isMarker(link);
            }
            current = MarkableNode.target(link);
        }
        return false;
    }

    /**
     * The smallest element. Lock-free.
     *
     * @return the element, or null if the set is empty
     */
    public @Nullable E first() {
        Node<E> node = firstNode();
        return node == null ? null : node.element;
    }

    /**
     * The first node; it was in the set when the head's link was read. Who went on behind one that
     * is frozen might miss what was added before that.
     */
    @SuppressWarnings("unchecked") // behind the head there are only such nodes
    private @Nullable Node<E> firstNode() {
        while (true) {
            Node<E> node = (Node<E>) MarkableNode.target(head.link());
            if (node == null || !MarkableNode.isMarker(node.link())) {
                return node;
            }
            unlink(head, node, node.element);
        }
    }

    /**
     * Takes an element that was the smallest at some time during the call; no other call takes it.
     * A smaller one may have been added before it was taken. Lock-free.
     *
     * @return the element, or null if the set was empty at some time during the call
     */
    public @Nullable E pollFirst() {
        while (true) {
            Node<E> node = firstNode();
            if (node == null) {
                return null;
            }
            if (node.freeze()) {
                unlink(head, node, node.element);
                return node.element;
            }
        }
    }

    /** Whether there is no element. Lock-free. */
    @Override
    public boolean isEmpty() {
        return first() == null;
    }

    /** Counts the elements: takes time in proportion. */
    @Override
    public int size() {
        int size = 0;
        for (Iterator<E> all = iterator(); all.hasNext() && size < Integer.MAX_VALUE; all.next()) {
            size++;
        }
        return size;
    }

    /** The elements in order, weakly consistent; removal takes out an equal element. */
    @Override
    public Iterator<E> iterator() {
        return new Elements();
    }

    /** The elements in order, weakly consistent; how many there will be is not promised. */
    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliterator(
                this,
                Spliterator.ORDERED
                        | Spliterator.DISTINCT
                        | Spliterator.NONNULL
                        | Spliterator.CONCURRENT);
    }

    @SuppressWarnings("unchecked") // behind the head there are only such nodes
    private Window<E> search(E element) {
        while (true) {
            MarkableNode before = head;
            MarkableNode current = before.link(); // M2: no marker
            boolean passed = true;
            while (passed && current != null) {
                MarkableNode link = current.link();
                if (MarkableNode.isMarker(link)) { // helps
                    MarkableNode successor = MarkableNode.target(link);
                    passed = before.casLink(current, successor);
                    current = successor;
                } else if (order.compare(((Node<E>) current).element, element) >= 0) {
                    return new Window<>(before, (Node<E>) current);
                } else {
                    before = current;
                    current = link;
                }
            }
            if (passed) {
                return new Window<>(before, null);
            }
        }
    }

    private boolean isMatch(@Nullable Node<E> node, E element) {
        return node != null && order.compare(node.element, element) == 0;
    }

    @SuppressWarnings("unchecked") // behind the head there are only such nodes
    private @Nullable Node<E> firstLive(@Nullable MarkableNode link) {
        MarkableNode current = MarkableNode.target(link);
        while (current != null) {
            MarkableNode next = current.link();
            if (!MarkableNode.isMarker(next)) {
                return (Node<E>) current;
            }
            current = MarkableNode.target(next);
        }
        return null;
    }

    private final class Elements implements Iterator<E> {
        private @Nullable Node<E> upcoming = firstLive(head.link());
        private @Nullable Node<E> last;

        @Override
        public boolean hasNext() {
            return upcoming != null;
        }

        @Override
        public E next() {
            Node<E> current = upcoming;
            if (current == null) {
                throw new NoSuchElementException();
            }
            last = current;
            upcoming = firstLive(current.link());
            return current.element;
        }

        @Override
        public void remove() {
            Node<E> current = last;
            if (current == null) {
                throw new IllegalStateException("next was not called");
            }
            last = null;
            boolean unused = HarrisList.this.remove(current.element);
        }
    }
}
