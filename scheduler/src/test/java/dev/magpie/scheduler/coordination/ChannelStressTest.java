package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many send and receive in all forms at once, are interrupted, time out and give up: each element
 * that was sent is received once, in its sender's order.
 */
class ChannelStressTest {

    private static final int EACH = Boolean.getBoolean("magpie.long") ? 200_000 : 2_000;
    private static final int RECEIVERS = 3;

    /** An element says whose it is, and which. */
    private record Item(int sender, int number) {}

    private static final class Run {
        private final Channel<Item> channel;
        private final int senders;
        private final AtomicIntegerArray arrived;
        private final List<CompletableFuture<Boolean>> outcomes = new ArrayList<>();

        Run(Channel<Item> channel, int senders) {
            this.channel = channel;
            this.senders = senders;
            arrived = new AtomicIntegerArray(senders * EACH);
        }

        /** Starts all, and closes the channel when all senders have sent. */
        void on(Executor executor) throws Exception {
            WaitGroup sending = new WaitGroup();
            for (int i = 0; i < senders; i++) {
                int sender = i;
                sending.add();
                start(
                        executor,
                        () -> {
                            try {
                                return sendAll(sender);
                            } finally {
                                sending.done();
                            }
                        });
            }
            for (int i = 0; i < RECEIVERS; i++) {
                int seed = i;
                start(executor, () -> receiveAll(seed));
            }
            assertThat(sending.await(100, SECONDS)).isTrue();
            channel.close();
            for (CompletableFuture<Boolean> outcome : outcomes) {
                assertThat(outcome.get(100, SECONDS)).isTrue();
            }
            for (int i = 0; i < arrived.length(); i++) {
                assertThat(arrived.get(i)).isEqualTo(1);
            }
            assertThat(channel.toString()).contains("senders=0, receivers=0");
        }

        private void start(Executor executor, java.util.concurrent.Callable<Boolean> body) {
            CompletableFuture<Boolean> outcome = new CompletableFuture<>();
            outcomes.add(outcome);
            executor.execute(
                    () -> {
                        try {
                            outcome.complete(body.call());
                        } catch (Throwable ex) {
                            outcome.completeExceptionally(ex);
                        }
                    });
        }

        private boolean sendAll(int sender) throws Exception {
            SplittableRandom random = new SplittableRandom(sender);
            for (int i = 0; i < EACH; i++) {
                Item item = new Item(sender, i);
                while (!trySomehow(item, random.nextInt(6))) {
                    Thread.yield();
                }
            }
            return true;
        }

        private boolean trySomehow(Item item, int how) throws Exception {
            switch (how) {
                case 0:
                    return channel.trySend(item);
                case 1:
                    return channel.send(item, 20, MICROSECONDS);
                case 2:
                    CompletableFuture<Void> future = channel.sendAsync(item);
                    if (future.cancel(true)) {
                        return false;
                    }
                    return Scheduler.blocking(() -> future.get(60, SECONDS)) == null;
                case 3:
                    return Select.<Boolean>fair()
                            .onSend(channel, item, () -> true)
                            .select(20, MICROSECONDS, () -> false);
                case 4:
                    Thread.currentThread().interrupt();
                    try {
                        channel.send(item);
                        return Thread.interrupted() || true;
                    } catch (InterruptedException ex) {
                        return false;
                    }
                default:
                    channel.send(item);
                    return true;
            }
        }

        private boolean receiveAll(int seed) throws Exception {
            SplittableRandom random = new SplittableRandom(seed);
            Map<Integer, Integer> last = new HashMap<>();
            boolean inOrder = true;
            try {
                while (true) {
                    Item item = receiveSomehow(random.nextInt(5));
                    if (item != null) {
                        Integer before = last.put(item.sender(), item.number());
                        inOrder &= before == null || before < item.number();
                        arrived.incrementAndGet(item.sender() * EACH + item.number());
                    }
                }
            } catch (ChannelClosedException ex) {
                return inOrder;
            }
        }

        private Item receiveSomehow(int how) throws Exception {
            switch (how) {
                case 0:
                    Item now = channel.tryReceive();
                    if (now == null) {
                        Thread.yield();
                    }
                    return now;
                case 1:
                    return channel.receive(20, MICROSECONDS);
                case 2:
                    CompletableFuture<Item> future = channel.receiveAsync();
                    if (future.cancel(true)) {
                        return null;
                    }
                    try {
                        return Scheduler.blocking(() -> future.get(60, SECONDS));
                    } catch (java.util.concurrent.ExecutionException ex) {
                        throw (ChannelClosedException) ex.getCause();
                    }
                case 3:
                    return Select.<Item>fair()
                            .onReceive(channel, item -> item)
                            .select(20, MICROSECONDS, () -> null);
                default:
                    return channel.receive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachElementArrivesOnceFromThreads(ChannelKind kind) throws Exception {
        new Run(kind.create(), 3)
                .on(
                        command -> {
                            Thread thread = new Thread(command, "channel-stress");
                            thread.setDaemon(true);
                            thread.start();
                        });
    }

    @ParameterizedTest
    @EnumSource
    void eachElementArrivesOnceFromWorkers(ChannelKind kind) throws Exception {
        try (Scheduler scheduler = Threads.scheduler(2)) {
            new Run(kind.create(scheduler), 3).on(scheduler);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachElementArrivesOnceFromOneWorker(ChannelKind kind) throws Exception {
        try (Scheduler scheduler = Threads.scheduler(1)) {
            new Run(kind.create(scheduler), 2).on(scheduler);
        }
    }

    /** Who finds the channel closed sends nothing any more. */
    @ParameterizedTest
    @EnumSource
    void nothingIsSentAfterItIsSeenToBeClosed(ChannelKind kind) throws Exception {
        AtomicInteger sent = new AtomicInteger();
        for (int i = 0; i < 3_000 && sent.get() == 0; i++) {
            Channel<Integer> channel = kind.create();
            CountDownLatch ready = new CountDownLatch(1);
            Threads<Boolean> closer =
                    Threads.start(
                            () -> {
                                ready.await();
                                channel.close();
                                return true;
                            });
            ready.countDown();
            while (!channel.isClosed()) {
                Thread.onSpinWait();
            }
            try {
                sent.addAndGet(channel.trySend(i) ? 1 : 0);
            } catch (ChannelClosedException ex) {
                // as it must be
            }
            closer.get();
        }
        assertThat(sent).hasValue(0);
    }
}
