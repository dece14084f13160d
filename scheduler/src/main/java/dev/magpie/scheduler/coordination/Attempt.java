package dev.magpie.scheduler.coordination;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of an initialiser, which others wait for.
 *
 * <p>A wait that would never end is found before it begins. A thread says which attempt it waits
 * for, and then follows the chain: from that attempt to the thread that runs it, and to what that
 * one waits for. If the chain comes back to the thread, nobody in it could go on. Of threads that
 * close a cycle at the same time the last one to say so sees it, since the map is read and written
 * with volatile effect.
 *
 * @param <T> the value's type
 */
final class Attempt<T> extends Source<T> {

    private static final ConcurrentHashMap<Thread, Attempt<?>> AWAITED = new ConcurrentHashMap<>();

    /** Who runs it; null before and after. */
    private volatile @Nullable Thread owner;

    private volatile @Nullable Throwable failure;

    Attempt(@Nullable Thread owner) {
        this.owner = owner;
    }

    void own(Thread thread) {
        owner = thread;
    }

    void succeed(T value) {
        owner = null;
        boolean unused = complete(value);
    }

    void fail(Throwable thrown) {
        owner = null;
        failure = thrown;
        boolean unused = completeExceptionally(thrown);
    }

    /** Precondition: done. */
    T outcome() {
        Throwable thrown = failure;
        if (thrown != null) {
            throw Attempt.<RuntimeException>rethrow(thrown);
        }
        return join();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // unchecked, or not declared
    private static <X extends Throwable> X rethrow(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /**
     * Waits until it is done; not interruptible.
     *
     * @throws IllegalStateException if that would never be
     */
    void await() {
        announce();
        try {
            Waits.awaitUninterruptibly(this);
        } finally {
            withdraw();
        }
    }

    /**
     * Waits until it is done or the time is over.
     *
     * @return whether it is done
     * @throws IllegalStateException if that would never be
     */
    boolean await(long nanos) throws InterruptedException {
        announce();
        try {
            return Waits.awaitNanos(this, nanos);
        } finally {
            withdraw();
        }
    }

    private void announce() {
        Thread me = Thread.currentThread();
        AWAITED.put(me, this); // nobody waits for two at a time
        Attempt<?> awaited = this;
        while (awaited != null) {
            Thread runner = awaited.owner;
            if (runner == me) {
                withdraw();
                throw new IllegalStateException(
                        "an initialiser must not ask for its own value, was asked for by " + me);
            }
            awaited = runner == null ? null : AWAITED.get(runner);
        }
    }

    private static void withdraw() {
        Attempt<?> unused = AWAITED.remove(Thread.currentThread());
    }
}
