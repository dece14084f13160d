package dev.magpie.scheduler.coordination;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Defers what must not happen while readers may still use something: closing a file, freeing an
 * off-heap buffer, putting a node back into a pool. Memory that the garbage collector looks after
 * does not need it.
 *
 * <pre>{@code
 * try (Epoch.Pin pin = epoch.pin()) {
 *     index.get().search(query); // index is a Snapshot
 * }
 *
 * Index old = index.getAndUpdate(current -> next); // first out of reach,
 * epoch.retire(old::close); // then retired
 * }</pre>
 *
 * <p>What is retired runs once all who were pinned at that moment have closed their pins: at the
 * latest when the last of them does, or in the call of {@code retire} if nobody is pinned. A reader
 * that stays pinned delays everything that is retired meanwhile, and breaks nothing. A reader that
 * is pinned must get what it uses after it was pinned.
 *
 * <p><b>Algorithm.</b> Epoch-based reclamation (K. Fraser, "Practical lock-freedom", 2004), with
 * striped counters of two epochs instead of a list of threads, as in sleepable RCU (P. McKenney,
 * 2006), so that pins belong to no thread and may be closed by another one.
 *
 * <p><b>Threads.</b> Any. {@code pin} is lock-free: it is repeated while the epoch moves on.
 * Closing a pin is wait-free, but for what it runs of what was retired. Retired actions run one at
 * a time, in the thread that happens to find them ready, or on the executor given; one that throws
 * is reported to that thread's {@link Thread.UncaughtExceptionHandler}. A stack overflow inside
 * {@code pin} or {@code close} may leave a reader counted, which delays all actions for ever.
 *
 * <p><b>Memory.</b> Actions in a pin happen-before what is retired and waits for it.
 */
public final class Epoch {

    private static final VarHandle NUMBER;

