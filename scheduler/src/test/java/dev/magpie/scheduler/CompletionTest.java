package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that are ended by {@code complete} and its kind, not by what they compute. */
@Timeout(60)
class CompletionTest {

    private static final IOException DISK = new IOException("disk");

    private final Scheduler scheduler =
            Scheduler.builder().workers(2).name("completion").pinning(Pinning.NONE).build();

    private final AtomicInteger ran = new AtomicInteger();

    @AfterEach
    void close() {
        scheduler.close();
    }

    /** Does something to itself, and then returns 1, or null. */
    private final class Self extends RecursiveTask<Integer> {
        private final Consumer<Task<Integer>> body;
        private final boolean returnsNull;

        Self(boolean returnsNull, Consumer<Task<Integer>> body) {
            this.returnsNull = returnsNull;
            this.body = body;
        }

        @Override
        protected Integer compute() {
            ran.incrementAndGet();
            body.accept(this);
            return returnsNull ? null : Integer.valueOf(1);
        }
    }

    private <T> T inWorker(java.util.concurrent.Callable<T> callable) {
        return scheduler.submit(callable).join();
    }

    @Test
    void aTaskThatGivesItselfAResultReturnsItAtEachJoin() {
        Consumer<Task<Integer>> giving = task -> task.complete(7);
        assertThat(inWorker(() -> new Self(true, giving).fork().join())).isEqualTo(7);
        assertThat(inWorker(() -> new Self(true, giving).invoke())).isEqualTo(7);
        assertThat(scheduler.submit(new Self(true, giving)).join()).isEqualTo(7);
        assertThat(scheduler.invoke(new Self(true, giving))).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTaskThatFailsItselfThrowsAtEachJoin(boolean returnsNull) {
        Consumer<Task<Integer>> failing = task -> task.completeExceptionally(DISK);
        assertThatThrownBy(() -> inWorker(() -> new Self(true, failing).fork().join()))
                .isSameAs(DISK);
        assertThatThrownBy(() -> inWorker(() -> new Self(true, failing).invoke())).isSameAs(DISK);
        Task<Integer> submitted = scheduler.submit(new Self(returnsNull, failing));
        assertThatThrownBy(submitted::join).isSameAs(DISK);
        assertThatThrownBy(submitted::get).isInstanceOf(ExecutionException.class).hasCause(DISK);
        assertThat(submitted.isCompletedAbnormally()).isTrue();
        assertThat(submitted.isCompletedNormally()).isFalse();
        assertThat(submitted.isCancelled()).isFalse();
        assertThat(submitted.getException()).isSameAs(DISK);
        assertThat(submitted.exceptionNow()).isSameAs(DISK);
        assertThat(submitted.getRawResult()).isNull();
        assertThat(submitted.toString()).contains("completed exceptionally");
        assertThatThrownBy(submitted::resultNow).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatATaskThrowsAfterItEndedItselfIsDropped() {
        Consumer<Task<Integer>> throwing =
                task -> {
                    task.complete(7);
                    throw new IllegalStateException("late");
                };
        assertThat(inWorker(() -> new Self(false, throwing).fork().join())).isEqualTo(7);
        assertThat(scheduler.submit(new Self(false, throwing)).join()).isEqualTo(7);
    }

    @Test
    void aTaskThatCancelsItselfIsCancelledAtEachJoin() {
        Consumer<Task<Integer>> cancelling = task -> task.cancel(false);
        assertThatThrownBy(() -> inWorker(() -> new Self(true, cancelling).fork().join()))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> scheduler.submit(new Self(false, cancelling)).join())
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aTaskThatIsEndedBeforeItStartsNeverStarts() {
        int sum =
                inWorker(
                        () -> {
                            Self before = new Self(false, task -> {});
                            before.complete(5);
                            Self after = new Self(false, task -> {});
                            before.fork();
                            after.fork();
                            after.complete(6); // it may have been stolen, and have run
                            return before.join() + after.join();
                        });
        assertThat(sum).isIn(11, 6);
        Self submitted = new Self(false, task -> {});
        submitted.complete(8);
        assertThat(scheduler.submit(submitted).join()).isEqualTo(8);
        assertThat(ran).hasValueLessThanOrEqualTo(1);
    }

    @Test
    void aSubmissionThatWaitsIsEndedAtOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Scheduler single =
                Scheduler.builder().workers(1).pinning(Pinning.NONE).maxSpares(0).build()) {
            Task<Boolean> holder = single.submit(() -> release.await(30, SECONDS));
            Task<Integer> waiting = single.submit(ran::incrementAndGet);
            Task<Integer> failing = single.submit(ran::incrementAndGet);
            waiting.complete(9);
            failing.completeExceptionally(DISK);
            assertThat(waiting.get(30, SECONDS)).isEqualTo(9);
            assertThatThrownBy(() -> failing.get(30, SECONDS)).hasCause(DISK);
            release.countDown();
            assertThat(holder.join()).isTrue();
        }
        assertThat(ran).hasValue(0);
    }

