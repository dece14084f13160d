package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue, first in, first out, of many producers and many consumers. It makes no garbage.
 *
 * <p><b>Algorithm.</b> Vyukov's bounded MPMC queue (1024cores.net, 2010): each slot has a turn,
 * which says whose it is next. Unlike there, {@link #offer} and {@link #poll} tell full and empty
 * by the two indices, and wait for a slot whose owner has not finished, as JCTools does.
 *
 * <p><b>Threads.</b> All methods may be called by all threads; {@code offer}, {@code poll} and
 * {@code peek} are linearizable, {@link #relaxedOffer} and {@link #relaxedPoll} may refuse although
 * there is room or an element, if another call is in progress. What a thread did before an offer
 * happens before what follows the poll of that element.
 *
 * <p><b>Invariants.</b> R1: slot {@code i} belongs to the producer of index {@code i} when its turn
 * is {@code i}, to the consumer of {@code i} when it is {@code i + 1}. R2: {@code consumed <=
 * produced <= consumed + capacity}.
 *
 * <p><b>Edges.</b> L8 of the package documentation.
 *
 * <p><b>Progress.</b> {@code offer}, {@code poll} and {@code peek} block in one case: a thread that
 * stands still between taking an index and storing its element holds up whoever needs that slot.
 * {@code relaxedOffer} and {@code relaxedPoll} are lock-free.
 *
 * <p>Prefer {@code ArrayBlockingQueue} where threads should sleep while it is full or empty, {@code
 * ConcurrentLinkedQueue} where there is no bound.
 *
 * @param <E> element type
 */
public final class MpmcRing<E> {

    private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    private final @Nullable Object[] slots;
    private final long[] turns;
    private final int mask;
    private final PaddedLong produced = new PaddedLong();
    private final PaddedLong consumed = new PaddedLong();

    /**
     * Creates an empty queue.
     *
     * @param capacity elements, rounded up to a power of two from 2 on
     * @throws IllegalArgumentException if {@code capacity} is below 1 or above 2^30
     */
    public MpmcRing(int capacity) {
        int length = RingCapacity.of(capacity);
        slots = new Object[length];
        turns = new long[length];
        mask = length - 1;
        for (int i = 0; i < length; i++) {
            turns[i] = i;
        }
    }

    /**
     * Appends an element if there is room.
     *
     * @param element not null
     * @return false if the queue is full
     * @throws NullPointerException if {@code element} is null
     */
    public boolean offer(E element) {
        Objects.requireNonNull(element, "element");
        while (true) {
            long index = produced.getVolatile();
            long turn = turnAcquire(index); // L8
            if (turn == index) {
                if (produced.compareAndSet(index, index + 1)) {
                    put(index, element);
                    return true;
                }
            } else if (turn < index && index - consumed.getVolatile() > mask) {
                return false; // R2: full when consumed was read
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Appends an element if there is a free slot. Lock-free.
     *
     * @param element not null
     * @return false if the queue is full, or a poll in progress has not yet freed the slot
     * @throws NullPointerException if {@code element} is null
     */
    public boolean relaxedOffer(E element) {
        Objects.requireNonNull(element, "element");
        while (true) {
            long index = produced.getVolatile();
            long turn = turnAcquire(index); // L8
            if (turn == index && produced.compareAndSet(index, index + 1)) {
                put(index, element);
                return true;
            }
            if (turn < index) {
                return false;
            }
        }
    }

    private void put(long index, E element) {
        SLOT.setOpaque(slots, (int) index & mask, element); // R1: the caller's; peek may look
        setTurnRelease(index, index + 1); // L8
    }

    /**
     * Takes the first element.
     *
     * @return the element, or null if the queue is empty
     */
    public @Nullable E poll() {
        while (true) {
            long index = consumed.getVolatile();
            long turn = turnAcquire(index); // L8
            if (turn == index + 1) {
                if (consumed.compareAndSet(index, index + 1)) {
                    return take(index);
                }
            } else if (turn <= index && produced.getVolatile() == index) {
                return null; // R2: empty when produced was read
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Takes the first element if it is there as a whole. Lock-free.
     *
     * @return the element, or null if the queue is empty, or an offer in progress has not yet
     *     stored it
     */
    public @Nullable E relaxedPoll() {
        while (true) {
            long index = consumed.getVolatile();
            long turn = turnAcquire(index); // L8
            if (turn == index + 1 && consumed.compareAndSet(index, index + 1)) {
                return take(index);
            }
            if (turn <= index) {
                return null;
            }
        }
    }

    private E take(long index) {
        E element = elementOpaque(index);
        SLOT.setOpaque(slots, (int) index & mask, null);
        setTurnRelease(index, index + mask + 1); // L8
        return Objects.requireNonNull(element); // R1
    }

    /**
     * The first element, which stays.
     *
     * @return the element, or null if the queue is empty
     */
    public @Nullable E peek() {
        while (true) {
            long index = consumed.getVolatile();
            long turn = turnAcquire(index); // L8
            if (turn == index + 1) {
                E element = elementOpaque(index);
                VarHandle.acquireFence(); // L8: the element, then consumed
                if (consumed.getVolatile() == index) { // not taken when the element was read
                    return element;
                }
            } else if (turn <= index && produced.getVolatile() == index) {
                return null;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Takes elements until there are none, or enough.
     *
     * @param action called for each, in order
     * @param limit most elements to take, at least 0
     * @return how many were taken
     * @throws IllegalArgumentException if {@code limit} is negative
     * @throws NullPointerException if {@code action} is null
     */
    public int drain(Consumer<? super E> action, int limit) {
        Objects.requireNonNull(action, "action"); // before something is taken
        if (limit < 0) {
            throw new IllegalArgumentException("limit must be at least 0, was " + limit);
        }
        int count = 0;
        while (count < limit) {
            E element = poll();
            if (element == null) {
                break;
            }
            count++;
            action.accept(element);
        }
        return count;
    }

    /**
     * Elements at some moment of the call. Lock-free.
     *
     * @return 0 to {@link #capacity}
     */
    public int size() {
        while (true) {
            long before = consumed.getVolatile();
            long end = produced.getVolatile();
            if (consumed.getVolatile() == before) {
                return (int) (end - before);
            }
        }
    }

    /**
     * Whether there was no element at some moment of the call. Lock-free.
     *
     * @return whether the size is 0
     */
    public boolean isEmpty() {
        return size() == 0;
    }

    /**
     * Elements for which there is room.
     *
     * @return a power of two
     */
    public int capacity() {
        return mask + 1;
    }

    @SuppressWarnings("unchecked") // put has stored it
    private E elementOpaque(long index) {
        return (E) SLOT.getOpaque(slots, (int) index & mask);
    }

    private long turnAcquire(long index) {
        return (long) TURN.getAcquire(turns, (int) index & mask);
    }

    private void setTurnRelease(long index, long turn) {
        TURN.setRelease(turns, (int) index & mask, turn);
    }
}
