package dev.magpie.scheduler.coordination;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.ModelThread;
import dev.magpie.scheduler.StressRuns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A channel is linearizable against a queue that can be closed, and loses no element and no waiter,
 * under the schedules that a model checker tries. What waits is a future, so that the checker sees
 * a lost one.
 *
 * <p>Assumes sequential consistency: the orderings have their own tests.
 */
@Tag("model")
@ExtendWith(WithoutHeadroom.class)
@Timeout(900)
class ChannelModelTest {

    private static final boolean LONG = Boolean.getBoolean("magpie.long");
    private static final int INVOCATIONS = LONG ? 2_000 : 60;

    // ---- what does not wait

    /** A channel, driven so that every result is determined. */
    public abstract static class Subject {
        private final Channel<Integer> channel;

        Subject(Channel<Integer> channel) {
            this.channel = channel;
        }

        @Operation
        public String trySend(@Param(gen = IntGen.class, conf = "1:9") int element) {
            try {
                return String.valueOf(channel.trySend(element));
            } catch (ChannelClosedException ex) {
                return "closed";
            }
        }

        @Operation
        public String tryReceive() {
            try {
                return String.valueOf(channel.tryReceive());
            } catch (ChannelClosedException ex) {
                return "closed";
            }
        }

        @Operation
        public void close() {
            channel.close();
        }
    }

    /** One that takes two. */
    public static class Bounded extends Subject {
        public Bounded() {
            super(Channel.bounded(2, Runnable::run));
        }
    }

    /** One that takes any number. */
    public static class Unbounded extends Subject {
        public Unbounded() {
            super(Channel.unbounded(Runnable::run));
        }
    }

    /** The specification. */
    public abstract static class Sequential {
        private final int capacity;
        private final Queue<Integer> elements = new ArrayDeque<>();
        private boolean closed;

        Sequential(int capacity) {
            this.capacity = capacity;
        }

        public String trySend(int element) {
            if (closed) {
                return "closed";
            }
            boolean hasRoom = elements.size() < capacity;
            if (hasRoom) {
                elements.add(element);
            }
            return String.valueOf(hasRoom);
        }

        public String tryReceive() {
            return closed && elements.isEmpty() ? "closed" : String.valueOf(elements.poll());
        }

        public void close() {
            closed = true;
        }
    }

    /** Of one that takes two. */
    public static class OfTwo extends Sequential {
        public OfTwo() {
            super(2);
        }
    }

    /** Of one that takes any number. */
    public static class OfMany extends Sequential {
        public OfMany() {
            super(Integer.MAX_VALUE);
        }
    }

    private static ModelCheckingOptions modelChecking(Class<? extends Sequential> specification) {
        return new ModelCheckingOptions()
                .sequentialSpecification(specification)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(2)
                .iterations(LONG ? 20 : 4)
                .invocationsPerIteration(LONG ? 500 : 60);
    }

    @Test
    void boundedIsLinearizableUnderModelChecking() {
        modelChecking(OfTwo.class).check(Bounded.class);
    }

    @Test
    void unboundedIsLinearizableUnderModelChecking() {
        modelChecking(OfMany.class).check(Unbounded.class);
    }

    @Test
    void boundedIsLinearizableUnderStress() {
        StressRuns.options()
                .threads(2)
                .sequentialSpecification(OfTwo.class)
                .actorsPerThread(4)
                .iterations(LONG ? 20 : 2)
                .invocationsPerIteration(LONG ? 2_000 : 100)
                .check(Bounded.class);
    }

    /** The same that looks for room and adds in two steps: the tool must see it. */
    public static class Overfull {
        private final ConcurrentLinkedQueue<Integer> elements = new ConcurrentLinkedQueue<>();

        @Operation
        public String trySend(@Param(gen = IntGen.class, conf = "1:9") int element) {
            boolean hasRoom = elements.size() < 2;
            if (hasRoom) {
                elements.add(element);
            }
            return String.valueOf(hasRoom);
        }

        @Operation
        public String tryReceive() {
            return String.valueOf(elements.poll());
        }
    }

    @Test
    void takingMoreThanTheCapacityIsFound() {
        assertThatThrownBy(() -> modelChecking(OfTwo.class).iterations(50).check(Overfull.class))
                .isInstanceOf(LincheckAssertionError.class);
    }

    // ---- what waits

    private enum Kind {
        RENDEZVOUS(0),
        BOUNDED(1);

        private final int capacity;

        Kind(int capacity) {
            this.capacity = capacity;
        }

        Channel<Integer> create() {
            return capacity == 0
                    ? Channel.rendezvous(Runnable::run)
                    : Channel.bounded(capacity, Runnable::run);
        }
    }

