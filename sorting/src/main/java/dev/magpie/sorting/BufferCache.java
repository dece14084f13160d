package dev.magpie.sorting;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The buffer of the last sort, for the next one: touching fresh memory for the first time costs as
 * much as merging it. Held softly, so that it goes before memory runs out. Thread-safe: of sorts
 * that run at the same time one gets it.
 */
final class BufferCache {

    private static final int[] NONE = new int[0];

    private final AtomicReference<@Nullable SoftReference<int[]>> last = new AtomicReference<>();

    /** A buffer of at least the given length, whatever is in it. */
    int[] take(int length) {
        if (length == 0) {
            return NONE;
        }
        SoftReference<int[]> held = last.getAndSet(null);
        int[] buffer = held == null ? null : held.get();
        return buffer == null || buffer.length < length ? new int[length] : buffer;
    }

    /** Called when nobody writes the buffer any more. */
    void giveBack(int[] buffer) {
        if (buffer != NONE) {
            last.set(new SoftReference<>(buffer));
        }
    }
}
