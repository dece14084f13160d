package dev.magpie.scheduler.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest events of one worker: a ring of bounded size in one primitive array, allocated at
 * once. The oldest events are overwritten, and counted.
 *
 * <p><b>Algorithm.</b> A single-writer sequence lock whose sequence is the number of events written
 * so far: a reader copies, looks at the number again, and drops what may have been overwritten.
 *
 * <p><b>Threads.</b> The worker calls {@link #add}; any thread calls the rest, also meanwhile.
 *
 * <p><b>Edges.</b> T1 and T2 of the package documentation.
 *
 * <p><b>Progress.</b> Wait-free.
 */
public final class EventBuffer {

    /** When it began, how long it took, and what it was. */
    private static final int WORDS = 3;

    private static final int KIND_SHIFT = 32;

    private static final VarHandle COUNT;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(EventBuffer.class, "count", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final int capacity;
    private final long[] words;

    /** Events written so far. */
    private long count;

    /**
     * An empty buffer.
     *
     * @param capacity how many events it keeps, at least 1
     */
    public EventBuffer(int capacity) {
        this.capacity = capacity;
        words = new long[(capacity + 1) * WORDS]; // one may be half written
    }

    /**
     * Adds an event. The worker only.
     *
     * @param kind what it was
     * @param began when, as {@link System#nanoTime} counts
     * @param nanos how long it took
     * @param other the other worker that took part, or {@link TraceEvent#NOBODY}
     */
    public void add(EventKind kind, long began, long nanos, int other) {
        long mine = count; // owner only
        int word = wordOf(mine);
        VarHandle.storeStoreFence(); // T2: pairs with read()
        WORD.setOpaque(words, word, began);
        WORD.setOpaque(words, word + 1, nanos);
        WORD.setOpaque(
                words, word + 2, (long) kind.ordinal() << KIND_SHIFT | (other & 0xffff_ffffL));
        COUNT.setRelease(this, mine + 1); // T1: pairs with read()
    }

    /**
     * The events that the buffer holds, in the order in which they ended. Those that are written
     * meanwhile may be missing, and so may the ones that they replace.
     *
     * @return a copy
     */
    public List<TraceEvent> read() {
        long end = countAcquire(); // T1: pairs with add()
        long first = Math.max(0, end - capacity);
        List<TraceEvent> events = new ArrayList<>((int) (end - first));
        for (long index = first; index < end; index++) {
            events.add(event(wordOf(index)));
        }
        VarHandle.acquireFence(); // T2: pairs with add()
        long intact = countAcquire() - capacity; // what lies below may be overwritten
        int lost = (int) Math.min(events.size(), Math.max(0, intact - first));
        return events.subList(lost, events.size());
    }

    private int wordOf(long index) {
        return (int) (index % (capacity + 1)) * WORDS;
    }

    private TraceEvent event(int word) {
        long what = (long) WORD.getOpaque(words, word + 2);
        return new TraceEvent(
                EventKind.of((int) (what >>> KIND_SHIFT)),
                (long) WORD.getOpaque(words, word),
                (long) WORD.getOpaque(words, word + 1),
                (int) what);
    }

    /**
     * How many events were overwritten.
     *
     * @return the number
     */
    public long dropped() {
        return Math.max(0, countAcquire() - capacity);
    }

    private long countAcquire() {
        return (long) COUNT.getAcquire(this);
    }
}
