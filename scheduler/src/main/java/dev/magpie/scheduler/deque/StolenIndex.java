package dev.magpie.scheduler.deque;

/** Where a thief learns which index its steal has won. One per thief; not thread-safe. */
public final class StolenIndex {

    long value;

    /** Creates one that tells nothing until it was given to a successful steal. */
    public StolenIndex() {}

    /**
     * The index that the last successful steal took.
     *
     * @return the index, in the victim's count
     */
    public long value() {
        return value;
    }
}