    /** Two are sent and received at the same time, in order. */
    private static void sendAndReceive(Kind kind) {
        Channel<Integer> channel = kind.create();
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        Thread sender =
                new ModelThread(
                        () -> {
                            sends.add(channel.sendAsync(1));
                            sends.add(channel.sendAsync(2));
                        });
        sender.start();
        CompletableFuture<Integer> first = channel.receiveAsync();
        CompletableFuture<Integer> second = channel.receiveAsync();
        join(sender);
        require(sends.get(0).isDone() && sends.get(1).isDone(), "a send was forgotten");
        require(first.isDone() && second.isDone(), "a receive was forgotten");
        require(first.join() == 1 && second.join() == 2, "the order was lost");
    }

    /** One is sent and received at the same time: no later one makes up for it. */
    private static void sendAndReceiveOne(Kind kind) {
        Channel<Integer> channel = kind.create();
        AtomicReference<CompletableFuture<Void>> send = new AtomicReference<>();
        Thread sender = new ModelThread(() -> send.set(channel.sendAsync(1)));
        sender.start();
        CompletableFuture<Integer> receive = channel.receiveAsync();
        join(sender);
        require(send.get().isDone(), "the send was forgotten");
        require(receive.isDone(), "the receive was forgotten");
    }

    @ParameterizedTest
    @EnumSource
    void oneWhoWaitsIsNotForgotten(Kind kind) {
        Lincheck.runConcurrentTest(10 * INVOCATIONS, () -> sendAndReceiveOne(kind));
    }

    @ParameterizedTest
    @EnumSource
    void nobodyWhoWaitsIsForgotten(Kind kind) {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> sendAndReceive(kind));
    }

    /** A receive is given up while an element comes and the channel is closed. */
    private static void cancelAndClose(Kind kind) {
        Channel<Integer> channel = kind.create();
        AtomicReference<CompletableFuture<Void>> send = new AtomicReference<>();
        Thread sender = new ModelThread(() -> send.set(channel.sendAsync(1)));
        Thread closer = new ModelThread(channel::close);
        sender.start();
        closer.start();
        CompletableFuture<Integer> receive = channel.receiveAsync();
        boolean cancelled = receive.cancel(false);
        join(sender);
        join(closer);
        boolean received = !cancelled && !receive.isCompletedExceptionally();
        Integer left = null;
        try {
            left = channel.tryReceive();
        } catch (ChannelClosedException ex) {
            require(channel.isClosed(), "closed, but it is not");
        }
        require(send.get().isDone(), "the send was forgotten");
        boolean sent = !send.get().isCompletedExceptionally();
        require(receive.isDone(), "the receive was forgotten");
        require(sent == (received || left != null), "the element was lost, or came twice");
        require(!received || left == null, "the element came twice");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostByCancellationAndClose(Kind kind) {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> cancelAndClose(kind));
    }

    /** A channel that has room is never full, closed meanwhile or not. */
    private static void trySendAndClose() {
        Channel<Integer> channel = Channel.bounded(1, Runnable::run);
        Thread closer = new ModelThread(channel::close);
        closer.start();
        try {
            require(channel.trySend(1), "neither full nor closed");
        } catch (ChannelClosedException ex) {
            require(channel.isClosed(), "closed, but it is not");
        }
        join(closer);
    }

    @Test
    void oneThatIsBeingClosedIsNotFull() {
        Lincheck.runConcurrentTest(10 * INVOCATIONS, ChannelModelTest::trySendAndClose);
    }

    // ---- a twin that forgets

    /** A receiver lists itself, but does not look again (C6). */
    private static final class ForgetfulChannel {
        private final ConcurrentLinkedQueue<Integer> buffer = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<CompletableFuture<Integer>> receivers =
                new ConcurrentLinkedQueue<>();

        void send(int element) {
            buffer.add(element);
            CompletableFuture<Integer> receiver = receivers.poll();
            if (receiver != null) {
                receiver.complete(buffer.poll());
            }
        }

        CompletableFuture<Integer> receiveAsync() {
            @Nullable Integer element = buffer.poll();
            CompletableFuture<Integer> receiver = new CompletableFuture<>();
            if (element != null) {
                receiver.complete(element);
            } else {
                receivers.add(receiver);
            }
            return receiver;
        }
    }

    private static void forgetful() {
        ForgetfulChannel channel = new ForgetfulChannel();
        Thread sender = new ModelThread(() -> channel.send(1));
        sender.start();
        CompletableFuture<Integer> receive = channel.receiveAsync();
        join(sender);
        require(receive.isDone(), "the receive was forgotten");
    }

    @Test
    void oneThatDoesNotLookAgainForgetsAndIsFound() {
        assertThatThrownBy(
                        () ->
                                Lincheck.runConcurrentTest(
                                        100 * INVOCATIONS, ChannelModelTest::forgetful))
                .isInstanceOf(LincheckAssertionError.class);
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
