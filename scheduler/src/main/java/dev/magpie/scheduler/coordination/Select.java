package dev.magpie.scheduler.coordination;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first of several channels: sends to one of them or receives from one of them, and
 * does nothing to the others; the counterpart of Go's {@code select}.
 *
 * <pre>{@code
 * String next =
 *         Select.<String>fair()
 *                 .onReceive(words, word -> word)
 *                 .onReceive(numbers, number -> "number " + number, () -> "no more numbers")
 *                 .onSend(log, "waiting", () -> "logged")
 *                 .select(1, TimeUnit.SECONDS, () -> "nothing for a second");
 * }</pre>
 *
 * <p>If several cases are possible at once, a fair select takes one by chance, a biased one the
 * first in the order in which they were given. A case whose channel is closed, and empty if it
 * receives, is possible: it throws {@link ChannelClosedException}, or calls what was given for
 * that.
 *
 * <p>The function of the case that was chosen runs in the calling thread, after its element was
 * sent or received; what it throws is thrown by the select.
 *
 * <p><b>Threads.</b> An instance is for one thread at a time; it can be used again, and then sends
 * the same elements again. Each look takes the locks of the channels one after the other.
 *
 * @param <R> the result's type
 */
public final class Select<R extends @Nullable Object> {

    private static final AtomicLong RANKS = new AtomicLong();

    private final List<Case<?, R>> cases = new ArrayList<>();
    private final boolean isFair;

    private Select(boolean isFair) {
        this.isFair = isFair;
    }

    /** What a select waits for: the entry that was served. */
    private static final class Choice extends Promise<Choosable> {
        private final long rank = RANKS.incrementAndGet();

        Choice() {
            super(null);
        }

        @Override
        long rank() {
            return rank;
        }
    }

    /** An entry of a select, whatever its channel's elements are. */
    private interface Choosable {}

    private static final class Option<T> extends Entry<T> implements Choosable {
        private final Choice choice;

        Option(Choice choice, @Nullable T element) {
            super(choice, element);
            this.choice = choice;
        }

        @Override
        void finish() {
            choice.hand(this);
        }
    }

    /** One case: a receive if there is nothing to send. */
    private static final class Case<T, R extends @Nullable Object> {
        private final ChannelCore<T> core;
        private final @Nullable T element;
        private final Function<? super @Nullable T, ? extends R> action;
        private final @Nullable Supplier<? extends R> whenClosed;
        private @Nullable Option<T> option;

        /** What the case has brought, until its function takes it. */
        private @Nullable T received;

        private @Nullable ChannelClosedException closed;

        Case(
                Channel<T> channel,
                @Nullable T element,
                Function<? super @Nullable T, ? extends R> action,
                @Nullable Supplier<? extends R> whenClosed) {
            core = channel.core();
            this.element = element;
            this.action = action;
            this.whenClosed = whenClosed;
        }

        /** Whether it was possible without waiting. */
        boolean tryNow() {
            try {
                if (element != null) {
                    return core.trySend(element);
                }
                received = core.tryReceive();
                return received != null;
            } catch (ChannelClosedException ex) {
                closed = ex;
                return true;
            }
        }

        void enlist(Choice choice) {
            Option<T> mine = new Option<>(choice, element);
            option = mine;
            core.enlist(mine, element != null);
        }

        /** Takes its entry off the channel; returns whether it is the one that was chosen. */
        boolean leave(@Nullable Choosable chosen) {
            Option<T> mine = option;
            option = null;
            if (mine == null) {
                return false;
            }
            core.forget(mine, element != null);
            if (mine != chosen) {
                return false;
            }
            ChannelClosedException failure = mine.failure();
            received = failure == null ? mine.element() : null;
            closed = failure == null ? null : new ChannelClosedException(failure.getCause());
            return true;
        }

        /** Calls what belongs to what the case has brought. */
        R act() {
            T brought = received;
            ChannelClosedException failure = closed;
            received = null;
            closed = null;
            if (failure == null) {
                return action.apply(brought);
            }
            if (whenClosed == null) {
                throw failure;
            }
            return whenClosed.get();
        }
    }

    // ---- cases

    /**
     * A select that takes one of the possible cases by chance, so that none starves.
     *
     * @param <R> the result's type
     * @return a new select without cases
     */
    public static <R extends @Nullable Object> Select<R> fair() {
        return new Select<>(true);
    }

    /**
     * A select that prefers the cases that were given first.
     *
     * @param <R> the result's type
     * @return a new select without cases
     */
    public static <R extends @Nullable Object> Select<R> biased() {
        return new Select<>(false);
    }

    /**
     * Adds a case that receives; throws if its channel is closed and empty.
     *
     * @param channel from where
     * @param action what to do with the element
     * @param <T> the channel's elements
     * @return this select
     */
    public <T> Select<R> onReceive(Channel<T> channel, Function<? super T, ? extends R> action) {
        return add(channel, null, receiving(action), null);
    }

