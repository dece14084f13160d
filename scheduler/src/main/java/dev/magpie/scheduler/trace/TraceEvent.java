package dev.magpie.scheduler.trace;

/**
 * One thing that a worker did. Immutable.
 *
 * @param kind what it was
 * @param began when, as {@link System#nanoTime} counts
 * @param nanos how long it took; 0 for a moment
 * @param other the other worker that took part, or {@link #NOBODY}
 */
public record TraceEvent(EventKind kind, long began, long nanos, int other) {

    /** Stands for no other worker. */
    public static final int NOBODY = -1;

    /** Longer than anything takes, and short enough to be added to a time. */
    private static final long ENDLESS = 1L << 62;

    /**
     * What goes on and has no end yet.
     *
     * @param kind what it is
     * @param began when, as {@link System#nanoTime} counts
     * @return an event that reaches beyond all others
     */
    public static TraceEvent open(EventKind kind, long began) {
        return new TraceEvent(kind, began, ENDLESS, NOBODY);
    }

    /**
     * When it was over.
     *
     * @return as {@link System#nanoTime} counts
     */
    public long ended() {
        return began + nanos;
    }

    /** The part of this event that lies between two times. Precondition: there is one. */
    TraceEvent within(long from, long until) {
        long first = began - from > 0 ? began : from;
        return new TraceEvent(kind, first, (ended() - until < 0 ? ended() : until) - first, other);
    }

    /** Whether both are of one kind and share time: two reports of one thing. */
    boolean overlaps(TraceEvent event) {
        return kind == event.kind && began - event.ended() < 0 && event.began - ended() < 0;
    }

    boolean touches(long from, long until) {
        return ended() - from >= 0 && began - until <= 0;
    }
}
