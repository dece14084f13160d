package dev.magpie.scheduler.coordination;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Task;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A counting semaphore whose permits can be awaited by futures as well as by threads. With one
 * permit it is a mutex that may be released by another thread.
 *
 * <pre>{@code
 * AsyncSemaphore connections = new AsyncSemaphore(5);
 * connections.acquireAsync().thenCompose(ignored -> fetch(url)).whenComplete((page, failure) -> connections.release());
 * }</pre>
 *
 * <p><b>Fairness.</b> First come, first served: nobody overtakes one who waits, {@link #tryAcquire}
 * included. A request for many permits is served before smaller ones that came later.
 *
 * <p><b>Futures.</b> The stages that depend on a future run on an executor, never in the thread
 * that released; a future that is completed at once runs them in the caller, as usual. The executor
 * is the one given, or else the scheduler whose worker asked, or {@link Scheduler#common()}. If it
 * rejects them, or runs them in its caller, they run in the thread that released after all: nobody
 * who is queued is served until they end, so that they must not wait for a permit of this
 * semaphore, nor for long. To cancel a future, or to complete it in any other way, gives the
 * request up; once its permits were assigned, {@code cancel} answers false, and it completes.
 *
 * <p><b>Threads.</b> Any. {@code tryAcquire} and {@code release} without anyone queued are
 * lock-free; so is the queueing. Permits are handed to those who are queued by one thread at a
 * time: others leave it what they released and go on, so that nobody waits for it but those who are
 * queued.
 *
 * <p><b>Cost.</b> Alone as a {@link java.util.concurrent.Semaphore}. With many threads that wait
 * for few permits it is some three times as fast as a fair one, and takes twice the time of an
 * unfair one, which lets a running thread have the permit again.
 *
 * <p><b>Memory.</b> Actions before {@code release} happen-before those after the acquisition that
 * takes the permit.
 */
public final class AsyncSemaphore {

    /** So many given up requests may lie in the queue, beside as many as are live. */
    private static final int GONE_ALLOWED = 32;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(AsyncSemaphore.class, "word", long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final int permits;
    private final @Nullable Executor executor;

    private volatile long word; // C4: all accesses are volatile or stronger

    /** In the order of their requests; taken from by the one who hands out. */
    private final ConcurrentLinkedQueue<Request> queue = new ConcurrentLinkedQueue<>();

    /** How many gave up since the queue was swept. */
    private final AtomicInteger gone = new AtomicInteger();

    /** How often somebody asked for permits to be handed out; 0 if nobody does it. */
    private final AtomicInteger handing = new AtomicInteger();

    /**
     * A semaphore whose futures run on the scheduler whose worker asked, or {@link
     * Scheduler#common()}.
     *
     * @param permits how many, 1 or more
     * @throws IllegalArgumentException if {@code permits} is less than 1
     */
    public AsyncSemaphore(int permits) {
        this(null, permits);
    }

    /**
     * A semaphore.
     *
     * @param permits how many, 1 or more
     * @param executor where the stages run that depend on its futures
     * @throws IllegalArgumentException if {@code permits} is less than 1
     */
    public AsyncSemaphore(int permits, Executor executor) {
        this(Objects.requireNonNull(executor, "executor"), permits);
    }

    private AsyncSemaphore(@Nullable Executor executor, int permits) {
        Arguments.requireBetween("permits", permits, 1, Integer.MAX_VALUE);
        this.permits = permits;
        this.executor = executor;
        word = PermitWord.of(permits);
    }

    /** One who is queued. */
    private final class Request extends Promise<@Nullable Void> {
        private final int wanted;
        private final @Nullable Runnable whenGone;

        Request(int wanted, @Nullable Executor executor, @Nullable Runnable whenGone) {
            super(executor);
            this.wanted = wanted;
            this.whenGone = whenGone;
        }

        @Override
        void gone() {
            forget();
            if (whenGone != null) {
                whenGone.run();
            }
        }
    }

    // ---- acquiring

    /**
     * Takes a permit if one is free and nobody is queued. Lock-free.
     *
     * @return whether it did
     */
    public boolean tryAcquire() {
        return tryAcquire(1);
    }

    /**
     * Takes permits if they are free and nobody is queued. Lock-free.
     *
     * @param count how many, 1 to the number of this semaphore
     * @return whether it did
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    public boolean tryAcquire(int count) {
        Arguments.requireBetween("count", count, 1, permits);
        while (true) {
            long current = word;
            if (!PermitWord.mayTake(current, count)) {
                return false;
            }
            if (casWord(current, current - count)) {
                return true;
            }
        }
    }

    /**
     * Takes a permit, and waits for it if need be.
     *
     * @throws InterruptedException if the thread was interrupted before or meanwhile; it has no
     *     permit then
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public void acquire() throws InterruptedException {
        acquire(1);
    }

    /**
     * Takes permits, and waits for them if need be.
     *
     * @param count how many, 1 to the number of this semaphore
     * @throws IllegalArgumentException if {@code count} is out of range
     * @throws InterruptedException if the thread was interrupted before or meanwhile; it has no
     *     permit then
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public void acquire(int count) throws InterruptedException {
        Waits.throwIfInterrupted();
        if (tryAcquire(count)) {
            return;
        }
        Headroom.ensureForWait();
        CompletableFuture<?> request = request(count, null, null);
        boolean acquired = false;
        try {
            acquired = Waits.awaitOrCancel(request, Long.MAX_VALUE);
        } finally {
            if (!acquired && !request.cancel(false)) {
                release(count);
            }
        }
    }

    /**
     * Takes a permit, and waits for it for a limited time.
     *
     * @param timeout the longest wait; does not wait if it is not positive
     * @param unit its unit
     * @return whether it did
     * @throws InterruptedException if the thread was interrupted before or meanwhile; it has no
     *     permit then
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, timeout, unit);
    }

    /**
     * Takes permits, and waits for them for a limited time.
     *
     * @param count how many, 1 to the number of this semaphore
     * @param timeout the longest wait; does not wait if it is not positive
     * @param unit its unit
     * @return whether it did
     * @throws IllegalArgumentException if {@code count} is out of range
     * @throws InterruptedException if the thread was interrupted before or meanwhile; it has no
     *     permit then
     * @throws java.util.concurrent.CancellationException if it has to wait and the task that calls
     *     was cancelled
     */
    public boolean tryAcquire(int count, long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        Waits.throwIfInterrupted();
        if (tryAcquire(count)) {
            return true;
        }
        if (nanos <= 0) {
            return false;
        }
        Headroom.ensureForWait();
        CompletableFuture<?> request = request(count, null, null);
        boolean ended = false;
        try {
            boolean acquired = Waits.awaitOrCancel(request, nanos);
            ended = true;
            return acquired;
        } finally {
            if (!ended && !request.cancel(false)) {
                release(count);
            }
        }
    }

    /**
     * Takes a permit when one is free. Lock-free.
     *
     * @return a future that completes with null when the permit is taken; who cancels it gives it
     *     up
     */
    public CompletableFuture<@Nullable Void> acquireAsync() {
        return acquireAsync(1);
    }

    /**
     * Takes permits when they are free. Lock-free.
     *
     * @param count how many, 1 to the number of this semaphore
     * @return a future that completes with null when the permits are taken; who cancels it gives
     *     them up
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    public CompletableFuture<@Nullable Void> acquireAsync(int count) {
        return acquireAsync(count, null);
    }

    /** The same with something that is run if the request is given up. */
    CompletableFuture<@Nullable Void> acquireAsync(int count, @Nullable Runnable whenGone) {
        return tryAcquire(count)
                ? CompletableFuture.completedFuture(null)
                : request(count, executor == null ? defaultExecutor() : executor, whenGone);
    }

    /** The scheduler whose worker calls, or the common one. */
    static Executor defaultExecutor() {
        Scheduler own = Task.getPool();
        return own == null ? Scheduler.common() : own;
    }

    private CompletableFuture<@Nullable Void> request(
            int count, @Nullable Executor where, @Nullable Runnable whenGone) {
        Headroom.ensureForChange();
        while (true) {
            long current = word;
            if (PermitWord.mayTake(current, count)) {
                if (casWord(current, current - count)) {
                    return CompletableFuture.completedFuture(null);
                }
            } else if (casWord(current, PermitWord.withOneMoreQueued(current))) { // C4
                Request request = new Request(count, where, whenGone);
                queue.add(request);
                handOut();
                return request;
            }
        }
    }

    // ---- releasing

    /**
     * Gives a permit back; by any thread.
     *
     * @throws IllegalStateException if no permit is taken
     */
    public void release() {
        release(1);
    }

    /**
     * Gives permits back; by any thread.
     *
     * @param count how many, 1 to the number of this semaphore
     * @throws IllegalArgumentException if {@code count} is out of range
     * @throws IllegalStateException if fewer are taken; nothing was given back
     */
    public void release(int count) {
        Arguments.requireBetween("count", count, 1, permits);
        while (true) {
            long current = word;
            int taken = permits - PermitWord.available(current);
            if (count > taken) {
                throw new IllegalStateException(
                        "count must be at most the permits taken, " + taken + ", was " + count);
            }
            boolean isAwaited = PermitWord.queued(current) > 0;
            if (isAwaited) {
                Headroom.ensureForChange();
            }
            if (casWord(current, current + count)) { // C4
                if (isAwaited) {
                    handOut();
                }
                return;
            }
        }
    }

    /** A request was given up. */
    private void forget() {
        while (true) {
            long current = word;
            if (casWord(current, PermitWord.withOneLessQueued(current))) {
                gone.incrementAndGet();
                handOut(); // it may have stood in the way of smaller ones
                return;
            }
        }
    }

    /** Hands out what is free, or leaves it to who does so already. */
    private void handOut() {
        if (handing.getAndIncrement() != 0) {
            return; // C4: the other one looks again
        }
        @Nullable Error thrown = null;
        int asked = 1;
        while (asked != 0) {
            if (gone.get() > GONE_ALLOWED + PermitWord.queued(word)) {
                gone.set(0);
                queue.removeIf(request -> !request.isOpen());
            }
            Request served = settleNext();
            while (served != null) {
                try {
                    served.hand(null);
                } catch (Error ex) { // of stages that run here: the others must not wait for ever
                    thrown = ex;
                }
                served = settleNext();
            }
            asked = handing.addAndGet(-asked);
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    /** Assigns its permits to the first in the queue; null if there are too few, or nobody. */
    private @Nullable Request settleNext() {
        while (true) {
            Request next = queue.peek();
            if (next == null) {
                return null; // one that is counted but not queued yet comes here itself
            }
            boolean isOpen = next.tryHold(); // else given up
            if (isOpen && !takeForQueued(next.wanted)) {
                next.unhold();
                return null;
            }
            Request unused = queue.poll();
            if (isOpen) {
                next.settle();
                return next;
            }
        }
    }

    private boolean takeForQueued(int count) {
        while (true) {
            long current = word;
            if (PermitWord.available(current) < count) {
                return false;
            }
            if (casWord(current, PermitWord.withOneLessQueued(current) - count)) {
                return true;
            }
        }
    }

    // ---- looking

    /**
     * How many permits are free. Wait-free.
     *
     * @return the number of a moment ago
     */
    public int availablePermits() {
        return PermitWord.available(word);
    }

    /**
     * How many are queued. Wait-free.
     *
     * @return the number of a moment ago
     */
    public int getQueueLength() {
        return PermitWord.queued(word);
    }

    /** How many entries the queue has, those that gave up included; for tests. */
    int requestsInMemory() {
        return queue.size();
    }

    private boolean casWord(long expected, long next) {
        return WORD.compareAndSet(this, expected, next);
    }

    @Override
    public String toString() {
        return "AsyncSemaphore[permits=" + permits + ", " + PermitWord.toString(word) + "]";
    }
}
