package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded stack whose nodes are used again: after its first pushes it makes no garbage. The
 * memory is that of the most elements it ever held.
 *
 * <p><b>Algorithm.</b> Treiber's stack of indices with a tag of 32 bits at its head, which counts
 * the changes ("counted pointers", IBM System/370). Without the tag a node that was taken, used
 * again and put back on the top looks as if nothing had happened to a thread that read the top
 * before: the ABA problem, docs/aba.md. With it that thread is deceived only if exactly a multiple
 * of 2^32 changes fall between its read and its compare-and-set.
 *
 * <p><b>Threads.</b> All methods may be called by all threads and are linearizable. What a thread
 * did before a push happens before what follows the poll of that element.
 *
 * <p><b>Edges.</b> L5 of the package documentation.
 *
 * <p><b>Progress.</b> Lock-free; {@code isEmpty} is wait-free.
 *
 * <p>Prefer {@link TreiberStack}, unless garbage must be avoided: a young collection costs less
 * than the second list, and it is safe without any argument about tags.
 *
 * @param <E> element type
 */
public final class PooledStack<E> {

    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(PooledStack.class, "top", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final IndexPool<E> pool;
    private final long tagMask;
    private volatile long top;

    /** Creates an empty stack. */
    public PooledStack() {
        this(TaggedIndex.MAX_TAG_BITS);
    }

    /** With a narrower tag, for the test that shows what it is for. */
    PooledStack(int tagBits) {
        tagMask = TaggedIndex.mask(tagBits);
        pool = new IndexPool<>(tagMask);
    }

    /**
     * Puts an element on the top. Lock-free.
     *
     * @param element not null
     * @throws NullPointerException if {@code element} is null
     * @throws IllegalStateException if there are 2^31 elements
     */
    public void push(E element) {
        Objects.requireNonNull(element, "element");
        int index = pool.take(TaggedIndex.tag(top));
        pool.setElement(index, element); // P2: owned
        while (true) {
            long word = top;
            pool.setLink(index, TaggedIndex.index(word));
            if (casTop(word, index)) { // L5
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
            long word = top; // L5
            int index = TaggedIndex.index(word);
            if (index == TaggedIndex.NONE) {
                return null;
            }
            int below = pool.link(index); // may be of another life of the node: the tag tells
            if (casTop(word, below)) {
                E element = pool.element(index);
                pool.setElement(index, null);
                pool.give(index);
                return element;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Whether there is no element. Wait-free.
     *
     * @return whether the stack is empty
     */
    public boolean isEmpty() {
        return TaggedIndex.index(top) == TaggedIndex.NONE;
    }

    /**
     * Nodes that the stack has made: the most elements it ever held, and takes in progress.
     *
     * @return their number; each takes 8 bytes beside its element
     */
    public int nodes() {
        return pool.made();
    }

    /** Tells the node at the top, its tag, and the nodes made. */
    @Override
    public String toString() {
        return "PooledStack[top=" + TaggedIndex.toString(top) + ", nodes=" + nodes() + "]";
    }

    private boolean casTop(long word, int index) {
        return TOP.compareAndSet(this, word, TaggedIndex.next(word, index, tagMask));
    }
}
