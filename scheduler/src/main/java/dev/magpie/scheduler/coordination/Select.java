package dev.magpie.scheduler.coordination;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
 * <p>The function of the case that was chosen runs after its element was sent or received, in the
 * calling thread, or where {@link #selectAsync()} says; what it throws is thrown by the select.
 *
 * <p><b>Threads.</b> Once its cases are given, any number of threads may use an instance at the
 * same time, and again and again; each select sends the same elements again. One that finds a case
 * does so as {@code trySend} and {@code tryReceive} do; one that has to wait takes the locks of the
 * channels one after the other.
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

    /** One case: a receive if there is nothing to send. */
    private static final class Case<T, R extends @Nullable Object> {
        private final ChannelCore<T> core;
        private final @Nullable T element;
        private final Function<? super @Nullable T, ? extends R> action;
        private final @Nullable Supplier<? extends R> whenClosed;

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

        boolean sends() {
            return element != null;
        }

        /** What is to be done now, if it was possible without waiting. */
        @Nullable Supplier<R> tryNow() {
            try {
                if (element != null) {
                    return core.trySend(element) ? () -> act(null, null) : null;
                }
                T received = core.tryReceive();
                return received == null ? null : () -> act(received, null);
            } catch (ChannelClosedException ex) {
                return () -> act(null, ex);
            }
        }

        R act(@Nullable T received, @Nullable ChannelClosedException failure) {
            if (failure == null) {
                return action.apply(received);
            }
            if (whenClosed == null) {
                throw failure;
            }
            return whenClosed.get();
        }
    }

    /** A case that is listed with others, of which one is served. */
    private static final class Option<T, R extends @Nullable Object> extends Entry<T> {
        private final Choice<?, R> choice;
        private final Case<T, R> origin;

        Option(Choice<?, R> choice, Case<T, R> origin) {
            super(choice, origin.element);
            this.choice = choice;
            this.origin = origin;
        }

        void enlist() {
            origin.core.enlist(this, origin.sends());
        }

        void leave() {
            origin.core.forget(this, origin.sends());
        }

        @Override
        void finish() {
            choice.chosen(this);
        }

        /** Precondition: it was served. */
        R act() {
            ChannelClosedException closed = failure();
            return origin.act(
                    element(),
                    closed == null ? null : new ChannelClosedException(closed.getCause()));
        }
    }

    /** What a select waits for. All options exist before the first is listed. */
    private abstract static class Choice<V extends @Nullable Object, R extends @Nullable Object>
            extends Promise<V> {
        private final long rank = RANKS.incrementAndGet();
        private final List<Option<?, R>> options = new ArrayList<>();

        Choice(@Nullable Executor executor, List<Case<?, R>> order) {
            super(executor);
            for (Case<?, R> each : order) {
                options.add(new Option<>(this, each));
            }
        }

        /** Called once, by who served an option. */
        abstract void chosen(Option<?, R> option);

        /** Lists the options. One that comes after the choice was made is not listed. */
        final void enlist() {
            for (Option<?, R> each : options) {
                each.enlist();
            }
        }

        /**
         * Takes the options off their channels. Precondition: it was decided before, so that those
         * which are not listed yet will not be.
         */
        final void leave() {
            for (Option<?, R> each : options) {
                each.leave();
            }
        }

        @Override
        final long rank() {
            return rank;
        }
    }

    /** What a thread waits for: the option that was served. */
    private static final class Blocking<R extends @Nullable Object>
            extends Choice<Option<?, R>, R> {
        Blocking(List<Case<?, R>> order) {
            super(null, order);
        }

        @Override
        void chosen(Option<?, R> option) {
            hand(option);
        }
    }

    /** A future of the result. */
    private static final class Eventual<R extends @Nullable Object> extends Choice<R, R> {
        Eventual(Executor executor, List<Case<?, R>> order) {
            super(executor, order);
        }

        @Override
        void chosen(Option<?, R> option) {
            resolve(
                    () -> {
                        leave();
                        return option.act();
                    });
        }

        @Override
        void gone() {
            leave();
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
        requireCases();
        return Objects.requireNonNull(choose(Long.MAX_VALUE)).get();
    }

    private void requireCases() {
        if (cases.isEmpty()) {
            throw new IllegalStateException("cases must be at least 1, was 0");
        }
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
        Supplier<R> chosen = choose(unit.toNanos(timeout));
        return chosen == null ? whenTimedOut.get() : chosen.get();
    }

    /**
     * Takes a case if one is possible at once. The channels are looked at one after the other:
     * there may always have been a possible case, but not the one that was just looked at. (In Go
     * that cannot be.) A {@code select} whose timeout is not positive does the same; one that waits
     * is listed at all its channels at a time, and misses none.
     *
     * @param otherwise what to do if none is
     * @return what the function of the case returned, or {@code otherwise}
     * @throws ChannelClosedException if the case's channel is closed, and nothing was given for
     *     that
     */
    public R selectNow(Supplier<? extends R> otherwise) {
        Objects.requireNonNull(otherwise, "otherwise");
        Supplier<R> chosen = chooseNow(inOrder());
        return chosen == null ? otherwise.get() : chosen.get();
    }

    /**
     * Takes a case when one is possible. Its function runs, and so do the stages that depend on the
     * future, on the scheduler whose worker asked, or {@link
     * dev.magpie.scheduler.Scheduler#common()}.
     *
     * @return a future that completes as {@link #selectAsync(Executor)} says
     * @throws IllegalStateException if there is no case
     */
    public CompletableFuture<R> selectAsync() {
        return selectAsync(AsyncSemaphore.defaultExecutor());
    }

    /**
     * Takes a case when one is possible. To cancel the future, or to complete it from outside in
     * any way, gives up: nothing is sent or received then. If a case was taken before, that has no
     * effect.
     *
     * @param executor where the function of the case runs, and the stages that depend on the
     *     future; if it rejects them, the thread that served the case runs them
     * @return a future that completes with what the function of the case returned or threw; with a
     *     {@link ChannelClosedException} if the case's channel is closed, and nothing was given for
     *     that
     * @throws IllegalStateException if there is no case
     */
    public CompletableFuture<R> selectAsync(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        requireCases();
        List<Case<?, R>> order = inOrder();
        Eventual<R> choice = new Eventual<>(executor, order);
        Supplier<R> chosen = chooseNow(order);
        if (chosen == null) {
            choice.enlist();
        } else {
            choice.settle(); // nobody else knows it
            choice.resolve(chosen);
        }
        return choice;
    }

    private List<Case<?, R>> inOrder() {
        if (!isFair || cases.size() < 2) {
            return cases;
        }
        List<Case<?, R>> shuffled = new ArrayList<>(cases);
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        return shuffled;
    }

    private @Nullable Supplier<R> chooseNow(List<Case<?, R>> order) {
        for (int i = 0; i < order.size(); i++) {
            Supplier<R> chosen = order.get(i).tryNow();
            if (chosen != null) {
                return chosen;
            }
        }
        return null;
    }

    private @Nullable Supplier<R> choose(long nanos) throws InterruptedException {
        Waits.throwIfInterrupted();
        List<Case<?, R>> order = inOrder();
        Supplier<R> chosen = chooseNow(order);
        if (nanos <= 0) {
            return chosen;
        }
        for (int i = 0; i < Channel.SPINS && chosen == null && maySpin(); i++) {
            Thread.onSpinWait();
            chosen = chooseNow(order);
        }
        return chosen == null ? await(order, nanos) : chosen;
    }

    private boolean maySpin() {
        for (int i = 0; i < cases.size(); i++) {
            if (!cases.get(i).core.maySpin()) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Supplier<R> await(List<Case<?, R>> order, long nanos)
            throws InterruptedException {
        Headroom.ensureForWait();
        Blocking<R> choice = new Blocking<>(order);
        Option<?, R> chosen = null;
        try {
            choice.enlist();
            boolean unused = Waits.awaitServed(choice, nanos);
        } finally {
            chosen = choice.cancel(false) || choice.isCancelled() ? null : choice.join();
            choice.leave();
        }
        return chosen == null ? null : chosen::act;
    }
}
