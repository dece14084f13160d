package dev.magpie.scheduler.deque;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A growable work-stealing deque whose owner publishes its elements lazily.
 *
 * <p><b>Algorithm.</b> Chase and Lev, "Dynamic circular work-stealing deque" (SPAA 2005), with the
 * orderings of Lê, Pop, Cohen and Zappa Nardelli (PPoPP 2013, doi 10.1145/2442516.2442524) and the
 * split point of van Dijk and van de Pol, "Lace" (2014). Thieves see {@code [top, split)} and treat
 * {@code split} as Chase-Lev's bottom. The owner works in {@code [split, bottom)}, which nobody
 * else reads, with plain accesses.
 *
 * <p><b>Threads.</b> One owner calls {@link #tryPush}, {@link #push}, {@link #tryPopIf}, {@link
 * #popIf}, {@link #pop}, {@link #publish}, {@link #startEager}, {@link #renew}. Any thread calls
 * {@link #steal}, {@link #raiseDemand}, {@link #hasPublic}, {@link #publicSize}.
 *
 * <p><b>Invariants.</b> I1: {@code top} never falls. I2: at rest {@code top <= split <= bottom};
 * while the owner reclaims, {@code split} may stand below {@code top}, which thieves read as empty.
 * I3: an index in {@code [split, bottom)} of which the owner saw {@code top < split} after the
 * fence of E2 is the owner's. I4: each index in {@code [top, split)} is taken once, by the
 * compare-and-set of {@code top} or by the owner through E2. I5: whenever the public part is empty,
 * demand is raised: {@code pushBound} or {@code popBound} holds its demand value, and both do once
 * the raise is complete. I6: between the owner's calls {@code pushBound <= roomEnd} and {@code
 * popBound >= ownSplit}; thieves store demand values only, which keep both.
 *
 * <p><b>Edges.</b> See the table and the proof in the package documentation; E1 to E5 are cited
 * below.
 *
 * <p><b>Stack overflow.</b> A call of the owner's may end in the middle with a {@link
 * StackOverflowError} at any call that it makes; the order of the stores keeps the invariants then.
 *
 * <p><b>Progress.</b> push and popIf of a private element: wait-free (growth aside). steal:
 * lock-free. Reclaiming: bounded by the logarithm of the public part.
 *
 * @param <T> the element type
 */
public final class WorkStealingDeque<T> extends DequeLayout.BackPad {

    /**
     * How many publications a worker makes eagerly after {@link #startEager}, unless the
     * constructor says else.
     */
    public static final int DEFAULT_EAGER = 256;

    /**
     * Small enough to be allocated in a thread's own allocation buffer, large enough for most
     * recursions.
     */
    private static final int INITIAL_CAPACITY = 64;

    /** The largest power of two that is a legal array length. */
    private static final int MAX_CAPACITY = 1 << 30;

    private static final VarHandle SPLIT;
    private static final VarHandle SHARED_ARRAY;
    private static final VarHandle TOP;
    private static final VarHandle PUSH_BOUND;
    private static final VarHandle POP_BOUND;
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SPLIT = lookup.findVarHandle(DequeLayout.SharedFields.class, "split", long.class);
            SHARED_ARRAY =
                    lookup.findVarHandle(
                            DequeLayout.SharedFields.class, "sharedArray", Object[].class);
            TOP = lookup.findVarHandle(DequeLayout.TopField.class, "top", long.class);
            PUSH_BOUND =
                    lookup.findVarHandle(DequeLayout.BoundFields.class, "pushBound", long.class);
            POP_BOUND = lookup.findVarHandle(DequeLayout.BoundFields.class, "popBound", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final int eagerPublications;
    private final int initialCapacity;

    /** Creates an empty deque that starts eager, with the default capacity. */
    public WorkStealingDeque() {
        this(INITIAL_CAPACITY, DEFAULT_EAGER, 0L);
    }

    /**
     * Creates an empty deque.
     *
     * @param capacity the first array's length, a power of two
     * @param eagerPublications how many publications follow each {@link #startEager}
     * @param firstIndex where the indices start; model checkers start near the end of the range
     * @throws IllegalArgumentException if {@code capacity} is no power of two of at least 2
     */
    public WorkStealingDeque(int capacity, int eagerPublications, long firstIndex) {
        if (capacity < 2 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "capacity must be a power of two of at least 2, was " + capacity);
        }
        this.eagerPublications = eagerPublications;
        initialCapacity = capacity;
        bottom = firstIndex;
        ownSplit = firstIndex;
        roomEnd = firstIndex + capacity;
        ownArray = new Object[capacity];
        eagerLeft = eagerPublications;
        top = firstIndex;
        split = firstIndex;
        setSharedArrayVolatile(
                ownArray); // the last store: a thief that finds the deque finds it whole
    }

