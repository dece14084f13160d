package dev.magpie.scheduler.coordination;

import org.jspecify.annotations.Nullable;

/** Those that wait at one side of a channel, the oldest first. Guarded by the channel's lock. */
final class WaitList<T> {

    private @Nullable Entry<T> first;
    private @Nullable Entry<T> last;

    @Nullable Entry<T> first() {
        return first;
    }

    boolean isEmpty() {
        return first == null;
    }

    void add(Entry<T> entry) {
        entry.before = last;
        if (last == null) {
            first = entry;
        } else {
            last.after = entry;
        }
        last = entry;
        entry.isListed = true;
    }

    /** Returns whether it was listed. */
    boolean remove(Entry<T> entry) {
        if (!entry.isListed) {
            return false;
        }
        Entry<T> before = entry.before;
        Entry<T> after = entry.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        entry.before = null;
        entry.after = null;
        entry.isListed = false;
        return true;
    }
}
