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
 * else reads, with plain accesses. The array is not circular: a {@link Buffer} maps an index to one
 * slot for its whole life, and the owner moves to a new one when it comes to the end.
 *
 * <p><b>Threads.</b> One owner calls {@link #push}, {@link #popIf}, {@link #pop}, {@link #newest},
 * {@link #publish}, {@link #startEager}, {@link #endEager}, {@link #setAlarm}, {@link #alarmIsDue},
 * {@link #renew}, and the fast path in {@link DequeOwner}. Any thread calls {@link #steal}, {@link
 * #raiseDemand}, {@link #oldest}, {@link #hasPublic}, {@link #publicSize}, {@link #pushes}, {@link
 * #takes}, {@link #estimatedSize}.
 *
 * <p><b>Invariants.</b> I1: {@code top} never falls. I2: at rest {@code top <= split <= bottom};
 * while the owner reclaims, {@code split} may stand below {@code top}, which thieves read as empty.
 * I3: an index in {@code [split, bottom)} of which the owner saw {@code top < split} after the
 * fence of E2 is the owner's. I4: each index in {@code [top, split)} is taken once, by the
 * compare-and-set of {@code top} or by the owner through E2. I5: whenever the public part is empty,
 * demand is raised: {@code pushBound} or {@code popBound} holds its demand value, and both do once
 * the raise is complete. I6: between the owner's calls {@code popBound >= ownSplit}; thieves store
 * its demand value only, which keeps it.
 *
 * <p><b>Edges.</b> See the table and the proof in the package documentation; E1 to E5 are cited
 * below.
 *
 * <p><b>Stack overflow.</b> An owner's call may end in the middle with a {@link StackOverflowError}
 * at any call that it makes; the order of the stores keeps the invariants then.
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

    private static final long SLOT_OF_CURSOR = 0xffff_ffffL;

    /** Pushes after which the buffer is renewed, so that it never grows old under G1. */
    private static final long RENEWAL_PERIOD = 1L << 20;

    /** Pushes into a buffer after which it may well have been promoted by the collector. */
    private static final int PUSHES_UNTIL_WORN = 256;

    private static final VarHandle SPLIT;
    private static final VarHandle SHARED_BUFFER;
    private static final VarHandle TOP;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SPLIT = lookup.findVarHandle(DequeLayout.SharedFields.class, "split", long.class);
            SHARED_BUFFER =
                    lookup.findVarHandle(
                            DequeLayout.SharedFields.class, "sharedBuffer", Buffer.class);
            TOP = lookup.findVarHandle(DequeLayout.TopField.class, "top", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    final DequeOwner owner;
    private final int eagerPublications;
    private final int initialCapacity;
    private final long firstIndex;

    /**
     * Creates an empty deque that starts eager, with the default capacity.
     *
     * @param owner the only thread that will push and pop; it owns no other deque
     */
    public WorkStealingDeque(DequeOwner owner) {
        this(owner, INITIAL_CAPACITY, DEFAULT_EAGER, 0L);
    }

    /**
     * Creates an empty deque.
     *
     * @param owner the only thread that will push and pop; it owns no other deque
     * @param capacity the first buffer's number of slots, 1 to 2^30
     * @param eagerPublications how many publications follow each {@link #startEager}
     * @param firstIndex where the indices start; model checkers start near the end of the range
     * @throws IllegalArgumentException if {@code capacity} is out of range
     */
    public WorkStealingDeque(
            DequeOwner owner, int capacity, int eagerPublications, long firstIndex) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity must be between 1 and " + MAX_CAPACITY + ", was " + capacity);
        }
        this.owner = owner;
        this.eagerPublications = eagerPublications;
        initialCapacity = capacity;
        owner.eagerLeft = eagerPublications;
        owner.wornAt = PUSHES_UNTIL_WORN;
        Buffer buffer = new Buffer(firstIndex, capacity);
        owner.base = firstIndex;
        owner.ownSlots = buffer.slots;
        this.firstIndex = firstIndex;
        top = firstIndex;
        split = firstIndex;
        setSharedBufferVolatile(buffer); // the last store: who finds the deque finds it whole
    }

    // ---- the owner

    /**
     * Adds an element at the owner's end; it stays private until it is published. Owner only.
     *
     * @param element what to add
     * @throws OutOfMemoryError if the buffer cannot grow; the deque is then unchanged
     * @throws RejectedExecutionException if the deque holds 2^30 elements
     */
    public void push(T element) {
        if (owner.cursor >>> 32 >= RENEWAL_PERIOD) {
            startPeriod();
        }
        int slot = (int) owner.cursor; // owner only
        if (slot >= owner.ownSlots.length) {
            makeRoom();
            slot = (int) owner.cursor;
        }
        owner.ownSlots[slot] = element; // E1: published by publish()
        owner.cursor += DequeOwner.ONE_PUSH;
    }

    private void startPeriod() {
        owner.earlierPushes += owner.cursor >>> 32;
        owner.cursor &= SLOT_OF_CURSOR;
        renew();
    }

    /**
     * Sets an alarm: after so many more pushes {@link DequeOwner#tryPush} is refused, and {@link
     * #alarmIsDue} says why. A demand takes its place. Owner only.
     *
     * @param pushes how many, at least 1
     */
    public void setAlarm(int pushes) {
        long due = Math.min((owner.cursor >>> 32) + pushes, RENEWAL_PERIOD);
        owner.movePushBound(due << 32);
    }

    /** Whether the alarm was set for now; false while there is demand. Owner only. */
    public boolean alarmIsDue() {
        return owner.isBeyondPushBound() && !owner.demanded();
    }

    /**
     * Takes the newest element if it is the one expected. Owner only.
     *
     * @param expected the element hoped for
     * @return whether it was there and is now the caller's
     */
    public boolean popIf(T expected) {
        int slot = (int) owner.cursor - 1; // owner only
        if (slot < 0 || owner.ownSlots[slot] != expected) {
            return false; // nobody but the owner can put it there, so it is not there
        }
        return pop() != null;
    }

    /**
     * The element that {@link #pop} would take, unless a thief is about to have it. Owner only.
     *
     * @return the newest element, or null if none is left; it may be one that was stolen
     */
    @SuppressWarnings("unchecked")
    public @Nullable T newest() {
        int slot = (int) owner.cursor - 1; // owner only
        return slot < 0 ? null : (T) SLOT.getOpaque(owner.ownSlots, slot);
    }

    /** Whether someone asked for work, or the eager phase lasts. Owner only. */
    public boolean demanded() {
        return owner.demanded();
    }

    /**
     * Takes the newest element. Owner only.
     *
     * @return the element, or null if none is left
     */
    public @Nullable T pop() {
        while (true) {
            int slot = (int) owner.cursor; // owner only
            if (slot > owner.ownSplit) {
                owner.cursor--;
                return clearOwn(slot - 1);
            }
            Reclaim outcome = reclaim();
            if (outcome != Reclaim.BATCH) {
                // the index of the last element went to top: the cursor stays beyond it
                return outcome == Reclaim.LAST ? clearOwn(slot - 1) : null;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable T clearOwn(int slot) {
        Object[] slots = owner.ownSlots;
        Object element = slots[slot];
        slots[slot] = null;
        return (T) element;
    }

    /**
     * Makes private elements public: all of them in the eager phase, else the older half, at least
     * one. Lowers the demand when the eager phase is over and something was published. The caller
     * must fence before it looks for someone to wake. Owner only.
     *
     * @return whether the public part was raised
     */
    public boolean publish() {
        int count = (int) owner.cursor - owner.ownSplit;
        if (count == 0) {
            return false;
        }
        if (owner.eagerLeft > 0) {
            owner.eagerLeft--;
            publishAll();
            return true;
        }
        int raised = owner.ownSplit + ((count + 1) >>> 1);
        // demand is lowered before the raise: a thief that empties the new part raises it again
        owner.setPopBoundOpaque(raised);
        owner.setPushBoundOpaque(RENEWAL_PERIOD << 32);
        setSplitRelease(owner.base + raised); // E1: pairs with steal()
        owner.ownSplit = raised;
        return true;
    }

    /**
     * Makes all private elements public, whatever the phase. The caller must fence before it wakes.
     * Owner only.
     */
    public void publishAll() {
        int raised = (int) owner.cursor;
        if (raised != owner.ownSplit) {
            owner.movePopBound(raised); // before ownSplit: I6
            setSplitRelease(owner.base + raised); // E1: pairs with steal()
            owner.ownSplit = raised;
        }
    }

    /**
     * Starts an eager phase: the next publications make everything public, one push at a time.
     * Owner only.
     */
    public void startEager() {
        owner.eagerLeft = eagerPublications;
        raiseDemand();
    }

    /** Ends the eager phase: publications follow demand alone. Owner only. */
    public void endEager() {
        owner.eagerLeft = 0;
    }

    /**
     * Whether a new buffer would serve better: the owner forked more than a few tasks into this
     * one, so that it may be old, or nothing is left in it and less than half of it is free. Owner
     * only.
     */
    public boolean isWorn() {
        return owner.cursor >>> 32 >= owner.wornAt
                || (int) owner.cursor > owner.ownSlots.length >> 1 && size() == 0;
    }

    /**
     * Moves the elements into a buffer allocated now, of the initial capacity if they fit. Under G1
     * a reference store into an array of the old generation costs a full fence; a young one costs
     * none. Without memory for it the old one stays. Owner only.
     */
    public void renew() {
        long first = topAcquire();
        int capacity = initialCapacity;
        while (bottom() - first > capacity >> 1) {
            capacity <<= 1;
        }
        try {
            moveTo(new Buffer(first, capacity));
            owner.wornAt = (owner.cursor >>> 32) + PUSHES_UNTIL_WORN;
        } catch (OutOfMemoryError ex) {
            return; // the old buffer goes on serving, at the price of its barriers
        }
    }

    /** Whether there is something that thieves do not see. Owner only. */
    public boolean hasPrivate() {
        return (int) owner.cursor != owner.ownSplit;
    }

    /** Number of elements that can be pushed without allocating. Owner only. */
    public int freeSlots() {
        return owner.ownSlots.length - (int) owner.cursor;
    }

    /** The index that the next push takes: rises with a push, falls with a pop. Owner only. */
    public long bottom() {
        return owner.base + (int) owner.cursor;
    }

    /** Number of elements that the owner sees. Owner only. */
    public int size() {
        return (int) Math.max(0, bottom() - topAcquire());
    }

    // ---- anyone

    /**
     * Takes the oldest public element. Any thread.
     *
     * @return the element, or null if the public part is empty; the demand is raised when this call
     *     took the last one
     */
    public @Nullable T steal() {
        return steal(null);
    }

    /**
     * Takes the oldest public element, and says which index it had. Any thread.
     *
     * @param index told the index if there was an element; null if nobody wants to know
     * @return the element, or null if the public part is empty; the demand is raised when this call
     *     took the last one
     */
    @SuppressWarnings("unchecked")
    public @Nullable T steal(@Nullable StolenIndex index) {
        while (true) {
            long first = topVolatile(); // E2, E3
            long end = splitVolatile(); // E2: pairs with reclaim(); E1: pairs with publish()
            if (first >= end) {
                return null;
            }
            Buffer buffer = sharedBufferVolatile(); // after split: it holds what split covers
            int slot = buffer.slotOf(first);
            if (!buffer.has(slot)) {
                continue; // it starts above first: someone else has taken that one
            }
            Object element = SLOT.getOpaque(buffer.slots, slot); // valid if the next line wins
            if (!casTop(first, first + 1)) {
                continue; // someone else took it: that one made progress
            }
            if (index != null) {
                index.value = first;
            }
            forget(buffer, first);
            if (first + 1 >= splitVolatile()) {
                raiseDemand(); // I5
            }
            return (T) element;
        }
    }

    /**
     * The oldest public element, which a thief would take, or has taken a moment ago. Any thread.
     *
     * @return a guess; null if there seems to be none
     */
    @SuppressWarnings("unchecked")
    public @Nullable T oldest() {
        long first = topVolatile();
        long end = splitVolatile(); // E1: pairs with publish()
        Buffer buffer = sharedBufferVolatile();
        int slot = buffer.slotOf(first);
        return first < end && buffer.has(slot) ? (T) SLOT.getOpaque(buffer.slots, slot) : null;
    }

    /** Asks the owner to publish. Any thread. */
    public void raiseDemand() {
        owner.raiseDemand();
    }

    /** Whether a thief would find something now. Any thread. */
    public boolean hasPublic() {
        return topVolatile() < splitVolatile();
    }

    /** Whether a thief would find something that was pushed below an index. Any thread. */
    public boolean hasPublicBelow(long index) {
        return topVolatile() < Math.min(index, splitVolatile());
    }

    /** Number of elements that thieves see now; an estimate. Any thread. */
    public int publicSize() {
        long first = topVolatile();
        return (int) Math.max(0, splitVolatile() - first);
    }

    /** Number of elements pushed so far; an estimate unless the owner asks. Any thread. */
    public long pushes() {
        return owner.earlierPushes + (owner.cursor >>> 32);
    }

    /** Number of elements that {@link #steal} returned so far; an estimate. Any thread. */
    public long takes() {
        return topVolatile() - firstIndex - lastPops;
    }

    /**
     * Number of elements, as seen from outside: the lesser of two looks, since one that meets the
     * move to a new buffer may see too many. An estimate. Any thread.
     */
    public int estimatedSize() {
        int hidden = Math.min(estimatedPrivate(), estimatedPrivate());
        return publicSize() + Math.max(0, hidden);
    }

    private int estimatedPrivate() {
        return (int) owner.cursor - owner.ownSplit;
    }

    // ---- reclaiming: Chase-Lev's pop, once a batch

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
        long end = owner.base + owner.ownSplit;
        long first = topAcquire();
        if (first >= end) {
            return Reclaim.NOTHING;
        }
        long lowered = first + ((end - first) >>> 1);
        while (true) {
            setSplitVolatile(lowered); // E2: pairs with steal()
            first = topVolatile(); // E2
            if (first < lowered) {
                owner.ownSplit = (int) (lowered - owner.base); // I3
                owner.movePopBound(owner.ownSplit); // after ownSplit: I6
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
        lastPops += won ? 1 : 0; // owner only
        return won ? Reclaim.LAST : Reclaim.NOTHING;
    }

    // ---- moving and forgetting

    private void makeRoom() {
        long first = topAcquire();
        int capacity = owner.ownSlots.length;
        if (bottom() - first > capacity >> 1) {
            if (capacity >= MAX_CAPACITY) {
                throw new RejectedExecutionException(
                        "deque must hold at most " + MAX_CAPACITY + " tasks");
            }
            capacity <<= 1;
        }
        moveTo(new Buffer(first, capacity));
    }

    /** Copies all from the buffer's base on; the base is a top that the owner has read. */
    private void moveTo(Buffer buffer) {
        int shift = (int) (buffer.base - owner.base);
        int live = (int) owner.cursor - shift;
        for (int slot = 0; slot < live; slot++) {
            buffer.slots[slot] = SLOT.getOpaque(owner.ownSlots, slot + shift);
        }
        setSharedBufferVolatile(buffer); // E5: pairs with forget()
        owner.base = buffer.base;
        owner.ownSlots = buffer.slots;
        owner.cursor -= shift;
        owner.ownSplit -= shift;
        owner.movePopBound(owner.ownSplit); // after ownSplit: I6
        int gone = (int) Math.min(live, topVolatile() - owner.base); // E5
        for (int slot = 0; slot < gone; slot++) {
            SLOT.setOpaque(owner.ownSlots, slot, null); // stolen while it was copied
        }
    }

    /** Clears the slots of a stolen element: the one it was found in, and the owner's copy. */
    private void forget(Buffer found, long index) {
        SLOT.setOpaque(found.slots, found.slotOf(index), null);
        Buffer current = sharedBufferVolatile(); // E5: pairs with moveTo()
        if (current != found && current.has(current.slotOf(index))) {
            SLOT.setOpaque(current.slots, current.slotOf(index), null);
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

    private Buffer sharedBufferVolatile() {
        return (Buffer) SHARED_BUFFER.getVolatile((DequeLayout.SharedFields) this);
    }

    private void setSharedBufferVolatile(Buffer buffer) {
        SHARED_BUFFER.setVolatile((DequeLayout.SharedFields) this, buffer);
    }
}
