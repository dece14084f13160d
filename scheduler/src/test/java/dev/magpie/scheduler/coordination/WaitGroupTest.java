package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wait group counts, releases, and can be used again. */
class WaitGroupTest {

    private static Scheduler scheduler(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    // ---- one thread

    @Test
    void freshGroupIsDone() throws Exception {
        WaitGroup group = new WaitGroup();
        assertThat(group.isDone()).isTrue();
        assertThat(group.count()).isZero();
        group.await();
        assertThat(group.await(0, SECONDS)).isTrue();
        assertThat(group.whenDone().toCompletableFuture()).isCompleted();
    }

    @Test
    void countsUpAndDown() throws Exception {
        WaitGroup group = new WaitGroup();
        group.add(3);
        group.add();
        group.add(0);
        group.done(2);
        group.done();
        assertThat(group.count()).isEqualTo(1);
        assertThat(group.isDone()).isFalse();
        assertThat(group.await(0, SECONDS)).isFalse();
        assertThat(group.await(-1, SECONDS)).isFalse();
        assertThat(group.await(1, MILLISECONDS)).isFalse();
        group.done();
        assertThat(group.isDone()).isTrue();
        group.await();
    }

    @Test
    void moreDoneThanAddedIsAnErrorAndChangesNothing() {
        WaitGroup group = new WaitGroup();
        assertThatThrownBy(group::done)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("count must be at least 0, was -1: more was done than added");
        group.add(2);
        assertThatThrownBy(() -> group.done(3)).isInstanceOf(IllegalStateException.class);
        assertThat(group.count()).isEqualTo(2);
    }

    @Test
    void overflowIsAnErrorAndChangesNothing() {
        WaitGroup group = new WaitGroup();
        group.add(Integer.MAX_VALUE);
        assertThatThrownBy(group::add)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("count must be at most 2147483647, was 2147483648");
        assertThat(group.count()).isEqualTo(Integer.MAX_VALUE);
        assertThat(group).hasToString("WaitGroup[count=2147483647, generation=0]");
        group.done(Integer.MAX_VALUE);
        assertThat(group).hasToString("WaitGroup[count=0, generation=1]");
    }

    @Test
    void countsOutOfRangeAreErrors() {
        WaitGroup group = new WaitGroup();
        assertThatThrownBy(() -> group.add(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count must be between 0 and 2147483647, was -1");
        assertThatThrownBy(() -> group.done(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count must be between 1 and 2147483647, was 0");
    }

    @Test
    void stageIsOfItsGeneration() {
        WaitGroup group = new WaitGroup(-1); // the next generation is 0
        group.add();
        CompletableFuture<Void> first = group.whenDone().toCompletableFuture();
        assertThat(first).isNotDone();
        assertThat(group).hasToString("WaitGroup[count=1, generation=4294967295, awaited]");
        group.done();
        assertThat(first).isCompleted();
        group.add();
        CompletableFuture<Void> second = group.whenDone().toCompletableFuture();
        assertThat(second).isNotDone();
        group.done();
        assertThat(second).isCompleted();
        assertThat(group).hasToString("WaitGroup[count=0, generation=1]");
    }

    @Test
    void nobodyElseCanCompleteTheStage() throws Exception {
        WaitGroup group = new WaitGroup();
        group.add();
        group.whenDone().toCompletableFuture().complete(null);
        assertThat(group.await(0, SECONDS)).isFalse();
        assertThat(group.whenDone().toCompletableFuture()).isNotDone();
    }

    @Test
    void interruptedCallerThrowsAndLeavesNothing() throws Exception {
        WaitGroup group = new WaitGroup();
        Thread.currentThread().interrupt();
        assertThatThrownBy(group::await).isInstanceOf(InterruptedException.class);
        group.add();
        Thread.currentThread().interrupt();
        assertThatThrownBy(group::await).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> group.await(1, SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        group.done();
        group.await();
    }

    @Test
    void executeCountsUntilTheCommandHasRun() throws Exception {
        WaitGroup group = new WaitGroup();
        List<Runnable> queue = new ArrayList<>();
        group.execute(queue::add, () -> {});
        group.execute(
                queue::add,
                () -> {
                    throw new IllegalStateException("planned");
                });
        assertThat(group.count()).isEqualTo(2);
        queue.get(0).run();
        assertThatThrownBy(queue.get(1)::run).hasMessage("planned");
        assertThat(group.isDone()).isTrue();
        assertThatThrownBy(
                        () ->
                                group.execute(
                                        command -> {
                                            throw new RejectedExecutionException("planned");
                                        },
                                        () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(group.isDone()).isTrue();
    }

    @Test
    void aCommandThatFailsInTheCallerIsDoneOnce() {
        WaitGroup group = new WaitGroup();
        group.add(2);
        IllegalStateException planned = new IllegalStateException("planned");
        Runnable fails =
                () -> {
                    throw planned;
                };
        assertThatThrownBy(() -> group.execute(Runnable::run, fails)).isSameAs(planned);
        assertThat(group.count()).isEqualTo(2);
        group.done(2);
        assertThatThrownBy(() -> group.execute(Runnable::run, fails)).isSameAs(planned);
        assertThat(group.isDone()).isTrue();
    }

    @Test
    void stagesGivenUpAreNotKept() {
        WaitGroup group = new WaitGroup();
        group.add();
        Garbage.awaitAlmostNoneOf(
                1000,
                () -> {
                    CompletableFuture<Void> given = group.whenDone().toCompletableFuture();
                    given.cancel(false);
                    return given;
                });
        CompletableFuture<Void> stays = group.whenDone().toCompletableFuture();
        group.done();
        assertThat(stays).isCompleted();
    }

    // ---- threads

    @Test
    void releasesAllWhoWait() throws Exception {
        WaitGroup group = new WaitGroup();
        group.add();
        AtomicInteger released = new AtomicInteger();
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Thread waiter =
                    new Thread(
                            () -> {
                                try {
                                    group.await();
                                    released.incrementAndGet();
                                } catch (InterruptedException ex) {
                                    // not counted
                                }
                            });
            waiter.start();
            waiters.add(waiter);
        }
        await().until(() -> waiters.stream().allMatch(WaitGroupTest::isWaiting));
        group.done();
        for (Thread waiter : waiters) {
            waiter.join(60_000);
        }
        assertThat(released).hasValue(5);
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        WaitGroup group = new WaitGroup();
        group.add();
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread waiter =
                new Thread(
                        () -> {
                            try {
                                group.await();
                            } catch (Throwable ex) {
                                outcome.set(ex);
                            }
                        });
        waiter.start();
        await().until(() -> isWaiting(waiter));
        waiter.interrupt();
        waiter.join(60_000);
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        group.done();
        assertThat(group).hasToString("WaitGroup[count=0, generation=1]");
    }

    @Test
    void generationsFollowOneAnother() throws Exception {
        WaitGroup group = new WaitGroup(-500);
        AtomicInteger sum = new AtomicInteger();
        try (Scheduler scheduler = scheduler(2)) {
            for (int round = 1; round <= 1000; round++) {
                group.add(3);
                for (int i = 0; i < 3; i++) {
                    scheduler.execute(
                            () -> {
                                sum.incrementAndGet();
                                group.done();
                            });
                }
                group.await();
                assertThat(sum.get()).isEqualTo(3 * round);
            }
        }
    }

    // ---- workers

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aWaitInAWorkerDoesNotStandInTheWay(int workers) throws Exception {
        try (Scheduler scheduler = scheduler(workers)) {
            Future<Integer> sum =
                    scheduler.submit(
                            () -> {
                                WaitGroup group = new WaitGroup();
                                AtomicInteger ran = new AtomicInteger();
                                for (int i = 0; i < 20; i++) {
                                    group.execute(scheduler, ran::incrementAndGet);
                                }
                                group.add();
                                Task<?> forked = Task.adapt((Runnable) group::done).fork();
                                group.await();
                                forked.join();
                                return ran.get();
                            });
            assertThat(sum.get(60, SECONDS)).isEqualTo(20);
        }
    }

    @Test
    void aTreeOfWorkIsDoneOnce() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        WaitGroup group = new WaitGroup();
        try (Scheduler scheduler = scheduler(2)) {
            group.execute(scheduler, () -> grow(scheduler, group, ran, 12));
            assertThat(group.await(60, SECONDS)).isTrue();
            assertThat(ran).hasValue((1 << 13) - 1);
            assertThat(group).hasToString("WaitGroup[count=0, generation=1]");
        }
    }

    private static void grow(Scheduler scheduler, WaitGroup group, AtomicInteger ran, int depth) {
        ran.incrementAndGet();
        if (depth > 0) {
            group.execute(scheduler, () -> grow(scheduler, group, ran, depth - 1));
            group.execute(scheduler, () -> grow(scheduler, group, ran, depth - 1));
        }
    }

    @Test
    void cancellationOfTheTaskEndsItsWait() throws Exception {
        WaitGroup group = new WaitGroup();
        group.add();
        CountDownLatch waits = new CountDownLatch(1);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        AtomicReference<Throwable> again = new AtomicReference<>();
        try (Scheduler scheduler = scheduler(1)) {
            Future<?> task =
                    scheduler.submit(
                            () -> {
                                waits.countDown();
                                outcome.set(outcomeOf(group));
                                again.set(outcomeOf(group));
                                return null;
                            });
            assertThat(waits.await(60, SECONDS)).isTrue();
            task.cancel(true);
            await().until(() -> again.get() != null);
            if (outcome.get() instanceof InterruptedException) {
                assertThat(again.get()).isInstanceOf(CancellationException.class);
            } else { // the cancellation was seen before its interrupt came
                assertThat(outcome.get()).isInstanceOf(CancellationException.class);
            }
        }
        group.done();
    }

    private static Throwable outcomeOf(WaitGroup group) {
        try {
            group.await();
            return new AssertionError("released, but nothing was done");
        } catch (InterruptedException | CancellationException ex) {
            return ex;
        }
    }

    @Test
    void timedWaitsLeaveNothingBehind() throws Exception {
        WaitGroup group = new WaitGroup();
        group.add();
        CompletableFuture<Void> stage = group.whenDone().toCompletableFuture();
        for (int i = 0; i < 100; i++) {
            assertThat(group.await(1, NANOSECONDS)).isFalse();
        }
        assertThat(stage.getNumberOfDependents()).isZero();
        group.done();
        assertThat(stage).isCompleted();
    }
}