    // ---- the owner's fast path

    /**
     * Adds an element if there is room and nobody asked for work; else does nothing, and the caller
     * calls {@link #push} and then looks whether work is {@link #demanded}. Owner only.
     *
     * @param element what to add
     * @return whether it was added
     */
    public boolean tryPush(T element) {
        long index = bottom; // owner only
        if (index >= pushBoundOpaque()) { // E4
            return false;
        }
        Object[] array = ownArray;
        array[(int) index & (array.length - 1)] = element; // E1: published by publish()
        bottom = index + 1;
        return true;
    }

    /**
     * Takes the newest element if it is private and the one expected, and nobody asked for work;
     * else does nothing, and the caller calls {@link #popIf}. Owner only.
     *
     * @param expected the element hoped for
     * @return whether it was there and is now the caller's
     */
    public boolean tryPopIf(T expected) {
        long index = bottom - 1; // owner only
        if (index < popBoundOpaque()) { // E4
            return false;
        }
        Object[] array = ownArray;
        int slot = (int) index & (array.length - 1);
        if (array[slot] != expected) {
            return false;
        }
        array[slot] = null;
        bottom = index;
        return true;
    }

    // ---- the owner's slow path

    /**
     * Adds an element at the owner's end; it stays private until it is published. Owner only.
     *
     * <p>An element has an identity and is in the deque once: it may be pushed again when the call
     * that took it has returned. (A thief clears the slot after it won; the same element in the
     * same slot would be cleared with it, and then nobody gets the second one.)
     *
     * @param element what to add
     * @throws OutOfMemoryError if the array cannot grow; the deque is then unchanged
     * @throws RejectedExecutionException if the deque holds 2^30 elements
     */
    public void push(T element) {
        long index = bottom; // owner only
        Object[] array = index < roomEnd ? ownArray : makeRoom();
        array[(int) index & (array.length - 1)] = element; // E1: published by publish()
        bottom = index + 1;
    }

    /**
     * Takes the newest element if it is the one expected. Owner only.
     *
     * @param expected the element hoped for
     * @return whether it was there and is now the caller's
     */
    public boolean popIf(T expected) {
        long index = bottom - 1; // owner only
        if (index < ownSplit) {
            return popPublicIf(expected);
        }
        Object[] array = ownArray;
        int slot = (int) index & (array.length - 1);
        if (array[slot] != expected) {
            return false;
        }
        array[slot] = null;
        bottom = index;
        return true;
    }

    /** Whether someone asked for work, or the eager phase lasts. Owner only. */
    public boolean demanded() {
        return pushBoundOpaque() == PUSH_DEMAND || popBoundOpaque() == POP_DEMAND; // E4
    }

    /**
     * Takes the newest element. Owner only.
     *
     * @return the element, or null if none is left
     */
    public @Nullable T pop() {
        while (true) {
            if (bottom > ownSplit) {
                T element = takePrivate(bottom - 1);
                if (element != null) {
                    return element;
                }
            } else {
                Reclaim outcome = reclaim();
                if (outcome != Reclaim.BATCH) {
                    return outcome == Reclaim.LAST ? takeLast() : null;
                }
            }
        }
    }

    /**
     * Makes private elements public: all of them in the eager phase, else the older half, at least
     * one. Lowers the demand when the eager phase is over and something was published. The caller
     * must fence before it looks for someone to wake. Owner only.
     *
     * @return whether the public part was raised
     */
    public boolean publish() {
        long count = bottom - ownSplit;
        if (count == 0) {
            return false;
        }
        if (eagerLeft > 0) {
            eagerLeft--;
            publishUpTo(bottom);
            return true;
        }
        long raised = ownSplit + ((count + 1) >>> 1);
        // demand is lowered before the raise: a thief that empties the new part raises it again
        setPopBoundOpaque(raised);
        setPushBoundOpaque(roomEnd);
        setSplitRelease(raised); // E1: pairs with steal()
        ownSplit = raised;
        return true;
    }

    /**
     * Makes all private elements public, whatever the phase. The caller must fence before it wakes.
     * Owner only.
     */
    public void publishAll() {
        if (bottom != ownSplit) {
            publishUpTo(bottom);
        }
    }

