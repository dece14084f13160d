package dev.magpie.scheduler.coordination;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An outcome that many may wait for, each in a future of its own. The copies of a {@code
 * CompletableFuture} stay with it until it is completed, even those that were cancelled; these do
 * not, so that who gives up leaves nothing behind, however long the outcome takes.
 *
 * <p><b>Algorithm.</b> Copies are listed in a stack (R. K. Treiber, 1986), from which nothing is
 * taken but all. Those that are given up are counted; when they are the greater part, who gave up
 * the last one takes all and puts back those that still wait. A copy that is given up therefore
 * stays until at most as many others, or {@link #FEW}, are given up as well.
 *
 * <p><b>No copy is forgotten.</b> Who lists copies looks afterwards whether the outcome is there;
 * who completes it does so before it takes the list. Both are volatile: one of them sees the other.
 *
 * <p><b>Threads.</b> Any; all methods are lock-free.
 *
 * @param <T> the outcome's type
 */
class Source<T extends @Nullable Object> extends CompletableFuture<T> {

    /** Copies given up that are not worth a sweep. */
    private static final int FEW = 32;

    private static final VarHandle TOP;
    private static final VarHandle GONE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TOP = lookup.findVarHandle(Source.class, "top", Copy.class);
            GONE = lookup.findVarHandle(Source.class, "gone", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private volatile @Nullable Copy<T> top;

    /** How many were given up and not swept since; briefly less than 0. */
    private volatile int gone;

    /** The outcome for one who waits. */
    private static final class Copy<T extends @Nullable Object> extends Promise<T> {
        private final Source<T> source;

        /** The one below. Owned by who lists it, and by who takes it. */
        private @Nullable Copy<T> below;

        /** How many there are from here to the bottom. Owned likewise. */
        private int height;

        Copy(Source<T> source) {
            super(null);
            this.source = source;
        }

        @Override
        void gone() {
            source.forgetOne();
        }
    }

    /** A future that is completed as this one is, unless it was before. */
    @Override
    public CompletableFuture<T> copy() {
        Copy<T> copy = new Copy<>(this);
        list(copy);
        if (isDone()) {
            serve();
        }
        return copy;
    }

    @Override
    public boolean complete(@Nullable T value) {
        boolean isFirst = super.complete(value);
        serve();
        return isFirst;
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        boolean isFirst = super.completeExceptionally(failure);
        serve();
        return isFirst;
    }

    private void list(Copy<T> copy) {
        while (true) {
            Copy<T> found = top;
            copy.below = found;
            copy.height = found == null ? 1 : found.height + 1;
            if (TOP.compareAndSet(this, found, copy)) {
                return;
            }
        }
    }

    @SuppressWarnings("unchecked") // only such are listed
    private @Nullable Copy<T> takeAll() {
        return (Copy<T>) TOP.getAndSet(this, null);
    }

    /** Precondition: done. */
    private void serve() {
        @Nullable Error thrown = null;
        Copy<T> copy = takeAll();
        while (copy != null) {
            Copy<T> next = copy.below;
            copy.below = null;
            if (copy.tryHold()) {
                copy.settle();
                try {
                    hand(copy);
                } catch (Error ex) { // of stages that run here: the others must not wait for ever
                    thrown = ex;
                }
            }
            copy = next;
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    private void hand(Copy<T> copy) {
        T value;
        try {
            value = join();
        } catch (RuntimeException ex) { // as dependents of futures are told:
            copy.fail(ex instanceof CompletionException ? ex : new CompletionException(ex));
            return;
        }
        copy.hand(value);
    }

    private void forgetOne() {
        int count = (int) GONE.getAndAdd(this, 1) + 1;
        Copy<T> found = top;
        if (found != null && count >= FEW && count > found.height / 2) {
            sweep();
        }
    }

    private void sweep() {
        int swept = 0;
        Copy<T> copy = takeAll();
        while (copy != null) {
            Copy<T> next = copy.below;
            if (copy.isOpen()) {
                list(copy);
            } else {
                copy.below = null;
                swept++;
            }
            copy = next;
        }
        int unused = (int) GONE.getAndAdd(this, -swept);
        if (isDone()) {
            serve();
        }
    }
}
