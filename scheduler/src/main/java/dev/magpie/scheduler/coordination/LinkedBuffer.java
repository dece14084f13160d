package dev.magpie.scheduler.coordination;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded queue for many producers and consumers that can be sealed.
 *
 * <p><b>Algorithm.</b> M. Michael and M. Scott, "Simple, Fast, and Practical Non-Blocking and
 * Blocking Concurrent Queue Algorithms", PODC 1996; nodes are fresh, so that there is no ABA. The
 * seal is a last node, to which nothing is appended.
 *
 * <p><b>Edges.</b> C5 and C6 as in {@link Ring}: the compare-and-set that appends a node.
 *
 * <p><b>Progress.</b> Lock-free.
 */
final class LinkedBuffer<T> {

    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Node.class, "next", Node.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** References apart, so that the ends share no cache line. */
    private static final int APART = 32;

    private static final int HEAD = APART;
    private static final int TAIL = 2 * APART;

    private final AtomicReferenceArray<Node<T>> ends = new AtomicReferenceArray<>(3 * APART);

    LinkedBuffer() {
        Node<T> first = new Node<>(null, false);
        ends.set(HEAD, first);
        ends.set(TAIL, first);
    }

    /** An element, once it was the first one: a place before the next. */
    private static final class Node<T> {
        private @Nullable T element; // written before it is appended; cleared by who took it
        private final boolean isSeal;
        private volatile @Nullable Node<T> next; // itself once it is out of the queue

        Node(@Nullable T element, boolean isSeal) {
            this.element = element;
            this.isSeal = isSeal;
        }
    }

    /** Appends an element; false if the queue is sealed. */
    boolean offer(T element) {
        return append(new Node<>(element, false));
    }

    /** Accepts no more elements. */
    void seal() {
        boolean unused = append(new Node<>(null, true)); // false if it was sealed before
    }

    private boolean append(Node<T> node) {
        while (true) {
            Node<T> tail = ends.get(TAIL);
            if (tail.isSeal) {
                return false;
            }
            Node<T> next = tail.next;
            if (next == null) {
                if (NEXT.compareAndSet(tail, null, node)) { // C5, C6
                    boolean unused = ends.compareAndSet(TAIL, tail, node); // else somebody helped
                    return true;
                }
            } else if (next != tail) {
                boolean unused = ends.compareAndSet(TAIL, tail, next);
            }
        }
    }

    /** Takes the oldest element; null if there is none. */
    @Nullable T poll() {
        while (true) {
            Node<T> head = ends.get(HEAD);
            Node<T> tail = ends.get(TAIL);
            Node<T> next = head.next; // C5
            if (next == head) {
                continue; // it was taken meanwhile
            }
            if (next == null || next.isSeal) {
                return null;
            }
            if (head == tail) {
                boolean unused = ends.compareAndSet(TAIL, tail, next); // never behind the head
                continue;
            }
            T element = next.element;
            if (ends.compareAndSet(HEAD, head, next)) {
                next.element = null;
                head.next = head; // old nodes keep no young ones alive
                return element;
            }
        }
    }

    boolean isEmpty() {
        while (true) {
            Node<T> head = ends.get(HEAD);
            Node<T> next = head.next;
            if (next != head) {
                return next == null || next.isSeal;
            }
        }
    }

    /** Counts them one by one; those that come and go meanwhile may be missed. */
    int size() {
        int count = 0;
        Node<T> node = ends.get(HEAD);
        Node<T> next = node.next;
        while (next != null && !next.isSeal && count < Integer.MAX_VALUE) {
            if (next == node) {
                node = ends.get(HEAD); // fell out of the queue
                count = 0;
            } else {
                node = next;
                count++;
            }
            next = node.next;
        }
        return count;
    }
}
