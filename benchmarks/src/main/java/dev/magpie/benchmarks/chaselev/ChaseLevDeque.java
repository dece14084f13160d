package dev.magpie.benchmarks.chaselev;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The work-stealing deque of Chase and Lev: an owner pushes and pops at the bottom, thieves steal
 * at the top.
 *
 * <p><b>Algorithm.</b> Chase and Lev, SPAA 2005, doi:10.1145/1073970.1073974, with the orderings of
 * Le, Pop, Cohen and Zappa Nardelli, PPoPP 2013, doi:10.1145/2442516.2442524. Deviation: slots are
 * cleared after a take.
 *
 * <p><b>Threads.</b> {@code push} and {@code pop}: the owner. {@code steal} and {@code looksEmpty}:
 * any.
 *
 * <p><b>Invariants.</b> I1: {@code top} never falls. I2: index {@code i} is taken by the owner
 * without a compare-and-set only if, after its fence, {@code top < i}. I3: at most {@code
 * array.length} elements lie between top and bottom, so that no two live indices share a slot.
 *
 * <p><b>Edges.</b> E1: push's release of bottom, steal's acquire: the slot is filled. E2: pop's
 * store of bottom, fence, load of top against steal's load of top, fence, load of bottom: one of
 * both sees the other. E3: grow's release of the array, steal's acquire: the copy is complete.
 *
 * <p><b>Progress.</b> Owner wait-free but for growth; thieves lock-free.
 *
 * @param <T> the elements' type; an element is in the deque at most once at a time
 */
final class ChaseLevDeque<T> extends DequeGap {

    private static final VarHandle TOP;
    private static final VarHandle BOTTOM;
    private static final VarHandle ARRAY;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TOP = lookup.findVarHandle(DequeTop.class, "top", long.class);
            BOTTOM = lookup.findVarHandle(ChaseLevDeque.class, "bottom", long.class);
            ARRAY = lookup.findVarHandle(ChaseLevDeque.class, "array", Object[].class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private long bottom;
    private @Nullable Object[] array;

    /**
     * An empty deque.
     *
     * @param capacity a power of two; grows on demand
     */
    ChaseLevDeque(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two, was " + capacity);
        }
        array = new Object[capacity];
    }

    /** Adds an element at the bottom; thieves see it at once. */
    void push(T element) {
        long index = bottom;
        @Nullable Object[] slots = array;
        if (index - topAcquire() >= slots.length) {
            slots = grow(slots, index);
        }
        SLOT.setOpaque(slots, slot(slots, index), element);
        BOTTOM.setRelease(this, index + 1); // E1: pairs with steal()
    }

    /** Takes the newest element, or returns null if there is none. */
    @Nullable T pop() {
        long index = bottom - 1;
        @Nullable Object[] slots = array;
        BOTTOM.setOpaque(this, index);
        VarHandle.fullFence(); // E2: pairs with steal()
        long oldest = (long) TOP.getOpaque(this);
        if (oldest > index) {
            BOTTOM.setRelease(this, index + 1);
            return null;
        }
        int slot = slot(slots, index);
        if (oldest == index) {
            boolean won = casTop(oldest);
            T last = won ? element(slots[slot]) : null;
            if (won) {
                slots[slot] = null; // owner only: no thief can win this index any more
            }
            BOTTOM.setRelease(this, index + 1);
            return last;
        }
        T newest = element(slots[slot]);
        slots[slot] = null; // owner only: I2
        return newest;
    }

    /** Takes the oldest element, or returns null if there is none or another thread won it. */
    @Nullable T steal() {
        long index = topAcquire();
        VarHandle.fullFence(); // E2: pairs with pop()
        if (index >= (long) BOTTOM.getAcquire(this)) { // E1: pairs with push()
            return null;
        }
        @Nullable Object[] slots = (@Nullable Object[]) ARRAY.getAcquire(this); // E3: grow()
        int slot = slot(slots, index);
        Object found = SLOT.getOpaque(slots, slot);
        if (found == null || !casTop(index)) {
            return null; // a cleared slot: another thief won this index
        }
        // By compare-and-set, since the owner may have used the slot anew. A copy of the slot that
        // a growth makes meanwhile stays until it is overwritten.
        SLOT.compareAndSet(slots, slot, found, null);
        return element(found);
    }

    /** Whether no element was seen; a hint unless fences order it. */
    boolean looksEmpty() {
        return topAcquire() >= (long) BOTTOM.getAcquire(this);
    }

    private @Nullable Object[] grow(@Nullable Object[] slots, long end) {
        @Nullable Object[] larger = new Object[slots.length * 2];
        for (long index = topAcquire(); index < end; index++) {
            larger[slot(larger, index)] = SLOT.getOpaque(slots, slot(slots, index));
        }
        ARRAY.setRelease(this, larger); // E3: pairs with steal()
        return larger;
    }

    private long topAcquire() {
        return (long) TOP.getAcquire(this);
    }

    private boolean casTop(long expected) {
        return TOP.compareAndSet(this, expected, expected + 1);
    }

    private static int slot(@Nullable Object[] slots, long index) {
        return (int) index & (slots.length - 1);
    }

    @SuppressWarnings("unchecked")
    private @Nullable T element(@Nullable Object found) {
        return (T) found;
    }
}
