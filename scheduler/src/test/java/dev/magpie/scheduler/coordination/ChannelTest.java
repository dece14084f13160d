package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a channel does, step by step. */
class ChannelTest {

    // ---- capacity and order

    @ParameterizedTest
    @EnumSource
    void takesAsManyAsItsCapacity(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create();
        assertThat(channel.capacity()).isEqualTo(kind.capacity());
        int room = Math.min(kind.capacity(), 200);
        for (int i = 0; i < room; i++) {
            if (i % 3 == 0) {
                channel.send(i);
            } else {
                assertThat(i % 3 == 1 ? channel.trySend(i) : channel.send(i, 1, SECONDS)).isTrue();
            }
        }
        assertThat(channel.size()).isEqualTo(room);
        if (kind != ChannelKind.UNBOUNDED) {
            assertThat(channel.trySend(-1)).isFalse();
            assertThat(channel.send(-1, 0, SECONDS)).isFalse();
            assertThat(channel.send(-1, 1, MILLISECONDS)).isFalse();
        }
        for (int i = 0; i < room; i++) {
            assertThat(i % 2 == 0 ? channel.receive() : channel.tryReceive()).isEqualTo(i);
        }
        assertThat(channel.tryReceive()).isNull();
        assertThat(channel.receive(0, SECONDS)).isNull();
        assertThat(channel.receive(1, MILLISECONDS)).isNull();
        assertThat(channel.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void ringsTurnRoundManyTimes(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create(Runnable::run);
        for (int i = 0; i < 1000; i++) {
            CompletableFuture<Void> sent = channel.sendAsync(i);
            assertThat(channel.receive()).isEqualTo(i);
            assertThat(sent).isCompleted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void allFormsOfSendKeepTheOrder(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create(Runnable::run);
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        int last = 0;
        for (int i = 0; i < 100; i++) {
            sends.add(channel.sendAsync(last++));
            if (channel.trySend(last)) {
                last++;
            }
        }
        List<Integer> received = new ArrayList<>();
        Integer element = channel.tryReceive();
        while (element != null) {
            received.add(element);
            element = channel.tryReceive();
        }
        assertThat(received).hasSize(last).isSorted().doesNotHaveDuplicates();
        assertThat(sends).allMatch(CompletableFuture::isDone);
    }

    @ParameterizedTest
    @EnumSource
    void receiversAreServedInOrder(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create(Runnable::run);
        CompletableFuture<Integer> first = channel.receiveAsync();
        CompletableFuture<Integer> second = channel.receiveAsync();
        assertThat(channel.tryReceive()).isNull();
        channel.send(1);
        assertThat(channel.trySend(2)).isTrue();
        assertThat(first).isCompletedWithValue(1);
        assertThat(second).isCompletedWithValue(2);
        assertThat(channel.size()).isZero();
    }

    @Test
    void misuseIsAnError() {
        assertThatThrownBy(() -> Channel.bounded(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be between 1 and 2147483647, was 0");
        Channel<String> channel = Channel.bounded(1);
        assertThatThrownBy(() -> channel.send(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> channel.trySend(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> channel.sendAsync(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> channel.close(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> channel.drainTo(new ArrayList<>(), -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(channel).hasToString("Channel[capacity=1, size=0, senders=0, receivers=0]");
    }

    @Test
    void drainsWhatIsThere() throws Exception {
        Channel<Integer> channel = Channel.bounded(3, Runnable::run);
        for (int i = 0; i < 5; i++) {
            channel.sendAsync(i);
        }
        List<Integer> target = new ArrayList<>();
        assertThat(channel.drainTo(target, 0)).isZero();
        assertThat(channel.drainTo(target, 2)).isEqualTo(2);
        assertThat(channel.drainTo(target)).isEqualTo(3);
        channel.close();
        assertThat(channel.drainTo(target)).isZero();
        assertThat(target).containsExactly(0, 1, 2, 3, 4);
    }

    // ---- closing

    @ParameterizedTest
    @EnumSource
    void closedChannelsAreDrained(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create(Runnable::run);
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sends.add(channel.sendAsync(i)); // beyond the capacity: they wait
        }
        channel.close();
        channel.close();
        assertThat(channel.isClosed()).isTrue();
        assertThatThrownBy(() -> channel.send(9)).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.trySend(9)).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.send(9, 1, SECONDS))
                .isInstanceOf(ChannelClosedException.class);
        assertThat(channel.sendAsync(9)).isCompletedExceptionally();
        List<Integer> received = new ArrayList<>();
        for (Integer element : channel) {
            received.add(element);
        }
        assertThat(received).containsExactly(0, 1, 2, 3, 4);
        assertThat(sends).allMatch(send -> send.isDone() && !send.isCompletedExceptionally());
        assertThatThrownBy(channel::receive)
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage("channel must be open, was closed")
                .hasNoCause();
        assertThatThrownBy(channel::tryReceive).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.receive(1, SECONDS))
                .isInstanceOf(ChannelClosedException.class);
        assertThat(channel.receiveAsync()).isCompletedExceptionally();
        assertThat(channel.iterator().hasNext()).isFalse();
        assertThatThrownBy(() -> channel.iterator().next())
                .isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureEndsTheWaitOfSenders(ChannelKind kind) {
        Channel<Integer> channel = kind.create(Runnable::run);
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sends.add(channel.sendAsync(i));
        }
        Exception planned = new Exception("planned");
        channel.close(planned);
        channel.close(new Exception("too late"));
        long sent = sends.stream().filter(send -> !send.isCompletedExceptionally()).count();
        assertThat(sent).isEqualTo(Math.min(5, kind.capacity()));
        Iterator<Integer> elements = channel.iterator();
        for (int i = 0; i < sent; i++) {
            assertThat(elements.next()).isEqualTo(i);
        }
        assertThatThrownBy(elements::hasNext)
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage("channel must be open, was closed: java.lang.Exception: planned")
                .hasCause(planned);
        assertThatThrownBy(() -> channel.send(1)).hasCause(planned);
    }

    @ParameterizedTest
    @EnumSource
    void receiversThatWaitAreTold(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create(Runnable::run);
        CompletableFuture<Integer> future = channel.receiveAsync();
        Threads<Integer> thread = Threads.start(channel::receive);
        thread.untilAsleep();
        channel.close();
        assertThatThrownBy(future::join).hasCauseInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(thread::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ChannelClosedException.class);
    }

    // ---- giving up

    @ParameterizedTest
    @EnumSource
    void whatIsGivenUpIsNeitherSentNorReceived(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create(Runnable::run);
        CompletableFuture<Integer> cancelled = channel.receiveAsync();
        CompletableFuture<Integer> other = channel.receiveAsync();
        CompletableFuture<Integer> late = channel.receiveAsync().orTimeout(1, MILLISECONDS);
        assertThatThrownBy(() -> late.get(60, SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(cancelled.cancel(true)).isTrue();
        channel.send(1);
        assertThat(other).isCompletedWithValue(1);
        if (kind != ChannelKind.UNBOUNDED) {
            for (int i = 0; i < kind.capacity(); i++) {
                channel.send(i);
            }
            CompletableFuture<Void> send = channel.sendAsync(-1);
            assertThat(send.cancel(true)).isTrue();
            for (int i = 0; i < kind.capacity(); i++) {
                assertThat(channel.receive()).isEqualTo(i);
            }
        }
        assertThat(channel.tryReceive()).isNull();
        assertThat(channel.toString()).contains("senders=0, receivers=0");
    }

    @Test
    void onceServedAReceiveCannotBeGivenUp() {
        List<Runnable> queue = new ArrayList<>();
        Channel<Integer> channel = Channel.bounded(1, queue::add);
        CompletableFuture<Integer> future = channel.receiveAsync();
        assertThat(channel.trySend(7)).isTrue();
        assertThat(future).isNotDone();
        assertThat(future.cancel(true)).isFalse();
        queue.get(0).run();
        assertThat(future).isCompletedWithValue(7);
    }

    @ParameterizedTest
    @EnumSource
    void interruptsEndWaits(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create();
        Threads<Integer> receiver = Threads.start(channel::receive);
        Threads<Integer> timed = Threads.start(() -> channel.receive(100, SECONDS));
        receiver.untilAsleep().interrupt();
        timed.untilAsleep().interrupt();
        assertThatThrownBy(receiver::get).hasCauseInstanceOf(InterruptedException.class);
        assertThatThrownBy(timed::get).hasCauseInstanceOf(InterruptedException.class);
        Threads<Boolean> loop = Threads.start(() -> channel.iterator().hasNext());
        loop.untilAsleep().interrupt();
        assertThatThrownBy(loop::get).hasCauseInstanceOf(CancellationException.class);
        if (kind != ChannelKind.UNBOUNDED) {
            for (int i = 0; i < kind.capacity(); i++) {
                channel.send(i);
            }
            Threads<Boolean> sender = Threads.start(() -> channel.send(-1, 100, SECONDS));
            sender.untilAsleep().interrupt();
            assertThatThrownBy(sender::get).hasCauseInstanceOf(InterruptedException.class);
        }
        assertThat(channel.toString()).contains("senders=0, receivers=0");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> channel.send(1)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(channel::receive).isInstanceOf(InterruptedException.class);
    }

    // ---- threads and workers

    @ParameterizedTest
    @EnumSource
    void sendersThatWaitAreServed(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create();
        for (int i = 0; kind != ChannelKind.UNBOUNDED && i < kind.capacity(); i++) {
            channel.send(i);
        }
        Threads<Boolean> sender =
                Threads.start(
                        () -> {
                            channel.send(1000);
                            return true;
                        });
        if (kind != ChannelKind.UNBOUNDED) {
            sender.untilAsleep();
            for (int i = 0; i < kind.capacity(); i++) {
                assertThat(channel.receive()).isEqualTo(i);
            }
        }
        assertThat(channel.receive()).isEqualTo(1000);
        assertThat(sender.get()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aWaitInAWorkerDoesNotStandInTheWay(int workers) throws Exception {
        try (Scheduler scheduler = Threads.scheduler(workers)) {
            for (ChannelKind kind : ChannelKind.values()) {
                Channel<Integer> there = kind.create();
                Channel<Integer> back = kind.create();
                Task<?> echo =
                        scheduler.submit(
                                () -> {
                                    for (Integer element : there) {
                                        back.send(-element);
                                    }
                                    back.close();
                                    return null;
                                });
                Future<Integer> sum =
                        scheduler.submit(
                                () -> {
                                    int total = 0;
                                    for (int i = 0; i < 50; i++) {
                                        there.send(i);
                                        total -= back.receive();
                                    }
                                    there.close();
                                    return total;
                                });
                assertThat(sum.get(60, SECONDS)).isEqualTo(1225);
                echo.get(60, SECONDS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancellationOfTheTaskEndsItsWait(ChannelKind kind) throws Exception {
        Channel<Integer> channel = kind.create();
        AsyncSemaphore mutex = new AsyncSemaphore(1);
        assertThat(mutex.tryAcquire()).isTrue();
        WaitGroup ended = new WaitGroup();
        CountDownLatch waits = new CountDownLatch(2);
        List<Throwable> outcomes = Collections.synchronizedList(new ArrayList<>());
        try (Scheduler scheduler = Threads.scheduler(1)) {
            List<Task<?>> tasks = new ArrayList<>();
            for (Callable<?> body :
                    List.<Callable<?>>of(
                            channel::receive,
                            () -> {
                                mutex.acquire();
                                return null;
                            })) {
                ended.add();
                tasks.add(
                        scheduler.submit(
                                () -> {
                                    waits.countDown();
                                    try {
                                        return body.call();
                                    } catch (InterruptedException | CancellationException ex) {
                                        outcomes.add(ex);
                                        throw ex;
                                    } finally {
                                        ended.done();
                                    }
                                }));
            }
            assertThat(waits.await(60, SECONDS)).isTrue();
            for (Task<?> task : tasks) {
                assertThat(task.cancel(true)).isTrue();
            }
            assertThat(ended.await(60, SECONDS)).isTrue();
        }
        assertThat(outcomes).hasSize(2);
        assertThat(channel.toString()).contains("senders=0, receivers=0");
        assertThat(mutex.getQueueLength()).isZero();
    }

    @Test
    void stagesRunOnTheSchedulerThatAsked() throws Exception {
        try (Scheduler scheduler = Threads.scheduler(1)) {
            Channel<Integer> channel = Channel.bounded(1);
            CompletableFuture<Scheduler> asked =
                    scheduler
                            .submit(() -> channel.receiveAsync().thenApply(x -> Task.getPool()))
                            .get(60, SECONDS);
            channel.send(1);
            assertThat(asked.get(60, SECONDS)).isSameAs(scheduler);
        }
    }
}