    static {
        try {
            NUMBER = MethodHandles.lookup().findVarHandle(Epoch.class, "number", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** Counters of one epoch, a power of two. */
    private static final int STRIPES =
            Math.min(64, Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2);

    /** Ints apart, so that no two counters share a cache line. */
    private static final int APART = 32;

    private final int stripes;
    private final @Nullable Executor executor;
    private volatile long number; // C8

    /** How many are pinned, for each parity of the epoch and each stripe. C8, C9. */
    private final AtomicIntegerArray pins;

    private final ConcurrentLinkedQueue<Retired> retired = new ConcurrentLinkedQueue<>();

    /** How many actions wait. C9. */
    private final AtomicInteger pending = new AtomicInteger();

    /** How often somebody asked for a look at what is ready; 0 if nobody looks. */
    private final AtomicInteger looking = new AtomicInteger();

    /** An epoch whose retired actions run in the thread that finds them ready. */
    public Epoch() {
        this(STRIPES, null);
    }

    /**
     * An epoch whose retired actions run on an executor.
     *
     * @param executor runs them; an action that it rejects runs in the thread that found it ready
     */
    public Epoch(Executor executor) {
        this(STRIPES, Objects.requireNonNull(executor, "executor"));
    }

    /** A seam: models have few stripes. */
    Epoch(int stripes, @Nullable Executor executor) {
        this.stripes = stripes;
        this.executor = executor;
        pins = new AtomicIntegerArray((2 * stripes + 1) * APART);
    }

    /** Compared by identity: one is taken off the queue by who runs it, or gives it up. */
    private static final class Retired {
        private final long number;
        private final Runnable action;

        /** Where it runs; null if in the thread that finds it ready. */
        private final @Nullable Executor executor;

        Retired(long number, Runnable action, @Nullable Executor executor) {
            this.number = number;
            this.action = action;
            this.executor = executor;
        }
    }

    /** Keeps what is retired from now on from running, until it is closed. */
    public static final class Pin implements AutoCloseable {
        private static final VarHandle OPEN;

        static {
            try {
                OPEN = MethodHandles.lookup().findVarHandle(Pin.class, "open", boolean.class);
            } catch (ReflectiveOperationException ex) {
                throw new ExceptionInInitializerError(ex);
            }
        }

        private final Epoch epoch;
        private final int counter;
        private volatile boolean open = true;

        private Pin(Epoch epoch, int counter) {
            this.epoch = epoch;
            this.counter = counter;
        }

        /** Ends it; by any thread. Has no effect the second time. */
        @Override
        public void close() {
            if (OPEN.compareAndSet(this, true, false)) {
                epoch.unpin(counter);
            }
        }
    }

    // ---- pinning

    /**
     * Begins to read. Lock-free.
     *
     * @return a pin, to be closed as soon as possible
     */
    public Pin pin() {
        int stripe = System.identityHashCode(Thread.currentThread()) & stripes - 1;
        while (true) {
            long current = number;
            int counter = counter(current, stripe);
            pins.getAndIncrement(counter); // C8
            if (number == current) {
                VarHandle.fullFence(); // C8: what is read now is read after the pin is seen
                return new Pin(this, counter);
            }
            unpin(counter);
        }
    }

    private int counter(long epoch, int stripe) {
        return ((int) (epoch & 1) * stripes + stripe + 1) * APART;
    }

    private void unpin(int counter) {
        pins.getAndDecrement(counter); // C9
        if (pending.get() != 0) {
            Headroom.ensureForChange(); // else the next one looks
            look();
        }
    }

    // ---- retiring

    /**
     * Runs an action once all who are pinned now have closed their pins. What it destroys must be
     * out of reach before, for readers that are pinned later.
     *
     * @param action what to run
     */
    public void retire(Runnable action) {
        Objects.requireNonNull(action, "action");
        VarHandle.fullFence(); // C8: out of reach before the epoch is read
        retire(new Retired(number, action, executor));
    }

    private void retire(Retired entry) {
        Headroom.ensureForChange();
        retired.add(entry);
        pending.getAndIncrement(); // C9
        look();
    }

    /**
     * The end of all pins that are open now.
     *
     * @return a stage that is completed then, on the executor given, or else by the thread that
     *     closes the last of them. To complete or cancel its future has no effect on others, and
     *     leaves nothing behind
     */
    public CompletionStage<@Nullable Void> gracePeriod() {
        return passed(executor);
    }

    private Passed passed(@Nullable Executor where) {
        VarHandle.fullFence(); // C8: as what is retired
        Passed passed = new Passed(where);
        retire(passed.entry);
        return passed;
    }

    /** The end of a grace period; who gives it up takes it off what is retired. */
    private final class Passed extends Promise<@Nullable Void> {
        private final Retired entry;

        Passed(@Nullable Executor where) {
            super(null);
            entry = new Retired(number, this::pass, where);
        }

        private void pass() {
            if (tryHold()) {
                settle();
                hand(null);
            }
        }

        @Override
        void gone() {
            if (retired.remove(entry)) {
                pending.getAndDecrement();
            }
        }
    }

    /**
     * Waits until all pins that are open now are closed, whatever the executor does meanwhile.
     * Never returns if the caller holds one, or is a retired action that runs without an executor.
     *
     * @throws InterruptedException if the thread was interrupted before or meanwhile
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public void awaitGracePeriod() throws InterruptedException {
        Waits.throwIfInterrupted();
        boolean unused = Waits.awaitServed(passed(null), Long.MAX_VALUE);
    }

    /**
     * Waits until all pins that are open now are closed, for a limited time.
     *
     * @param timeout the longest wait; does not wait if it is not positive
     * @param unit its unit
     * @return whether they were before the time was over
     * @throws InterruptedException if the thread was interrupted before or meanwhile
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public boolean awaitGracePeriod(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        Waits.throwIfInterrupted();
        return Waits.awaitServed(passed(null), nanos);
    }

    /**
     * How many retired actions have not run yet.
     *
     * @return the number of a moment ago
     */
    public int pendingCount() {
        return pending.get();
    }

    // ---- looking for what is ready, by one thread at a time

    private void look() {
        if (looking.getAndIncrement() != 0) {
            return; // the other one looks again
        }
        int asked = 1;
        while (asked != 0) {
            boolean moved = true;
            while (moved) {
                moved = runReady() | (pending.get() != 0 && advance());
            }
            asked = looking.addAndGet(-asked);
        }
    }

    /** Begins the next epoch if nobody is pinned in the one before this. */
    private boolean advance() {
        long current = number; // changed by the caller only
        Retired oldest = retired.peek();
        if (oldest == null || oldest.number + 2 <= current) {
            return false;
        }
        for (int i = 0; i < stripes; i++) {
            if (pins.get(counter(current - 1, i)) != 0) { // C8
                return false;
            }
        }
        return NUMBER.compareAndSet(this, current, current + 1);
    }

    private boolean runReady() {
        Retired oldest = retired.peek();
        if (oldest == null || oldest.number + 2 > number) {
            return false;
        }
        if (retired.remove(oldest)) { // unless it was given up meanwhile
            pending.getAndDecrement();
            dispatch(oldest);
        }
        return true;
    }

    private void dispatch(Retired ready) {
        Executor where = ready.executor;
        Once action = new Once(ready.action);
        if (where != null) {
            try {
                where.execute(action);
                return;
            } catch (Throwable ex) { // checked ones of other languages, too
                if (action.hasBegun()) {
                    report(ex); // of the action, if the executor runs it here
                    return;
                }
                // rejected: run here
            }
        }
        try {
            action.run();
        } catch (Throwable ex) {
            report(ex);
        }
    }

    /** What the handler throws is ignored, as the virtual machine does: others are to run yet. */
    private static void report(Throwable failure) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        } catch (Throwable ex) {
            // nobody is left to be told
        }
    }

    @Override
    public String toString() {
        return "Epoch[number=" + number + ", pending=" + pending + "]";
    }
}
