package dev.magpie.scheduler.coordination;

import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands elements from any number of senders to any number of receivers, each element to one of
 * them. Unlike a {@link java.util.concurrent.BlockingQueue} it can be closed, selected from, and
 * awaited by futures.
 *
 * <pre>{@code
 * Channel<Page> pages = Channel.bounded(64);
 * scheduler.execute(() -> {
 *     for (Page page : pages) { // until the channel is closed and empty
 *         index(page);
 *     }
 * });
 * pages.send(page); // waits while 64 are in it
 * pages.close();
 * }</pre>
 *
 * <p><b>Order.</b> Elements are received in the order in which they were sent; those of one sender
 * in its order, whichever forms of send it mixes. Who waits is served in order, and overtaken by
 * nobody who comes later.
 *
 * <p><b>Nothing is lost.</b> An element is sent once its send has returned, or its future has
 * completed, normally; it is received by one receiver then, unless nobody receives any more. Who is
 * interrupted while it waits, or whose future is cancelled, has sent or received nothing; if it was
 * served at the same moment, the operation returns normally, and the interrupt status is kept.
 *
 * <p><b>Closing.</b> {@link #close()} ends sending. Those who wait to send already are still
 * served, and what is in the channel can be received; then each receive throws {@link
 * ChannelClosedException}, and loops over the channel end. {@link #close(Throwable)} also ends the
 * wait of those who wait to send, and the exceptions have its argument as their cause.
 *
 * <p><b>Futures.</b> The stages that depend on a future run on the executor given, or else on the
 * scheduler whose worker asked, or {@link dev.magpie.scheduler.Scheduler#common()}. If it rejects
 * them, they run in the thread that served the future. To complete a future from outside in any way
 * gives the operation up, if it was not served yet; else it has no effect.
 *
 * <p><b>Threads.</b> Any. Without anyone waiting, sends and receives of a bounded or an unbounded
 * channel take no lock. A bounded channel allocates nothing then; an unbounded one a node for each
 * element. {@code trySend} and {@code tryReceive} of a bounded channel may wait for another thread
 * to finish a few instructions. All else takes a lock for a few instructions.
 *
 * <p><b>Memory.</b> Actions before a send happen-before those after the receive of its element.
 *
 * @param <T> the elements' type; null is no element
 */
public final class Channel<T> implements Iterable<T>, AutoCloseable {

    /**
     * How often a wait looks again before it lists itself: a microsecond or two. It does not yield:
     * on a busy machine that takes longer than a park.
     */
    static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 30 : 0;

    private final ChannelCore<T> core;

    private Channel(ChannelCore<T> core) {
        this.core = core;
    }

    // ---- kinds

    /**
     * A channel that takes any number of elements.
     *
     * @param <T> the elements' type
     * @return a new channel
     */
    public static <T> Channel<T> unbounded() {
        return new Channel<>(new ChannelCore<>(null, new LinkedBuffer<>(), null));
    }

    /**
     * A channel that takes any number of elements.
     *
     * @param executor where the stages run that depend on futures
     * @param <T> the elements' type
     * @return a new channel
     */
    public static <T> Channel<T> unbounded(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return new Channel<>(new ChannelCore<>(null, new LinkedBuffer<>(), executor));
    }

    /**
     * A channel in which sends wait while it is full.
     *
     * @param capacity how many elements it takes, 1 or more; room for them is allocated at once
     * @param <T> the elements' type
     * @return a new channel
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public static <T> Channel<T> bounded(int capacity) {
        return new Channel<>(new ChannelCore<>(ring(capacity), null, null));
    }

    /**
     * A channel in which sends wait while it is full.
     *
     * @param capacity how many elements it takes, 1 or more; room for them is allocated at once
     * @param executor where the stages run that depend on futures
     * @param <T> the elements' type
     * @return a new channel
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public static <T> Channel<T> bounded(int capacity, Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return new Channel<>(new ChannelCore<>(ring(capacity), null, executor));
    }

    private static <T> Ring<T> ring(int capacity) {
        Arguments.requireBetween("capacity", capacity, 1, Integer.MAX_VALUE);
        return new Ring<>(capacity);
    }

    /**
     * A channel in which each send waits for a receive, and the other way round. Between threads
     * that wait for nothing else, {@link java.util.concurrent.SynchronousQueue} takes as little as
     * a quarter of its time: it spins longer, and has no lock.
     *
     * @param <T> the elements' type
     * @return a new channel
     */
    public static <T> Channel<T> rendezvous() {
        return new Channel<>(new ChannelCore<>(null, null, null));
    }

    /**
     * A channel in which each send waits for a receive, and the other way round. Between threads
     * that wait for nothing else, {@link java.util.concurrent.SynchronousQueue} takes as little as
     * a quarter of its time: it spins longer, and has no lock.
     *
     * @param executor where the stages run that depend on futures
     * @param <T> the elements' type
     * @return a new channel
     */
    public static <T> Channel<T> rendezvous(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return new Channel<>(new ChannelCore<>(null, null, executor));
    }

    ChannelCore<T> core() {
        return core;
    }

    // ---- sending

    /**
     * Sends an element, and waits for room or a receiver if need be.
     *
     * @param element what to send
     * @throws ChannelClosedException if the channel is closed, or is closed with a failure
     *     meanwhile
     * @throws InterruptedException if the thread was interrupted before or meanwhile; nothing was
     *     sent then
     * @throws CancellationException if it has to wait and the task that calls was cancelled
     */
    public void send(T element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        Waits.throwIfInterrupted();
        if (!core.sendFast(element) && !sendSoon(element)) {
            boolean unused = await(core.enlistSender(element, null), Long.MAX_VALUE);
        }
    }

    /**
     * Sends an element if nobody has to wait for it: there is room, or a receiver waits.
     *
     * @param element what to send
     * @return whether it did
     * @throws ChannelClosedException if the channel is closed
     */
    public boolean trySend(T element) {
        return core.trySend(Objects.requireNonNull(element, "element"));
    }

    /**
     * Sends an element, and waits for a limited time.
     *
     * @param element what to send
     * @param timeout the longest wait; does not wait if it is not positive
     * @param unit its unit
     * @return whether it did
     * @throws ChannelClosedException if the channel is closed, or is closed with a failure
     *     meanwhile
     * @throws InterruptedException if the thread was interrupted before or meanwhile; nothing was
     *     sent then
     * @throws CancellationException if it has to wait and the task that calls was cancelled
     */
    public boolean send(T element, long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        long nanos = unit.toNanos(timeout);
        Waits.throwIfInterrupted();
        return core.trySend(element) || nanos > 0 && await(core.enlistSender(element, null), nanos);
    }

    /**
     * Sends an element when there is room or a receiver.
     *
     * @param element what to send
     * @return a future that completes with null when it is sent, or with a {@link
     *     ChannelClosedException}
     */
    @SuppressWarnings("unchecked") // it completes with null
    public CompletableFuture<@Nullable Void> sendAsync(T element) {
        Objects.requireNonNull(element, "element");
        return core.sendFast(element)
                ? CompletableFuture.completedFuture(null)
                : (CompletableFuture<@Nullable Void>)
                        (CompletableFuture<?>) core.enlistSender(element, core.asyncExecutor());
    }

    private boolean sendSoon(T element) {
        for (int i = 0; i < SPINS && core.maySpin(); i++) {
            Thread.onSpinWait();
            if (core.sendFast(element)) {
                return true;
            }
        }
        return false;
    }

    // ---- receiving

    /**
     * Receives an element, and waits for it if need be.
     *
     * @return the element
     * @throws ChannelClosedException if the channel is closed and empty, or is so meanwhile
     * @throws InterruptedException if the thread was interrupted before or meanwhile; nothing was
     *     received then
     * @throws CancellationException if it has to wait and the task that calls was cancelled
     */
    public T receive() throws InterruptedException {
        Waits.throwIfInterrupted();
        T element = core.receiveFast();
        if (element == null) {
            element = receiveSoon();
        }
        return element == null ? receiveSlowly() : element;
    }

    private T receiveSlowly() throws InterruptedException {
        Promise<T> wait = core.enlistReceiver(null);
        boolean unused = await(wait, Long.MAX_VALUE);
        return wait.join();
    }

    /**
     * Receives an element if one is there, or a sender waits.
     *
     * @return the element, or null if there is none
     * @throws ChannelClosedException if the channel is closed and empty
     */
    public @Nullable T tryReceive() {
        return core.tryReceive();
    }

    /**
     * Receives an element, and waits for it for a limited time.
     *
     * @param timeout the longest wait; does not wait if it is not positive
     * @param unit its unit
     * @return the element, or null if there was none in that time
     * @throws ChannelClosedException if the channel is closed and empty, or is so meanwhile
     * @throws InterruptedException if the thread was interrupted before or meanwhile; nothing was
     *     received then
     * @throws CancellationException if it has to wait and the task that calls was cancelled
     */
    public @Nullable T receive(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        Waits.throwIfInterrupted();
        T element = core.tryReceive();
        if (element != null || nanos <= 0) {
            return element;
        }
        Promise<T> wait = core.enlistReceiver(null);
        return await(wait, nanos) ? wait.join() : null;
    }

    /**
     * Receives an element when there is one.
     *
     * @return a future that completes with the element, or with a {@link ChannelClosedException}
     */
    public CompletableFuture<T> receiveAsync() {
        T element = core.receiveFast();
        return element != null
                ? CompletableFuture.completedFuture(element)
                : core.enlistReceiver(core.asyncExecutor());
    }

    /**
     * Receives all that is there, without waiting.
     *
     * @param target where to put the elements, in their order
     * @return how many there were; 0 if the channel is closed and empty, too
     */
    public int drainTo(Collection<? super T> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    /**
     * Receives what is there, without waiting.
     *
     * @param target where to put the elements, in their order
     * @param limit the most to receive, 0 or more
     * @return how many there were; 0 if the channel is closed and empty, too
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public int drainTo(Collection<? super T> target, int limit) {
        Objects.requireNonNull(target, "target");
        Arguments.requireBetween("limit", limit, 0, Integer.MAX_VALUE);
        int count = 0;
        try {
            T element = limit == 0 ? null : core.tryReceive();
            while (element != null) {
                target.add(element);
                count++;
                element = count == limit ? null : core.tryReceive();
            }
        } catch (ChannelClosedException ex) {
            return count; // nothing more will come
        }
        return count;
    }

    private @Nullable T receiveSoon() {
        T element = null;
        for (int i = 0; i < SPINS && element == null && core.maySpin(); i++) {
            Thread.onSpinWait();
            element = core.receiveFast();
        }
        return element;
    }

    // ---- waiting

    /**
     * Waits until an operation is served.
     *
     * @return whether it was; false if the time was over
     */
    private static boolean await(Promise<?> wait, long nanos) throws InterruptedException {
        if (!Waits.awaitServed(wait, nanos)) {
            return false;
        }
        throwIfClosed(wait);
        return true;
    }

    /** Precondition: served, and so done, or about to be. */
    private static void throwIfClosed(Promise<?> wait) {
        if (wait.isDone() && !wait.isCompletedExceptionally()) {
            return;
        }
        Throwable failure = wait.handle((value, ex) -> ex).join();
        if (failure instanceof ChannelClosedException closed) {
            throw new ChannelClosedException(closed.getCause()); // with the caller's trace
        }
    }

    /**
     * The elements as they are received, until the channel is closed and empty. {@code hasNext}
     * waits for an element and takes it. Each iterator is for one thread; several on one channel
     * share its elements.
     *
     * @return a new iterator; its methods throw {@link ChannelClosedException} if the channel was
     *     closed with a failure, and {@link CancellationException} if the thread is interrupted,
     *     whose status is kept
     */
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private @Nullable T next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = receiveUnlessClosed();
                }
                return next != null;
            }

            @Override
            public T next() {
                T element = hasNext() ? next : null;
                if (element == null) {
                    throw new NoSuchElementException("the channel is closed and empty");
                }
                next = null;
                return element;
            }
        };
    }

    private @Nullable T receiveUnlessClosed() {
        try {
            return receive();
        } catch (ChannelClosedException ex) {
            if (ex.getCause() != null) {
                throw ex;
            }
            return null;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for an element");
        }
    }

    // ---- closing and looking

    /** Ends sending. Who waits to send already is still served. Has no effect the second time. */
    @Override
    public void close() {
        core.close(null);
    }

    /**
     * Ends sending, and the wait of those who wait to send. What is in the channel can still be
     * received. If the channel is closed already, its exceptions get this cause unless they have
     * one.
     *
     * @param failure the cause of the exceptions that sends and receives throw from now on
     */
    public void close(Throwable failure) {
        core.close(Objects.requireNonNull(failure, "failure"));
    }

    /**
     * Whether the channel takes no more elements: if so, each send that begins afterwards fails.
     *
     * @return whether it was closed
     */
    public boolean isClosed() {
        return core.isClosed();
    }

    /**
     * How many elements are in the channel, those aside whose senders wait. Wait-free, but counts
     * one by one in an unbounded channel.
     *
     * @return the number of a moment ago
     */
    public int size() {
        return core.size();
    }

    /**
     * How many elements it takes.
     *
     * @return the capacity: 0 of a rendezvous, {@link Integer#MAX_VALUE} of an unbounded channel
     */
    public int capacity() {
        return core.capacity();
    }

    @Override
    public String toString() {
        return "Channel[" + core + "]";
    }
}
