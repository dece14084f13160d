package dev.magpie.benchmarks.chaselev;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A task with a result, forked and joined on a {@link ChaseLevPool}.
 *
 * <p>Invariants: {@code state} leaves NEW once, after {@code outcome} was stored. Edges: a release
 * or volatile store of {@code state} and its acquire load order the outcome.
 *
 * @param <V> the result's type
 */
public abstract class ChaseLevTask<V extends @Nullable Object> {

    private static final int NEW = 0;
    private static final int NORMAL = 1;
    private static final int FAILED = 2;

    /** Looks for other work before a waiting worker sleeps. */
    private static final int SEARCHES = 64;

    /** A waiting worker looks again that often: work may have come up that it could steal. */
    private static final long WORKER_NAP_NANOS = 100_000;

    /** A belt for a waiter whose registration another waiter overwrote. */
    private static final long OUTSIDE_NAP_NANOS = 10_000_000;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(ChaseLevTask.class, "state", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private @Nullable Object outcome;
    private volatile @Nullable Thread waiter;

    @SuppressWarnings("unused") // through STATE
    private int state;

    /** For subclasses. */
    protected ChaseLevTask() {}

    /**
     * The computation.
     *
     * @return its result
     */
    protected abstract V compute();

    /** Pushes this task on the calling worker's deque. */
    public final void fork() {
        if (!(Thread.currentThread() instanceof ChaseLevWorker worker)) {
            throw new IllegalStateException("fork must be called by a worker");
        }
        worker.fork(this);
    }

    /**
     * Returns the result when it is there; a worker runs other tasks meanwhile.
     *
     * @return the result
     */
    public final V join() {
        if (!(Thread.currentThread() instanceof ChaseLevWorker worker)) {
            return joinOutside();
        }
        ChaseLevTask<?> newest = worker.pop();
        return newest == this ? runInline() : joinSlow(worker, newest);
    }

    /**
     * Runs this task in the calling worker.
     *
     * @return the result
     */
    public final V invoke() {
        return runInline();
    }

    @SuppressWarnings("ThreadPriorityCheck") // a bounded number of yields, then a sleep
    private V joinSlow(ChaseLevWorker worker, @Nullable ChaseLevTask<?> popped) {
        if (popped != null) {
            popped.run();
        }
        int searches = 0;
        while (!isDone()) {
            ChaseLevTask<?> other = worker.findTask();
            if (other != null) {
                other.run();
                searches = 0;
            } else if (++searches < SEARCHES) {
                Thread.yield();
            } else {
                await(WORKER_NAP_NANOS);
            }
        }
        return report();
    }

    final V joinOutside() {
        while (!isDone()) {
            await(OUTSIDE_NAP_NANOS);
        }
        return report();
    }

    private void await(long nanos) {
        waiter = Thread.currentThread(); // pairs with settle(): one of both sees the other
        if ((int) STATE.getVolatile(this) == NEW) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** The path of a task that its own forker popped: nobody else waits for it. */
    private V runInline() {
        V value;
        try {
            value = compute();
        } catch (Throwable ex) {
            settle(FAILED, ex);
            throw ex;
        }
        outcome = value;
        STATE.setRelease(this, NORMAL);
        return value;
    }

    /** Runs a task that was stolen, submitted or popped by chance. Throws nothing. */
    final void run() {
        try {
            settle(NORMAL, compute());
        } catch (Throwable ex) {
            settle(FAILED, ex);
        }
    }

    private void settle(int result, @Nullable Object value) {
        outcome = value;
        STATE.setVolatile(this, result); // pairs with await()
        Thread waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    private boolean isDone() {
        return (int) STATE.getAcquire(this) != NEW;
    }

    /** Precondition: done. */
    @SuppressWarnings({"unchecked", "NullAway"}) // V says whether null is a value
    private V report() {
        if ((int) STATE.getAcquire(this) == FAILED) {
            throw ChaseLevTask.<RuntimeException>rethrow((Throwable) outcome);
        }
        return (V) outcome;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException rethrow(Throwable failure) throws X {
        throw (X) failure;
    }
}
