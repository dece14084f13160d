package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A select takes one case and does nothing to the others. */
class SelectTest {

    private static Select<String> both(Channel<Integer> first, Channel<Integer> second) {
        return Select.<String>biased()
                .onReceive(first, element -> "first " + element)
                .onReceive(second, element -> "second " + element);
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatIsPossible(ChannelKind kind) throws Exception {
        Channel<Integer> first = kind.create(Runnable::run);
        Channel<Integer> second = kind.create(Runnable::run);
        Select<String> select = both(first, second);
        assertThat(select.selectNow(() -> "none")).isEqualTo("none");
        assertThat(select.select(1, MILLISECONDS, () -> "late")).isEqualTo("late");
        assertThat(select.select(0, SECONDS, () -> "late")).isEqualTo("late");
        second.sendAsync(2);
        assertThat(select.select()).isEqualTo("second 2");
        first.sendAsync(1);
        second.sendAsync(2);
        assertThat(select.select(60, SECONDS, () -> "late")).isEqualTo("first 1");
        assertThat(select.selectNow(() -> "none")).isEqualTo("second 2");
        assertThat(first.toString()).contains("senders=0, receivers=0");
    }

    @ParameterizedTest
    @EnumSource
    void sendsWhereSomebodyReceives(ChannelKind kind) throws Exception {
        Channel<Integer> first = kind.create(Runnable::run);
        CompletableFuture<Integer> received = first.receiveAsync();
        Channel<Integer> full = Channel.rendezvous();
        String result =
                Select.<String>fair()
                        .onSend(full, 1, () -> "full")
                        .onSend(first, 2, () -> "sent")
                        .select();
        assertThat(result).isEqualTo("sent");
        assertThat(received).isCompletedWithValue(2);
        assertThat(full.tryReceive()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aThreadThatWaitsIsServedOnce(ChannelKind kind) throws Exception {
        Channel<Integer> first = kind.create(Runnable::run);
        Channel<Integer> second = kind.create(Runnable::run);
        Threads<String> waiter = Threads.start(() -> both(first, second).select());
        waiter.untilAsleep();
        second.send(2);
        assertThat(waiter.get()).isEqualTo("second 2");
        CompletableFuture<Void> left = first.sendAsync(1);
        assertThat(first.receive()).isEqualTo(1);
        assertThat(left).isCompleted();
        assertThat(second.toString()).contains("senders=0, receivers=0");
    }

    @Test
    void aSelectDoesNotMeetItself() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        Select<String> select =
                Select.<String>fair()
                        .onSend(channel, 1, () -> "sent")
                        .onReceive(channel, element -> "received " + element);
        assertThat(select.select(1, MILLISECONDS, () -> "late")).isEqualTo("late");
        Threads<String> one = Threads.start(select::select);
        one.untilAsleep();
        String other =
                Select.<String>fair()
                        .onSend(channel, 2, () -> "sent")
                        .onReceive(channel, element -> "received " + element)
                        .select();
        Set<String> results = new HashSet<>(List.of(other, one.get()));
        assertThat(results).contains("sent").hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void closedChannelsArePossible(ChannelKind kind) throws Exception {
        Channel<Integer> closed = kind.create(Runnable::run);
        Channel<Integer> silent = Channel.rendezvous();
        Select<String> strict = both(silent, closed);
        Select<String> lenient =
                Select.<String>biased()
                        .onReceive(silent, element -> "silent")
                        .onReceive(closed, element -> "element", () -> "closed");
        Threads<String> waits = Threads.start(lenient::select);
        Threads<String> throwing = Threads.start(strict::select);
        waits.untilAsleep();
        throwing.untilAsleep();
        closed.close();
        assertThat(waits.get()).isEqualTo("closed");
        assertThatThrownBy(throwing::get).hasCauseInstanceOf(ChannelClosedException.class);
        assertThat(lenient.selectNow(() -> "none")).isEqualTo("closed");
        assertThatThrownBy(strict::select).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(
                        () ->
                                Select.<String>fair()
                                        .onSend(closed, 1, () -> "sent")
                                        .selectNow(() -> "none"))
                .isInstanceOf(ChannelClosedException.class);
        assertThat(silent.toString()).contains("senders=0, receivers=0");
    }

    @Test
    void fairSelectsTakeAllCases() throws Exception {
        Channel<Integer> first = Channel.unbounded();
        Channel<Integer> second = Channel.unbounded();
        Select<Integer> fair =
                Select.<Integer>fair().onReceive(first, x -> x).onReceive(second, x -> x);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            first.send(1);
            second.send(2);
            seen.add(fair.select());
        }
        assertThat(seen).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void misuseIsAnError() {
        assertThatThrownBy(() -> Select.fair().select())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cases must be at least 1, was 0");
        assertThat(Select.<String>fair().selectNow(() -> "none")).isEqualTo("none");
        Channel<Integer> channel = Channel.unbounded();
        assertThatThrownBy(() -> Select.fair().onReceive(null, x -> x))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Select.fair().onSend(channel, null, () -> "sent"))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void whatTheFunctionThrowsIsThrown() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        channel.send(1);
        Select<String> failing =
                Select.<String>fair()
                        .onReceive(
                                channel,
                                element -> {
                                    throw new IllegalStateException("planned " + element);
                                });
        assertThatThrownBy(failing::select).hasMessage("planned 1");
    }

    @Test
    void anInterruptLeavesNothingBehind() throws Exception {
        Channel<Integer> first = Channel.rendezvous();
        Channel<Integer> second = Channel.bounded(1);
        Threads<String> waiter = Threads.start(() -> both(first, second).select());
        waiter.untilAsleep().interrupt();
        assertThatThrownBy(waiter::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(first.trySend(1)).isFalse();
        assertThat(second.trySend(1)).isTrue();
        assertThat(second.tryReceive()).isEqualTo(1);
    }

    /** Selects that send and receive on the same channels, crosswise: each element arrives once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void crossedSelectsLoseNothing(int workers) throws Exception {
        int each = 300;
        for (ChannelKind kind : List.of(ChannelKind.RENDEZVOUS, ChannelKind.BOUNDED_1)) {
            Channel<Integer> left = kind.create();
            Channel<Integer> right = kind.create();
            try (Scheduler scheduler = Threads.scheduler(workers)) {
                List<Future<Integer>> all = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    Channel<Integer> in = i == 0 ? left : right;
                    Channel<Integer> out = i == 0 ? right : left;
                    all.add(scheduler.submit(() -> sendAndReceive(in, out, each)));
                }
                int sum = 0;
                for (Future<Integer> one : all) {
                    sum += one.get(100, SECONDS);
                }
                assertThat(sum).isEqualTo(each * (each + 1));
            }
        }
    }

    private static int sendAndReceive(Channel<Integer> in, Channel<Integer> out, int count)
            throws InterruptedException {
        int sent = 0;
        int received = 0;
        int sum = 0;
        while (sent < count || received < count) {
            Select<Integer> select = Select.fair();
            if (sent < count) {
                select.onSend(out, sent + 1, () -> -1);
            }
            if (received < count) {
                select.onReceive(in, element -> element);
            }
            int result = select.select();
            if (result < 0) {
                sent++;
            } else {
                received++;
                sum += result;
            }
        }
        return sum;
    }

    /** Each could hold one of the two promises, and wait for the other. */
    @Test
    void selectsThatMeetAtTwoPlacesGoOn() throws Exception {
        Channel<Integer> first = Channel.rendezvous();
        Channel<Integer> second = Channel.rendezvous();
        int rounds = 20_000;
        Threads<Integer> other = Threads.start(() -> exchange(second, first, rounds));
        int mine = exchange(first, second, rounds);
        assertThat(mine + other.get()).isEqualTo(rounds);
        assertThat(first.toString()).contains("senders=0, receivers=0");
        assertThat(second.toString()).contains("senders=0, receivers=0");
    }

    /** Sends to one channel or receives from another one; returns how often it sent. */
    private static int exchange(Channel<Integer> out, Channel<Integer> in, int rounds)
            throws Exception {
        Select<Integer> select =
                Select.<Integer>biased().onSend(out, 1, () -> 1).onReceive(in, element -> 0);
        int sent = 0;
        for (int i = 0; i < rounds; i++) {
            sent += select.select();
        }
        return sent;
    }

    // ---- futures

    @ParameterizedTest
    @EnumSource
    void aFutureTakesOneCaseWhenItIsPossible(ChannelKind kind) {
        Channel<Integer> first = kind.create(Runnable::run);
        Channel<Integer> second = kind.create(Runnable::run);
        CompletableFuture<String> selected = both(first, second).selectAsync(Runnable::run);
        assertThat(selected).isNotDone();
        CompletableFuture<Void> sent = second.sendAsync(2);
        assertThat(selected).isCompletedWithValue("second 2");
        assertThat(sent).isCompleted();
        assertThat(first.toString()).contains("senders=0, receivers=0");
        CompletableFuture<Void> left = first.sendAsync(1);
        assertThat(both(first, second).selectAsync(Runnable::run)).isCompletedWithValue("first 1");
        assertThat(left).isCompleted();
    }

    @ParameterizedTest
    @EnumSource
    void aFutureThatIsGivenUpTakesNothing(ChannelKind kind) {
        Channel<Integer> first = kind.create(Runnable::run);
        Channel<Integer> second = kind.create(Runnable::run);
        CompletableFuture<String> cancelled = both(first, second).selectAsync(Runnable::run);
        CompletableFuture<String> completed = both(first, second).selectAsync(Runnable::run);
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(completed.complete("mine")).isTrue();
        assertThat(first.toString()).contains("senders=0, receivers=0");
        CompletableFuture<Integer> next = first.receiveAsync();
        first.sendAsync(1);
        assertThat(next).isCompletedWithValue(1);
        assertThat(completed).isCompletedWithValue("mine");
    }

    @ParameterizedTest
    @EnumSource
    void aFutureTellsThatAChannelIsClosed(ChannelKind kind) {
        Channel<Integer> closed = kind.create(Runnable::run);
        Channel<Integer> silent = Channel.rendezvous();
        CompletableFuture<String> strict = both(silent, closed).selectAsync(Runnable::run);
        CompletableFuture<String> lenient =
                Select.<String>biased()
                        .onReceive(silent, element -> "silent")
                        .onReceive(closed, element -> "element", () -> "closed")
                        .selectAsync(Runnable::run);
        IllegalStateException cause = new IllegalStateException("for a test");
        closed.close(cause);
        assertThat(lenient).isCompletedWithValue("closed");
        assertThatThrownBy(strict::join)
                .hasCauseInstanceOf(ChannelClosedException.class)
                .hasRootCause(cause);
        assertThat(silent.toString()).contains("senders=0, receivers=0");
    }

    @Test
    void theFunctionOfAFutureRunsOnTheExecutorOnly() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        List<Runnable> later = new ArrayList<>();
        Select<String> select =
                Select.<String>fair()
                        .onReceive(
                                channel,
                                element -> {
                                    throw new IllegalStateException("refused " + element);
                                });
        channel.send(1);
        CompletableFuture<String> atOnce = select.selectAsync(later::add);
        CompletableFuture<String> waits = select.selectAsync(later::add);
        channel.send(2);
        assertThat(atOnce).isNotDone();
        assertThat(waits).isNotDone();
        assertThat(waits.cancel(false)).isFalse(); // its element was received
        assertThat(later).hasSize(2);
        later.forEach(Runnable::run);
        assertThatThrownBy(atOnce::get).hasRootCauseMessage("refused 1");
        assertThatThrownBy(waits::get).hasRootCauseMessage("refused 2");
        assertThatThrownBy(() -> Select.fair().selectAsync())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cases must be at least 1, was 0");
    }

    @Test
    void inAWorkerTheFunctionOfAFutureRunsInItsScheduler() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        Select<String> select =
                Select.<String>fair()
                        .onReceive(channel, element -> Thread.currentThread().getName());
        try (Scheduler scheduler = Scheduler.builder().workers(1).name("selects").build()) {
            CompletableFuture<String> selected =
                    scheduler.submit(() -> select.selectAsync()).get(60, SECONDS);
            channel.send(1);
            assertThat(selected.get(60, SECONDS)).startsWith("selects-worker-");
        }
    }

    /** It looks as if the executor had rejected the function. */
    @ParameterizedTest
    @EnumSource
    void theFunctionRunsOnceAlthoughTheExecutorThrowsThen(ChannelKind kind) {
        Executor unreliable =
                command -> {
                    command.run();
                    throw new RejectedExecutionException("planned");
                };
        Channel<Integer> channel = kind.create(Runnable::run);
        List<Integer> seen = new ArrayList<>();
        Select<Boolean> select = Select.<Boolean>biased().onReceive(channel, seen::add);
        CompletableFuture<Boolean> waited = select.selectAsync(unreliable);
        channel.sendAsync(1);
        channel.sendAsync(2);
        CompletableFuture<Boolean> atOnce = select.selectAsync(unreliable);
        assertThat(seen).containsExactly(1, 2);
        assertThat(waited).isCompletedWithValue(true);
        assertThat(atOnce).isCompletedWithValue(true);
    }

    @ParameterizedTest
    @EnumSource
    void severalThreadsUseOneSelect(ChannelKind kind) throws Exception {
        Channel<Integer> first = kind.create(Runnable::run);
        Channel<Integer> second = kind.create(Runnable::run);
        Select<Integer> select =
                Select.<Integer>fair()
                        .onReceive(first, element -> element)
                        .onReceive(second, element -> element);
        int each = 2_000;
        List<Threads<Long>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            receivers.add(
                    Threads.start(
                            () -> {
                                long sum = 0;
                                for (int n = 0; n < each; n++) {
                                    sum +=
                                            n % 2 == 0
                                                    ? select.select()
                                                    : select.selectAsync().get();
                                }
                                return sum;
                            }));
        }
        for (int n = 0; n < 3 * each; n++) {
            (n % 2 == 0 ? first : second).send(n);
        }
        long sum = 0;
        for (Threads<Long> receiver : receivers) {
            sum += receiver.get();
        }
        assertThat(sum).isEqualTo(3L * each * (3L * each - 1) / 2);
        assertThat(first.toString()).contains("size=0, senders=0, receivers=0");
        assertThat(second.toString()).contains("size=0, senders=0, receivers=0");
    }
}
