package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue, first in, first out, of many producers and one consumer. It makes no garbage.
 *
 * <p><b>Algorithm.</b> Producers take an index by compare-and-set while it is below the consumer's
 * plus the capacity; the consumer takes what it finds. After Vyukov, and JCTools' MpscArrayQueue.
 *
 * <p><b>Threads.</b> {@link #offer}, {@link #size} and {@link #isEmpty} may be called by all
 * threads; the other methods by one thread at a time, the consumer. What a thread did before an
 * offer happens before what follows the poll of that element, and what the consumer did before a
 * poll before what follows the offer that reuses the slot.
 *
 * <p><b>Invariants.</b> R3: a slot is null unless it holds an element that was not yet taken. R4:
 * {@code consumed <= produced <= consumed + capacity}.
 *
 * <p><b>Edges.</b> L9 of the package documentation. {@code offer} and {@code poll} are linearizable
 * among themselves, but a poll is no fence: a false of {@code offer} may be some nanoseconds old
 * when seen beside another variable. Who puts threads to sleep on it needs a fence of its own.
 *
 * <p><b>Progress.</b> {@code offer} is lock-free. {@code poll} and {@code peek} block in one case:
 * a producer that stands still between taking an index and storing its element; {@link
 * #relaxedPoll} is wait-free.
 *
 * <p>Prefer JCTools' {@code MpscArrayQueue} where that library is at hand, {@code
 * ArrayBlockingQueue} where threads should sleep.
 *
 * @param <E> element type
 */
public final class MpscRing<E> {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    private final @Nullable Object[] slots;
    private final int mask;
    private final PaddedLong produced = new PaddedLong();
    private final PaddedLong consumed = new PaddedLong();

    /** An index that producers may take without looking at {@code consumed}; at most R4's bound. */
    private final PaddedLong limit = new PaddedLong();

    /**
     * Creates an empty queue.
     *
     * @param capacity elements, rounded up to a power of two from 2 on
     * @throws IllegalArgumentException if {@code capacity} is below 1 or above 2^30
     */
    public MpscRing(int capacity) {
        int length = RingCapacity.of(capacity);
        slots = new Object[length];
        mask = length - 1;
        limit.setRelease(length);
    }

    /**
     * Appends an element if there is room. Lock-free.
     *
     * @param element not null
     * @return false if the queue is full
     * @throws NullPointerException if {@code element} is null
     */
    public boolean offer(E element) {
        Objects.requireNonNull(element, "element");
        long bound = limit.getAcquire(); // L9
        while (true) {
            long index = produced.getVolatile();
            if (index >= bound) {
                bound = consumed.getVolatile() + mask + 1; // L9
                if (index >= bound) {
                    return false; // R4: full when consumed was read
                }
                limit.setRelease(bound); // L9; perhaps an older one: it is a bound all the same
            }
            if (produced.compareAndSet(index, index + 1)) {
                SLOT.setRelease(slots, (int) index & mask, element); // L9
                return true;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Takes the first element; for the consumer.
     *
     * @return the element, or null if the queue is empty
     */
    public @Nullable E poll() {
        E element = peek();
        if (element != null) {
            remove();
        }
        return element;
    }

    /**
     * Takes the first element if it is there; for the consumer. Wait-free.
     *
     * @return the element, or null if the queue is empty, or an offer in progress has not yet
     *     stored it
     */
    public @Nullable E relaxedPoll() {
        E element = elementAcquire(consumed.getPlain()); // L9
        if (element != null) {
            remove();
        }
        return element;
    }

    private void remove() {
        long index = consumed.getPlain(); // consumer only
        SLOT.setOpaque(slots, (int) index & mask, null); // R3; before consumed: L9
        consumed.setRelease(index + 1); // L9
    }

    /**
     * The first element, which stays; for the consumer.
     *
     * @return the element, or null if the queue is empty
     */
    public @Nullable E peek() {
        long index = consumed.getPlain(); // consumer only
        while (true) {
            E element = elementAcquire(index); // L9
            if (element != null) {
                return element;
            }
            if (produced.getVolatile() == index) {
                return null; // R4: empty when produced was read
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Takes elements until there are none, or enough; for the consumer.
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

    @SuppressWarnings("unchecked") // offer has stored it
    private @Nullable E elementAcquire(long index) {
        return (E) SLOT.getAcquire(slots, (int) index & mask);
    }
}
