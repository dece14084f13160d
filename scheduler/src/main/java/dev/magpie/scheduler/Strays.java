package dev.magpie.scheduler;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The parts of running computations that {@code shutdownNow} took off deques and that have not run
 * yet, by what is waited for. Thread-safe: one lock, held for the length of a look-up.
 *
 * <p><b>Edges.</b> E10: who takes parts says so before it wins the first of them, and until it has
 * announced the last one to its scope. So a scope's run that ends sees it, or sees the part.
 */
final class Strays {

    private final Map<Task<?>, Set<StrayPart>> byAwaited =
            new IdentityHashMap<>(); // guarded by this

    /** How many threads take parts off deques in this moment. */
    private final AtomicInteger takers = new AtomicInteger();

    /** The caller is about to take parts off deques. */
    void beginTaking() {
        takers.incrementAndGet(); // E10: ordered by the compare-and-set of a won steal
    }

    void endTaking() {
        takers.decrementAndGet(); // E10: pairs with areTaken()
    }

    /** Whether somebody may have taken a part and not announced it. */
    boolean areTaken() {
        return takers.get() > 0; // E10
    }

    synchronized void add(StrayPart stray) {
        for (Task<?> awaited : stray.awaited()) {
            byAwaited.computeIfAbsent(awaited, task -> new LinkedHashSet<>()).add(stray);
        }
    }

    /** One that belongs to what is waited for; null if there is none. */
    synchronized @Nullable StrayPart of(Task<?> awaited) {
        Set<StrayPart> parts = byAwaited.get(awaited);
        return parts == null ? null : parts.iterator().next();
    }

    /** Whether any has not been run. */
    synchronized boolean areLeft() {
        return !byAwaited.isEmpty();
    }

    /** Whether the caller is the one to run it. */
    synchronized boolean take(StrayPart stray) {
        boolean isMine = false;
        for (Task<?> awaited : stray.awaited()) {
            Set<StrayPart> parts = byAwaited.get(awaited);
            isMine = parts != null && parts.remove(stray);
            if (parts != null && parts.isEmpty()) {
                byAwaited.remove(awaited);
            }
        }
        return isMine;
    }
}