    @Test
    void whoWaitsForATaskThatRunsIsWoken() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Task<Integer> running =
                scheduler.submit(
                        () -> {
                            started.countDown();
                            release.await(30, SECONDS);
                            return 1;
                        });
        assertThat(started.await(30, SECONDS)).isTrue();
        AtomicReference<Object> seen = new AtomicReference<>();
        Thread waiter = new Thread(() -> seen.set(running.join()));
        waiter.start();
        running.complete(2);
        waiter.join(30_000);
        assertThat(seen).hasValue(2);
        release.countDown();
        assertThat(running.join()).isEqualTo(2);
    }

    @Test
    void theFirstEndingIsTheOneThatCounts() {
        Task<Integer> done = scheduler.submit(() -> 1);
        done.join();
        done.complete(2);
        done.completeExceptionally(DISK);
        assertThat(done.join()).isEqualTo(1);

        Self given = new Self(false, task -> {});
        given.complete(3);
        given.complete(4);
        given.completeExceptionally(DISK);
        assertThat(given.cancel(true)).isFalse();
        assertThat(given.isDone()).isTrue();
        assertThat(given.join()).isEqualTo(3);

        Self cancelled = new Self(false, task -> {});
        assertThat(cancelled.cancel(false)).isTrue();
        cancelled.complete(5);
        assertThat(cancelled.isCancelled()).isTrue();
        assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void aTaskThatWasEndedCanBeReinitialized() {
        Self task = new Self(false, self -> {});
        task.completeExceptionally(DISK);
        task.reinitialize();
        assertThat(task.isDone()).isFalse();
        assertThat(scheduler.invoke(task)).isEqualTo(1);
    }

    @Test
    void quietlyCompleteGivesNull() {
        Self task = new Self(false, self -> {});
        task.quietlyComplete();
        assertThat(task.isCompletedNormally()).isTrue();
        assertThat(task.join()).isNull();
        assertThat(task.resultNow()).isNull();
    }

    @Test
    void aFailureMustNotBeNull() {
        Self task = new Self(false, self -> {});
        assertThatThrownBy(() -> task.completeExceptionally(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("failure");
        assertThat(task.isDone()).isFalse();
    }

    @Test
    void aScopeCountsWhatWasEndedBeforeItStarted() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Scheduler single =
                        Scheduler.builder().workers(1).pinning(Pinning.NONE).maxSpares(0).build();
                var scope = single.openScope()) {
            Task<Boolean> holder = scope.fork(() -> release.await(30, SECONDS));
            Task<Integer> waiting = scope.fork(ran::incrementAndGet);
            waiting.complete(4);
            release.countDown();
            scope.join();
            assertThat(holder.join()).isTrue();
            assertThat(waiting.join()).isEqualTo(4);
        }
        assertThat(ran).hasValue(0);
    }

    @Test
    void invokeAllReportsWhatWasGiven() {
        Self good = new Self(false, task -> {});
        Self bad = new Self(false, task -> {});
        bad.completeExceptionally(DISK);
        assertThatThrownBy(
                        () ->
                                inWorker(
                                        () -> {
                                            Task.invokeAll(good, bad);
                                            return 0;
                                        }))
                .isSameAs(DISK);
    }

    @Test
    void whoSeesATaskDoneSeesWhatWasGiven() throws Exception {
        List<Self> tasks = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            tasks.add(new Self(false, self -> {}));
        }
        AtomicInteger seen = new AtomicInteger();
        Thread reader =
                new Thread(
                        () -> {
                            for (Self task : tasks) {
                                while (!task.isDone()) {
                                    Thread.onSpinWait();
                                }
                                if (Integer.valueOf(3).equals(task.getRawResult())) {
                                    seen.incrementAndGet();
                                }
                            }
                        });
        reader.setDaemon(true);
        reader.start();
        tasks.forEach(task -> task.complete(3));
        reader.join(30_000);
        assertThat(seen).hasValue(tasks.size());
    }

    /** One thread ends tasks while their forker runs them and others wait for them. */
    @Test
    void everyJoinReportsOneOfTheTwoResults() throws Exception {
        int rounds = 20_000;
        AtomicReference<Task<Integer>> current = new AtomicReference<>();
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        CountDownLatch over = new CountDownLatch(3);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            boolean isGiver = t == 0;
            threads.add(
                    new Thread(
                            () -> {
                                Task<Integer> last = null;
                                for (Task<Integer> task = current.get();
                                        task != DONE && wrong.get() == null;
                                        task = current.get()) {
                                    if (task == last) {
                                        Thread.onSpinWait();
                                        continue;
                                    }
                                    last = task;
                                    if (isGiver) {
                                        task.completeExceptionally(DISK);
                                    }
                                    try {
                                        check(task.get() == 1);
                                    } catch (Throwable ex) {
                                        if (ex.getCause() != DISK) {
                                            wrong.compareAndSet(null, ex);
                                        }
                                    }
                                }
                                over.countDown();
                            }));
        }
        threads.forEach(Thread::start);
        inWorker(
                () -> {
                    for (int i = 0; i < rounds && wrong.get() == null; i++) {
                        Self task = new Self(false, self -> current.set(self));
                        try {
                            check(task.fork().join() == 1);
                        } catch (Exception ex) {
                            check(ex == DISK);
                        }
                        check(task.isDone());
                    }
                    return 0;
                });
        current.set(DONE);
        assertThat(over.await(30, SECONDS)).isTrue();
        assertThat(wrong).hasValue(null);
    }

    private static final Task<Integer> DONE =
            new RecursiveTask<>() {
                @Override
                protected Integer compute() {
                    return 0;
                }
            };

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("a join reported what neither gave");
        }
    }
}
