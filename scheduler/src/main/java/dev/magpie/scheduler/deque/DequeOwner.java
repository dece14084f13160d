package dev.magpie.scheduler.deque;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The thread that owns a {@link WorkStealingDeque}, and the deque's fast path: the private part is
 * kept in the thread object itself, which the hardware has in a register, so that a fork and a join
 * save a load each.
 *
 * <p><b>Threads.</b> The owner calls {@link #tryPush} and {@link #tryPopIf}, which do nothing
 * unless their bound allows it. Thieves write the bounds, through {@link
 * WorkStealingDeque#raiseDemand}.
 *
 * <p><b>Invariants.</b> I6 of {@link WorkStealingDeque}.
 */
public class DequeOwner extends OwnerLayout.BackPad {

    /** Added to the cursor by a push: one more push, one more slot. */
    static final long ONE_PUSH = (1L << 32) + 1;

    private static final VarHandle PUSH_BOUND;
    private static final VarHandle POP_BOUND;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PUSH_BOUND =
                    lookup.findVarHandle(OwnerLayout.BoundFields.class, "pushBound", long.class);
            POP_BOUND = lookup.findVarHandle(OwnerLayout.BoundFields.class, "popBound", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /**
     * A thread that is not started, and owns nothing until it is given to a deque. It inherits no
     * thread-locals.
     *
     * @param name the thread's name
     * @param stackSize in bytes; 0 for the virtual machine's default
     */
    public DequeOwner(String name, long stackSize) {
        super(name, stackSize);
    }

    /**
     * Adds an element if there is room and nobody asked for work; else does nothing, and the caller
     * calls {@link WorkStealingDeque#push} and then looks whether work is {@link
     * WorkStealingDeque#demanded}. Owner only.
     *
     * @param element what to add
     * @return whether it was added
     */
    protected final boolean tryPush(Object element) {
        long place = cursor; // owner only
        if (place >= pushBoundOpaque()) { // E4
            return false;
        }
        Object[] slots = ownSlots;
        int slot = (int) place;
        if (slot < 0 || slot >= slots.length) { // both, so that the array is not checked again
            return false;
        }
        slots[slot] = element; // E1: published by publish()
        cursor = place + ONE_PUSH;
        return true;
    }

    /**
     * Takes the newest element if it is private and the one expected, and nobody asked for work;
     * else does nothing, and the caller calls {@link WorkStealingDeque#popIf}. Owner only.
     *
     * @param expected the element hoped for
     * @return whether it was there and is now the caller's
     */
    protected final boolean tryPopIf(Object expected) {
        long place = cursor - 1; // owner only
        int slot = (int) place;
        if (slot < popBoundOpaque()) { // E4
            return false;
        }
        Object[] slots = ownSlots;
        if (slots[slot] != expected) {
            return false;
        }
        slots[slot] = null;
        cursor = place;
        return true;
    }

    /** Whether someone asked for work, or the eager phase lasts. Owner only. */
    final boolean demanded() {
        return pushBoundOpaque() == PUSH_DEMAND || popBoundOpaque() == POP_DEMAND; // E4
    }

    /** Asks the owner to publish. Any thread. */
    final void raiseDemand() {
        if (pushBoundOpaque() != PUSH_DEMAND) {
            setPushBoundOpaque(PUSH_DEMAND); // E4
        }
        if (popBoundOpaque() != POP_DEMAND) {
            setPopBoundOpaque(POP_DEMAND); // E4
        }
    }

    private long pushBoundOpaque() {
        return (long) PUSH_BOUND.getOpaque((OwnerLayout.BoundFields) this);
    }

    final void setPushBoundOpaque(long value) {
        PUSH_BOUND.setOpaque((OwnerLayout.BoundFields) this, value);
    }

    private int popBoundOpaque() {
        return (int) POP_BOUND.getOpaque((OwnerLayout.BoundFields) this);
    }

    final void setPopBoundOpaque(int value) {
        POP_BOUND.setOpaque((OwnerLayout.BoundFields) this, value);
    }

    /** Whether no push is fast now, be it for demand, an alarm or the end of a period. */
    final boolean isBeyondPushBound() {
        return cursor >= pushBoundOpaque();
    }

    /** Moves the bound unless demand stands, or comes, in its place. Owner only. */
    final void movePushBound(long value) {
        long current = pushBoundOpaque();
        if (current != PUSH_DEMAND) {
            PUSH_BOUND.compareAndSet((OwnerLayout.BoundFields) this, current, value);
        }
    }

    /** Moves the bound unless demand stands, or comes, in its place. Owner only. */
    final void movePopBound(int value) {
        int current = popBoundOpaque();
        if (current != POP_DEMAND) {
            POP_BOUND.compareAndSet((OwnerLayout.BoundFields) this, current, value);
        }
    }
}
