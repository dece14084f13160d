package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded stack.
 *
 * <p><b>Algorithm.</b> Treiber, "Systems Programming: Coping with Parallelism" (IBM RJ 5118, 1986).
 * Each push makes a new node, and the collector does not reuse a node that somebody still looks at:
 * there is no ABA. {@link PooledStack} and {@link HazardStack} show what it takes without that.
 *
 * <p><b>Threads.</b> All methods may be called by all threads and are linearizable, but for {@link
 * #size} and iteration. What a thread did before a push happens before what follows the poll of
 * that element.
 *
 * <p><b>Edges.</b> L4 of the package documentation.
 *
 * <p><b>Progress.</b> Lock-free; {@code peek} and {@code isEmpty} wait-free.
 *
 * <p>All threads meet at one word. Prefer {@code ConcurrentLinkedDeque} where both ends are needed
 * or elements are removed from within, a deque for each thread where order does not matter.
 *
 * @param <E> element type
 */
public final class TreiberStack<E> implements Iterable<E> {

    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(TreiberStack.class, "top", Node.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private volatile @Nullable Node<E> top;

    /** Creates an empty stack. */
    public TreiberStack() {}

    private static final class Node<E> {
        private final E element;
        private @Nullable Node<E> below; // written before the push that publishes it: L4

        Node(E element) {
            this.element = element;
        }
    }

    /**
     * Puts an element on the top. Lock-free.
     *
     * @param element not null
     * @throws NullPointerException if {@code element} is null
     */
    public void push(E element) {
        Node<E> node = new Node<>(Objects.requireNonNull(element, "element"));
        while (true) {
            Node<E> current = top;
            node.below = current;
            if (casTop(current, node)) { // L4
                return;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Takes the top element. Lock-free.
     *
     * @return the element, or null if the stack is empty
     */
    public @Nullable E poll() {
        while (true) {
            Node<E> current = top; // L4
            if (current == null) {
                return null;
            }
            if (casTop(current, current.below)) {
                return current.element;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Takes the top element. Lock-free.
     *
     * @return the element
     * @throws NoSuchElementException if the stack is empty
     */
    public E pop() {
        E element = poll();
        if (element == null) {
            throw new NoSuchElementException("the stack is empty");
        }
        return element;
    }

    /**
     * The top element, which stays. Wait-free.
     *
     * @return the element, or null if the stack is empty
     */
    public @Nullable E peek() {
        Node<E> current = top; // L4
        return current == null ? null : current.element;
    }

    /**
     * Whether there is no element. Wait-free.
     *
     * @return whether the stack is empty
     */
    public boolean isEmpty() {
        return top == null;
    }

    /** Removes all elements at once. Wait-free. */
    public void clear() {
        top = null;
    }

    /**
     * Counts the elements: takes time in proportion, and is of one moment, as all iterations here.
     *
     * @return their number
     */
    public int size() {
        int size = 0;
        for (Iterator<E> elements = iterator(); elements.hasNext(); elements.next()) {
            size++;
        }
        return size;
    }

    /** The elements that were there at the call, top first; removal is not supported. */
    @Override
    public Iterator<E> iterator() {
        return new Iterator<>() {
            private @Nullable Node<E> next = top; // L4; nodes never change below it

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public E next() {
                Node<E> current = next;
                if (current == null) {
                    throw new NoSuchElementException();
                }
                next = current.below;
                return current.element;
            }
        };
    }

    private boolean casTop(@Nullable Node<E> expected, @Nullable Node<E> node) {
        return TOP.compareAndSet(this, expected, node);
    }
}