    private void publishUpTo(long raised) {
        movePopBound(raised); // before ownSplit: I6
        setSplitRelease(raised); // E1: pairs with steal()
        ownSplit = raised;
    }

    /**
     * Starts an eager phase: the next publications make everything public, one push at a time.
     * Owner only.
     */
    public void startEager() {
        eagerLeft = eagerPublications;
        raiseDemand();
    }

    /** Whether the last eager phase was used up: the owner forked more than a few. Owner only. */
    public boolean eagerIsOver() {
        return eagerLeft == 0;
    }

    /**
     * Moves the elements into an array allocated now, of the initial capacity if they fit. Under G1
     * a reference store into an array of the old generation costs a full fence; a young one costs
     * none. Owner only.
     */
    public void renew() {
        long first = topAcquire();
        int capacity = initialCapacity;
        while (bottom - first > capacity >> 1) {
            capacity <<= 1;
        }
        replaceArray(first, capacity);
    }

    /** The index that the next push takes: rises with a push, falls with a pop. Owner only. */
    public long ownerIndex() {
        return bottom;
    }

    /** Number of elements that can be pushed without allocating. Owner only. */
    public int freeSlots() {
        return ownArray.length - size();
    }

    /** Number of elements that the owner sees. Owner only. */
    public int size() {
        return (int) Math.max(0, bottom - topAcquire());
    }

    // ---- anyone

    /**
     * Takes the oldest public element. Any thread.
     *
     * @return the element, or null if the public part is empty; the demand is raised when this call
     *     took the last one
     */
    @SuppressWarnings("unchecked")
    public @Nullable T steal() {
        while (true) {
            long first = topVolatile(); // E2, E3
            long end = splitVolatile(); // E2: pairs with reclaim(); E1: pairs with publish()
            if (first >= end) {
                return null;
            }
            Object[] array = sharedArrayVolatile();
            int slot = (int) first & (array.length - 1);
            Object element =
                    ELEMENT.getOpaque(array, slot); // valid only if the compare-and-set wins
            if (!casTop(first, first + 1)) {
                continue; // someone else took it: that one made progress
            }
            clearStolen(array, first, element);
            if (first + 1 >= splitVolatile()) {
                raiseDemand(); // I5
            }
            return (T) element;
        }
    }

    /** Asks the owner to publish. Any thread. */
    public void raiseDemand() {
        if (pushBoundOpaque() != PUSH_DEMAND) {
            setPushBoundOpaque(PUSH_DEMAND); // E4
        }
        if (popBoundOpaque() != POP_DEMAND) {
            setPopBoundOpaque(POP_DEMAND); // E4
        }
    }

    /** Whether a thief would find something now. Any thread. */
    public boolean hasPublic() {
        return topVolatile() < splitVolatile();
    }

    /** Number of elements that thieves see now; an estimate. Any thread. */
    public int publicSize() {
        long first = topVolatile();
        return (int) Math.max(0, splitVolatile() - first);
    }

    // ---- reclaiming: Chase-Lev's pop, once a batch

    private boolean popPublicIf(T expected) {
        long index = bottom - 1;
        Object[] array = ownArray;
        if (array[(int) index & (array.length - 1)] != expected) {
            return false; // nobody but the owner can put it there, so it is not there
        }
        return pop() != null;
    }

    private enum Reclaim {
        NOTHING,
        LAST,
        BATCH
    }

    /**
     * Lowers the split until part of the public elements is the owner's. Precondition: nothing is
     * private.
     */
    private Reclaim reclaim() {
        long end = ownSplit;
        long first = topAcquire();
        if (first >= end) {
            return Reclaim.NOTHING;
        }
        long lowered = first + ((end - first) >>> 1);
        while (true) {
            setSplitVolatile(lowered); // E2: pairs with steal()
            first = topVolatile(); // E2
            if (first < lowered) {
                ownSplit = lowered; // I3
                movePopBound(lowered); // after ownSplit: I6
                return Reclaim.BATCH;
            }
            if (end - first <= 1) {
                return reclaimLast(first, end);
            }
            lowered = first + ((end - first + 1) >>> 1); // above first, below end
        }
    }

    /** Competes for the one element that thieves with an old split may still win. */
    private Reclaim reclaimLast(long first, long end) {
        boolean won = first < end && casTop(first, first + 1); // E3
        setSplitRelease(end); // top is end by now: the public part is empty
        raiseDemand(); // I5
        return won ? Reclaim.LAST : Reclaim.NOTHING;
    }

