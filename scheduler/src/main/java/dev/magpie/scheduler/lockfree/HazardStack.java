package dev.magpie.scheduler.lockfree;

import dev.magpie.scheduler.lockfree.HazardPointers.Guard;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded stack whose nodes are used again once no thread looks at them. After its first
 * pushes it makes no nodes.
 *
 * <p><b>Algorithm.</b> Treiber's stack with Michael's hazard pointers: a node that some thread
 * protects is not put back on the top, so that a top that looks the same is the same. Safe without
 * tags, docs/aba.md.
 *
 * <p><b>Threads.</b> All methods may be called by all threads and are linearizable. What a thread
 * did before a push happens before what follows the poll of that element.
 *
 * <p><b>Edges.</b> L4 and L6 of the package documentation.
 *
 * <p><b>Progress.</b> Lock-free; {@code isEmpty} is wait-free.
 *
 * <p>Prefer {@link TreiberStack}: on a JVM the collector does the same for less.
 *
 * @param <E> element type
 */
public final class HazardStack<E> {

    private static final class Node<E> {
        private @Nullable E element;
        private @Nullable Node<E> below; // read by others only while they protect the node
    }

    private final AtomicReference<@Nullable Node<E>> top = new AtomicReference<>();
    private final AtomicReference<@Nullable Node<E>> free = new AtomicReference<>();
    private final HazardPointers<Node<E>> hazards;
    private final boolean guarded;

    /** Creates an empty stack. */
    public HazardStack() {
        this(32, true);
    }

    /** Without protection, for the test that shows what it is for; with small batches. */
    HazardStack(int batch, boolean guarded) {
        hazards = new HazardPointers<>(node -> put(free, node), batch);
        this.guarded = guarded;
    }

    /**
     * Puts an element on the top. Lock-free.
     *
     * @param element not null
     * @throws NullPointerException if {@code element} is null
     */
    public void push(E element) {
        Objects.requireNonNull(element, "element");
        Node<E> node;
        try (Guard<Node<E>> guard = hazards.acquire()) {
            node = take(free, guard);
        }
        if (node == null) {
            node = new Node<>();
        }
        node.element = element;
        put(top, node);
    }

    /**
     * Takes the top element. Lock-free.
     *
     * @return the element, or null if the stack is empty
     */
    public @Nullable E poll() {
        try (Guard<Node<E>> guard = hazards.acquire()) {
            Node<E> node = take(top, guard);
            if (node == null) {
                return null;
            }
            E element = node.element;
            node.element = null;
            guard.retire(node);
            return element;
        }
    }

    /**
     * Whether there is no element. Wait-free.
     *
     * @return whether the stack is empty
     */
    public boolean isEmpty() {
        return top.get() == null;
    }

    private @Nullable Node<E> take(AtomicReference<@Nullable Node<E>> head, Guard<Node<E>> guard) {
        while (true) {
            Node<E> node = guarded ? guard.protect(head::get) : head.get(); // L6
            if (node == null) {
                return null;
            }
            if (head.compareAndSet(node, node.below)) {
                return node;
            }
            Thread.onSpinWait();
        }
    }

    private static <E> void put(AtomicReference<@Nullable Node<E>> head, Node<E> node) {
        while (true) {
            Node<E> first = head.get();
            node.below = first;
            if (head.compareAndSet(first, node)) { // L4
                return;
            }
            Thread.onSpinWait();
        }
    }
}
