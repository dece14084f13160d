package dev.magpie.scheduler.lockfree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says when an object that was unlinked from a structure may be used again: when no thread protects
 * it. For what the garbage collector does not manage, such as pooled nodes and memory off the heap.
 *
 * <p><b>Algorithm.</b> Michael, "Hazard Pointers: Safe Memory Reclamation for Lock-Free Objects"
 * (IEEE TPDS 15(6), 2004, doi:10.1109/TPDS.2004.8). A record is borrowed for an operation, not
 * owned by a thread.
 *
 * <p><b>Threads.</b> {@link #acquire} may be called by all threads; a {@link Guard} is used by one
 * thread at a time, between {@code acquire} and {@code close}.
 *
 * <p><b>Edges.</b> L6 of the package documentation.
 *
 * <p><b>Progress.</b> Lock-free; {@code retire} is wait-free but for the reclaimer. A thread that
 * stands still keeps one object from being used again, and those that its guard has retired.
 *
 * @param <T> type of the objects
 */
public final class HazardPointers<T> {

    private static final int DEFAULT_BATCH = 32;

    private static final VarHandle GUARDS;
    private static final VarHandle BORROWED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            GUARDS = lookup.findVarHandle(HazardPointers.class, "guards", Guard.class);
            BORROWED = lookup.findVarHandle(Guard.class, "borrowed", boolean.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final Consumer<? super T> reclaimer;
    private final int batch;
    private volatile @Nullable Guard<T> guards;

    /**
     * Creates an empty set of guards.
     *
     * @param reclaimer gets each retired object once, when nobody protects it any more, from a
     *     thread that retires another one; may retire others itself, by the guard of that call, too
     */
    public HazardPointers(Consumer<? super T> reclaimer) {
        this(reclaimer, DEFAULT_BATCH);
    }

    /**
     * Creates an empty set of guards.
     *
     * @param reclaimer gets each retired object once, when nobody protects it any more, from a
     *     thread that retires another one; may retire others itself, by the guard of that call, too
     * @param batch objects that a guard retires before it looks which are free, at least 1
     * @throws IllegalArgumentException if {@code batch} is below 1
     */
    public HazardPointers(Consumer<? super T> reclaimer, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, was " + batch);
        }
        this.reclaimer = Objects.requireNonNull(reclaimer, "reclaimer");
        this.batch = batch;
    }

    /**
     * Borrows a guard, to be closed.
     *
     * @return one that protects nothing
     */
    public Guard<T> acquire() {
        for (Guard<T> guard = guards; guard != null; guard = guard.next) {
            if (!guard.borrowed && BORROWED.compareAndSet(guard, false, true)) {
                return guard;
            }
        }
        Guard<T> guard = new Guard<>(this);
        while (true) {
            Guard<T> first = guards;
            guard.next = first;
            if (GUARDS.compareAndSet(this, first, guard)) {
                return guard;
            }
        }
    }

    /**
     * Protects one object at a time, and takes those that its borrower has unlinked.
     *
     * @param <T> type of the objects
     */
    public static final class Guard<T> implements AutoCloseable {

        private final HazardPointers<T> owner;
        private volatile boolean borrowed = true;
        private volatile @Nullable T hazard;
        private @Nullable Guard<T> next; // written before the guard is published

        // of the borrower alone; handed on by the volatile write of borrowed
        private @Nullable Object[] retired = new Object[8];
        private int retiredCount;
        private int scanAt;
        private boolean reclaiming;

        private Guard(HazardPointers<T> owner) {
            this.owner = owner;
            scanAt = owner.batch;
        }

        /**
         * Reads an object and protects it until the next call or {@code close}: once this returns,
         * it is not reclaimed, if it was not retired before it could be read.
         *
         * @param source reads the place in the structure, by a volatile load
         * @return what the source returned last; may be null
         */
        public @Nullable T protect(Supplier<? extends @Nullable T> source) {
            T seen = source.get();
            while (true) {
                hazard = seen; // L6
                T again = source.get(); // L6
                if (again == seen) {
                    return seen;
                }
                seen = again;
            }
        }

        /**
         * Hands over an object that no thread can read from the structure any more.
         *
         * @param object unlinked by the caller
         * @throws NullPointerException if {@code object} is null
         */
        public void retire(T object) {
            keep(Objects.requireNonNull(object, "object"));
            if (retiredCount >= scanAt && !reclaiming) {
                owner.reclaim(this);
            }
        }

        private void keep(Object object) {
            if (retiredCount == retired.length) {
                retired = Arrays.copyOf(retired, 2 * retiredCount);
            }
            retired[retiredCount] = object;
            retiredCount++;
        }

        /** Ends the protection and gives the guard back. */
        @Override
        public void close() {
            hazard = null;
            borrowed = false;
        }
    }

    private void reclaim(Guard<T> mine) {
        mine.reclaiming = true; // who retires from the reclaimer does not begin a second time
        try {
            while (mine.retiredCount >= mine.scanAt) {
                reclaimUnprotected(mine);
            }
        } finally {
            mine.reclaiming = false;
        }
    }

    @SuppressWarnings("unchecked") // retire has put Ts there
    private void reclaimUnprotected(Guard<T> mine) {
        Set<Object> hazards = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Guard<T> guard = guards; guard != null; guard = guard.next) {
            T hazard = guard.hazard; // L6
            if (hazard != null) {
                hazards.add(hazard);
            }
        }
        int kept = 0;
        int count = mine.retiredCount;
        for (int i = 0; i < count; i++) { // the protected ones to the front
            Object candidate = mine.retired[i];
            if (candidate != null && hazards.contains(candidate)) {
                mine.retired[i] = mine.retired[kept];
                mine.retired[kept] = candidate;
                kept++;
            }
        }
        @Nullable Object[] free = Arrays.copyOfRange(mine.retired, kept, count);
        Arrays.fill(mine.retired, kept, count, null);
        mine.retiredCount = kept; // from here on: what the reclaimer retires, not looked at yet
        mine.scanAt = kept + batch; // what is protected now may be so for long
        int left = free.length;
        try {
            while (left > 0) {
                left--;
                reclaimer.accept((T) Objects.requireNonNull(free[left]));
            }
        } finally {
            for (int i = 0; i < left; i++) { // what it throws leaves the rest for the next time
                mine.keep(Objects.requireNonNull(free[i]));
            }
        }
    }
}