    private @Nullable T takePrivate(long index) {
        bottom = index;
        return clearSlot(index);
    }

    /** The index of the last element went to top; bottom stays. */
    private @Nullable T takeLast() {
        return clearSlot(bottom - 1);
    }

    @SuppressWarnings("unchecked")
    private @Nullable T clearSlot(long index) {
        Object[] array = ownArray;
        int slot = (int) index & (array.length - 1);
        Object element = array[slot];
        array[slot] = null;
        return (T) element;
    }

    // ---- growing and clearing

    private Object[] makeRoom() {
        long first = topAcquire();
        Object[] array = ownArray;
        if (bottom - first < array.length) {
            roomEnd = first + array.length; // thieves made room
            movePushBound(roomEnd);
            return array;
        }
        if (array.length >= MAX_CAPACITY) {
            throw new RejectedExecutionException(
                    "deque must hold at most " + MAX_CAPACITY + " tasks");
        }
        return replaceArray(first, array.length << 1);
    }

    private Object[] replaceArray(long first, int capacity) {
        Object[] old = ownArray;
        Object[] array = new Object[capacity];
        for (long index = first; index < bottom; index++) {
            array[(int) index & (capacity - 1)] =
                    ELEMENT.getOpaque(old, (int) index & (old.length - 1));
        }
        setPushBoundOpaque(PUSH_DEMAND); // I6: room may end earlier; the next publish() sets it
        setSharedArrayVolatile(array); // E5: pairs with clearStolen()
        ownArray = array;
        roomEnd = first + capacity;
        long now = topVolatile(); // E5
        for (long index = first; index < now; index++) {
            array[(int) index & (capacity - 1)] = null; // stolen while it was copied
        }
        return array;
    }

    /**
     * Forgets a stolen element wherever the owner may have copied it, unless the slot was used
     * again.
     */
    private void clearStolen(Object[] array, long index, Object element) {
        ELEMENT.compareAndSet(array, (int) index & (array.length - 1), element, null);
        Object[] current = sharedArrayVolatile(); // E5: pairs with replaceArray()
        if (current != array) {
            ELEMENT.compareAndSet(current, (int) index & (current.length - 1), element, null);
        }
    }

    // ---- accessors, named by mode

    private long topAcquire() {
        return (long) TOP.getAcquire((DequeLayout.TopField) this);
    }

    private long topVolatile() {
        return (long) TOP.getVolatile((DequeLayout.TopField) this);
    }

    private boolean casTop(long expected, long next) {
        return TOP.compareAndSet((DequeLayout.TopField) this, expected, next);
    }

    private long splitVolatile() {
        return (long) SPLIT.getVolatile((DequeLayout.SharedFields) this);
    }

    private void setSplitVolatile(long value) {
        SPLIT.setVolatile((DequeLayout.SharedFields) this, value);
    }

    private void setSplitRelease(long value) {
        SPLIT.setRelease((DequeLayout.SharedFields) this, value);
    }

    private Object[] sharedArrayVolatile() {
        return (Object[]) SHARED_ARRAY.getVolatile((DequeLayout.SharedFields) this);
    }

    private void setSharedArrayVolatile(Object[] array) {
        SHARED_ARRAY.setVolatile((DequeLayout.SharedFields) this, array);
    }

    private long pushBoundOpaque() {
        return (long) PUSH_BOUND.getOpaque((DequeLayout.BoundFields) this);
    }

    private void setPushBoundOpaque(long value) {
        PUSH_BOUND.setOpaque((DequeLayout.BoundFields) this, value);
    }

    private long popBoundOpaque() {
        return (long) POP_BOUND.getOpaque((DequeLayout.BoundFields) this);
    }

    private void setPopBoundOpaque(long value) {
        POP_BOUND.setOpaque((DequeLayout.BoundFields) this, value);
    }

    /** Moves the bound unless demand stands, or comes, in its place. Owner only. */
    private void movePushBound(long value) {
        long current = pushBoundOpaque();
        if (current != PUSH_DEMAND) {
            PUSH_BOUND.compareAndSet((DequeLayout.BoundFields) this, current, value);
        }
    }

    /** Moves the bound unless demand stands, or comes, in its place. Owner only. */
    private void movePopBound(long value) {
        long current = popBoundOpaque();
        if (current != POP_DEMAND) {
            POP_BOUND.compareAndSet((DequeLayout.BoundFields) this, current, value);
        }
    }
}
