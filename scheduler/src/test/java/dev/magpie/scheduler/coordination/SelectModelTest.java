package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.ModelThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A select takes one case and does nothing to the others, and neither loses nor doubles an element,
 * under the schedules that a model checker tries. What waits is a future, so that the checker sees
 * a lost one.
 *
 * <p>Assumes sequential consistency.
 */
@Tag("model")
@ExtendWith(WithoutHeadroom.class)
@Timeout(900)
class SelectModelTest {

    private static final int INVOCATIONS = Boolean.getBoolean("magpie.long") ? 2_000 : 60;

    /** The kinds by their capacity; 0 is a rendezvous. */
    private static Channel<Integer> channel(int capacity) {
        return capacity == 0
                ? Channel.rendezvous(Runnable::run)
                : Channel.bounded(capacity, Runnable::run);
    }

    private static CompletableFuture<Integer> receiveFromEither(
            Channel<Integer> first, Channel<Integer> second) {
        return Select.<Integer>biased()
                .onReceive(first, element -> element)
                .onReceive(second, element -> element)
                .selectAsync(Runnable::run);
    }

    /** Who sends to both channels while one select waits: it takes one, the other one stays. */
    private static void takesOne(int capacity) {
        Channel<Integer> first = channel(capacity);
        Channel<Integer> second = channel(capacity);
        Thread one = new ModelThread(() -> first.sendAsync(1));
        Thread other = new ModelThread(() -> second.sendAsync(2));
        one.start();
        other.start();
        CompletableFuture<Integer> selected = receiveFromEither(first, second);
        join(one);
        join(other);
        require(selected.isDone(), "the select was forgotten");
        int taken = selected.join();
        Integer leftFirst = first.tryReceive();
        Integer leftSecond = second.tryReceive();
        require((leftFirst == null) == (taken == 1), "an element was lost, or came twice");
        require((leftSecond == null) == (taken == 2), "an element was lost, or came twice");
        requireNobodyListed(first);
        requireNobodyListed(second);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aSelectTakesOneOfTwoElements(int capacity) {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> takesOne(capacity));
    }

    /** A select is given up while an element comes. */
    private static void givenUp(int capacity) {
        Channel<Integer> first = channel(capacity);
        Channel<Integer> second = channel(capacity);
        CompletableFuture<Integer> selected = receiveFromEither(first, second);
        Thread sender = new ModelThread(() -> second.sendAsync(2));
        sender.start();
        boolean cancelled = selected.cancel(false);
        join(sender);
        require(selected.isDone(), "the select was forgotten");
        require((second.tryReceive() != null) == cancelled, "the element was lost, or came twice");
        requireNobodyListed(first);
        requireNobodyListed(second);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void oneThatIsGivenUpTakesNothing(int capacity) {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> givenUp(capacity));
    }

    /** Two selects meet at two channels, in opposite orders: one element passes, one way. */
    private static void meet() {
        Channel<Integer> first = channel(0);
        Channel<Integer> second = channel(0);
        AtomicReference<CompletableFuture<String>> answer = new AtomicReference<>();
        Thread other =
                new ModelThread(
                        () ->
                                answer.set(
                                        Select.<String>biased()
                                                .onSend(second, 2, () -> "sent 2")
                                                .onReceive(first, element -> "received " + element)
                                                .selectAsync(Runnable::run)));
        other.start();
        CompletableFuture<String> mine =
                Select.<String>biased()
                        .onSend(first, 1, () -> "sent 1")
                        .onReceive(second, element -> "received " + element)
                        .selectAsync(Runnable::run);
        join(other);
        require(mine.isDone() && answer.get().isDone(), "two selects that could meet wait");
        String both = mine.join() + ", " + answer.get().join();
        require(
                both.equals("sent 1, received 1") || both.equals("received 2, sent 2"),
                "they did not meet, but: " + both);
        requireNobodyListed(first);
        requireNobodyListed(second);
    }

    @Test
    void twoSelectsMeetOnce() {
        Lincheck.runConcurrentTest(INVOCATIONS, SelectModelTest::meet);
    }

    // ---- a twin that takes two

    /** Lists itself at both places, and does not look whether the other one has served it. */
    private static void greedy() {
        ConcurrentLinkedQueue<IntFunction<Boolean>> first = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<IntFunction<Boolean>> second = new ConcurrentLinkedQueue<>();
        CompletableFuture<Integer> selected = new CompletableFuture<>();
        IntFunction<Boolean> take =
                element -> {
                    boolean isOpen = !selected.isDone();
                    if (isOpen) {
                        selected.complete(element);
                    }
                    return isOpen;
                };
        first.add(take);
        second.add(take);
        AtomicReference<Boolean> tookFirst = new AtomicReference<>(false);
        AtomicReference<Boolean> tookSecond = new AtomicReference<>(false);
        Thread one = new ModelThread(() -> tookFirst.set(first.remove().apply(1)));
        Thread other = new ModelThread(() -> tookSecond.set(second.remove().apply(2)));
        one.start();
        other.start();
        join(one);
        join(other);
        require(!(tookFirst.get() && tookSecond.get()), "an element was lost");
    }

    @Test
    void oneThatTakesTwoIsFound() {
        assertThatThrownBy(
                        () ->
                                Lincheck.runConcurrentTest(
                                        100 * INVOCATIONS, SelectModelTest::greedy))
                .isInstanceOf(LincheckAssertionError.class);
    }

    private static void requireNobodyListed(Channel<Integer> channel) {
        require(
                channel.toString().contains("senders=0, receivers=0"),
                "somebody is listed still: " + channel);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }
}