    /**
     * Adds a case that receives.
     *
     * @param channel from where
     * @param action what to do with the element
     * @param whenClosed what to do if the channel is closed and empty
     * @param <T> the channel's elements
     * @return this select
     */
    public <T> Select<R> onReceive(
            Channel<T> channel,
            Function<? super T, ? extends R> action,
            Supplier<? extends R> whenClosed) {
        Objects.requireNonNull(whenClosed, "whenClosed");
        return add(channel, null, receiving(action), whenClosed);
    }

    private static <T, R extends @Nullable Object> Function<@Nullable T, R> receiving(
            Function<? super T, ? extends R> action) {
        Objects.requireNonNull(action, "action");
        return element -> action.apply(Objects.requireNonNull(element));
    }

    /**
     * Adds a case that sends; throws if its channel is closed.
     *
     * @param channel where to
     * @param element what to send
     * @param action what to do when it is sent
     * @param <T> the channel's elements
     * @return this select
     */
    public <T> Select<R> onSend(Channel<T> channel, T element, Supplier<? extends R> action) {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(element, "element");
        return add(channel, element, sent -> action.get(), null);
    }

    private <T> Select<R> add(
            Channel<T> channel,
            @Nullable T element,
            Function<@Nullable T, ? extends R> action,
            @Nullable Supplier<? extends R> whenClosed) {
        Objects.requireNonNull(channel, "channel");
        cases.add(new Case<T, R>(channel, element, action, whenClosed));
        return this;
    }

    // ---- selecting

    /**
     * Waits for a case, and takes it.
     *
     * @return what its function returned
     * @throws IllegalStateException if there is no case
     * @throws ChannelClosedException if the case's channel is closed, and nothing was given for
     *     that
     * @throws InterruptedException if the thread was interrupted before or meanwhile; nothing was
     *     sent or received then
     * @throws CancellationException if it has to wait and the task that calls was cancelled
     */
    public R select() throws InterruptedException {
        if (cases.isEmpty()) {
            throw new IllegalStateException("cases must be at least 1, was 0");
        }
        return Objects.requireNonNull(choose(Long.MAX_VALUE)).act();
    }

    /**
     * Waits for a case for a limited time, and takes it.
     *
     * @param timeout the longest wait; does not wait if it is not positive
     * @param unit its unit
     * @param whenTimedOut what to do if no case was possible in that time
     * @return what the function of the case returned, or {@code whenTimedOut}
     * @throws ChannelClosedException if the case's channel is closed, and nothing was given for
     *     that
     * @throws InterruptedException if the thread was interrupted before or meanwhile; nothing was
     *     sent or received then
     * @throws CancellationException if it has to wait and the task that calls was cancelled
     */
    public R select(long timeout, TimeUnit unit, Supplier<? extends R> whenTimedOut)
            throws InterruptedException {
        Objects.requireNonNull(whenTimedOut, "whenTimedOut");
        Case<?, R> chosen = choose(unit.toNanos(timeout));
        return chosen == null ? whenTimedOut.get() : chosen.act();
    }

    /**
     * Takes a case if one is possible at once.
     *
     * @param otherwise what to do if none is
     * @return what the function of the case returned, or {@code otherwise}
     * @throws ChannelClosedException if the case's channel is closed, and nothing was given for
     *     that
     */
    public R selectNow(Supplier<? extends R> otherwise) {
        Objects.requireNonNull(otherwise, "otherwise");
        Case<?, R> chosen = chooseNow(inOrder());
        return chosen == null ? otherwise.get() : chosen.act();
    }

    private List<Case<?, R>> inOrder() {
        if (!isFair || cases.size() < 2) {
            return cases;
        }
        List<Case<?, R>> shuffled = new ArrayList<>(cases);
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        return shuffled;
    }

    private @Nullable Case<?, R> chooseNow(List<Case<?, R>> order) {
        for (Case<?, R> each : order) {
            if (each.tryNow()) {
                return each;
            }
        }
        return null;
    }

    private @Nullable Case<?, R> choose(long nanos) throws InterruptedException {
        Waits.throwIfInterrupted();
        List<Case<?, R>> order = inOrder();
        Case<?, R> chosen = chooseNow(order);
        return chosen != null || nanos <= 0 ? chosen : await(order, nanos);
    }

    private @Nullable Case<?, R> await(List<Case<?, R>> order, long nanos)
            throws InterruptedException {
        Choice choice = new Choice();
        Case<?, R> chosen = null;
        try {
            for (Case<?, R> each : order) {
                each.enlist(choice); // listed nowhere if another one is chosen already
            }
            boolean unused = Waits.awaitServed(choice, nanos);
        } finally {
            Choosable option = choice.cancel(false) || choice.isCancelled() ? null : choice.join();
            for (Case<?, R> each : order) {
                chosen = each.leave(option) ? each : chosen;
            }
        }
        return chosen;
    }
}
