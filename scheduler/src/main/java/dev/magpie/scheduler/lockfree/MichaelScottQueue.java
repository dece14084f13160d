package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.AbstractQueue;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded queue, first in, first out.
 *
 * <p><b>Algorithm.</b> Michael and Scott, "Simple, Fast, and Practical Non-Blocking and Blocking
 * Concurrent Queue Algorithms" (PODC 1996, doi:10.1145/248052.248106). An element is in the queue
 * once its node is linked; whoever finds the tail behind the last node moves it on.
 *
 * <p><b>Threads.</b> All methods may be called by all threads and are linearizable, but for {@link
 * #size} and iteration, which are weakly consistent: they meet what stays in the queue meanwhile
 * once, in order, and what comes or goes perhaps. What a thread did before an offer happens before
 * what follows the poll of that element.
 *
 * <p><b>Invariants.</b> Q1: {@code head} and {@code tail} point at nodes of one list, head not
 * behind tail. Q2: the element of the head's node is gone; those of the nodes behind it are in the
 * queue. Q3: a node's successor is set once.
 *
 * <p><b>Edges.</b> L7 of the package documentation.
 *
 * <p><b>Progress.</b> Lock-free; {@code peek} and {@code isEmpty}, too.
 *
 * <p>Prefer {@code ConcurrentLinkedQueue}, which is this algorithm with fewer writes of head and
 * tail, and can remove from within; {@link MpmcRing} where a bound is known.
 *
 * @param <E> element type
 */
public final class MichaelScottQueue<E> extends AbstractQueue<E> {

    private static final VarHandle HEAD;
    private static final VarHandle TAIL;
    private static final VarHandle NEXT;
    private static final VarHandle ELEMENT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(MichaelScottQueue.class, "head", Node.class);
            TAIL = lookup.findVarHandle(MichaelScottQueue.class, "tail", Node.class);
            NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
            ELEMENT = lookup.findVarHandle(Node.class, "element", Object.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private static final class Node<E> {
        private @Nullable E element; // opaque, but before its publication: L7
        private volatile @Nullable Node<E> next;

        Node(@Nullable E element) {
            this.element = element;
        }

        @SuppressWarnings("unchecked") // the field's own type
        @Nullable E elementOpaque() {
            return (E) ELEMENT.getOpaque(this);
        }

        void clearElementOpaque() {
            ELEMENT.setOpaque(this, null);
        }
    }

    private volatile Node<E> head;
    private volatile Node<E> tail;

    /** Creates an empty queue. */
    public MichaelScottQueue() {
        Node<E> dummy = new Node<>(null);
        head = dummy;
        tail = dummy;
    }

    /**
     * Appends an element. Lock-free.
     *
     * @param element not null
     * @return true
     * @throws NullPointerException if {@code element} is null
     */
    @Override
    public boolean offer(E element) {
        Node<E> node = new Node<>(Objects.requireNonNull(element, "element"));
        while (true) {
            Node<E> last = tail;
            Node<E> next = last.next;
            if (next != null) {
                TAIL.compareAndSet(this, last, next); // helps
            } else if (NEXT.compareAndSet(last, null, node)) { // L7: it is in the queue
                TAIL.compareAndSet(this, last, node); // or somebody has helped
                return true;
            }
        }
    }

    /**
     * Takes the first element. Lock-free.
     *
     * @return the element, or null if the queue is empty
     */
    @Override
    public @Nullable E poll() {
        while (true) {
            Node<E> dummy = head;
            Node<E> last = tail;
            Node<E> first = dummy.next; // L7
            if (first == null) {
                return null;
            }
            if (dummy == last) {
                TAIL.compareAndSet(this, last, first); // Q1: before the head passes it
            }
            E element = first.elementOpaque();
            if (HEAD.compareAndSet(this, dummy, first)) {
                first.clearElementOpaque(); // not kept by the dummy that it now is
                dummy.next = dummy; // nor do old nodes keep new ones
                return element;
            }
        }
    }

    /**
     * The first element, which stays. Lock-free.
     *
     * @return the element, or null if the queue is empty
     */
    @Override
    public @Nullable E peek() {
        while (true) {
            Node<E> dummy = head;
            Node<E> first = dummy.next; // L7
            if (first == null) {
                return null;
            }
            E element = first.elementOpaque();
            if (head == dummy) { // else the element may be gone
                return element;
            }
        }
    }

    /**
     * Whether there is no element. Lock-free.
     *
     * @return whether the queue is empty
     */
    @Override
    public boolean isEmpty() {
        while (true) {
            Node<E> dummy = head;
            Node<E> first = dummy.next;
            if (first != dummy) {
                return first == null;
            }
        }
    }

    /**
     * Counts the elements: takes time in proportion.
     *
     * @return their number, at most {@link Integer#MAX_VALUE}
     */
    @Override
    public int size() {
        int size = 0;
        for (Iterator<E> all = iterator(); all.hasNext() && size < Integer.MAX_VALUE; all.next()) {
            size++;
        }
        return size;
    }

    /** The elements, first first, weakly consistent; removal is not supported. */
    @Override
    public Iterator<E> iterator() {
        return new Elements();
    }

    /** The elements, first first, weakly consistent; how many there will be is not promised. */
    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliterator(
                this, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.CONCURRENT);
    }

    private final class Elements implements Iterator<E> {
        private Node<E> position = head;
        private @Nullable E upcoming;

        Elements() {
            advance();
        }

        private void advance() {
            upcoming = null;
            while (upcoming == null) {
                Node<E> next = position.next;
                if (next == null) {
                    return;
                }
                if (next == position) { // no longer in the queue, nor is what was before it
                    position = head;
                } else {
                    position = next;
                    upcoming = next.elementOpaque(); // null if it was taken
                }
            }
        }

        @Override
        public boolean hasNext() {
            return upcoming != null;
        }

        @Override
        public E next() {
            E element = upcoming;
            if (element == null) {
                throw new NoSuchElementException();
            }
            advance();
            return element;
        }
    }
}
