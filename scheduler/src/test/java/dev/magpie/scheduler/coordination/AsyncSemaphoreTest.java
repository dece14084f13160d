package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A semaphore hands its permits out in order, each once. */
class AsyncSemaphoreTest {

    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final AsyncSemaphore semaphore = new AsyncSemaphore(2, queue::add);

    private void runAll() {
        for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
            next.run();
        }
    }

    // ---- one thread

    @Test
    void takesWhatIsFree() throws Exception {
        assertThat(semaphore.tryAcquire()).isTrue();
        semaphore.acquire();
        assertThat(semaphore.tryAcquire()).isFalse();
        assertThat(semaphore.tryAcquire(0, SECONDS)).isFalse();
        assertThat(semaphore.tryAcquire(1, MILLISECONDS)).isFalse();
        assertThat(semaphore.getQueueLength()).isZero();
        semaphore.release(2);
        assertThat(semaphore.acquireAsync(2)).isCompleted();
        assertThat(semaphore).hasToString("AsyncSemaphore[permits=2, available=0, queued=0]");
        semaphore.release();
        assertThat(semaphore.tryAcquire(1, SECONDS)).isTrue();
    }

    @Test
    void misuseIsAnError() {
        assertThatThrownBy(() -> new AsyncSemaphore(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("permits must be between 1 and 2147483647, was 0");
        assertThatThrownBy(() -> new AsyncSemaphore(1, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> semaphore.tryAcquire(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count must be between 1 and 2, was 3");
        assertThatThrownBy(() -> semaphore.acquireAsync(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(semaphore::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("count must be at most the permits taken, 0, was 1");
        assertThat(semaphore.availablePermits()).isEqualTo(2);
    }

    @Test
    void servesInOrderOnTheExecutor() {
        assertThat(semaphore.tryAcquire(2)).isTrue();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            semaphore.acquireAsync().thenRun(() -> order.add(number));
        }
        assertThat(semaphore.getQueueLength()).isEqualTo(3);
        semaphore.release(2);
        assertThat(order).isEmpty();
        assertThat(semaphore.getQueueLength()).isEqualTo(1);
        runAll();
        assertThat(order).containsExactly(0, 1);
        semaphore.release();
        runAll();
        assertThat(order).containsExactly(0, 1, 2);
    }

    @Test
    void nobodyOvertakesALargeRequest() {
        assertThat(semaphore.tryAcquire()).isTrue();
        CompletableFuture<Void> large = semaphore.acquireAsync(2);
        CompletableFuture<Void> small = semaphore.acquireAsync();
        assertThat(semaphore.availablePermits()).isEqualTo(1);
        assertThat(semaphore.tryAcquire()).isFalse();
        assertThat(small).isNotDone();
        semaphore.release();
        runAll();
        assertThat(large).isCompleted();
        assertThat(small).isNotDone();
        semaphore.release(2);
        runAll();
        assertThat(small).isCompleted();
    }

    @Test
    void whoGivesUpStandsInNobodysWay() {
        assertThat(semaphore.tryAcquire()).isTrue();
        CompletableFuture<Void> large = semaphore.acquireAsync(2);
        CompletableFuture<Void> small = semaphore.acquireAsync();
        assertThat(large.cancel(true)).isTrue();
        assertThat(large.cancel(true)).isTrue();
        assertThat(large).isCancelled();
        runAll();
        assertThat(small).isCompleted();
        assertThat(semaphore).hasToString("AsyncSemaphore[permits=2, available=0, queued=0]");
    }

    @Test
    void onceAssignedAPermitCannotBeGivenUp() {
        assertThat(semaphore.tryAcquire(2)).isTrue();
        CompletableFuture<Void> future = semaphore.acquireAsync();
        semaphore.release();
        assertThat(future).isNotDone();
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.complete(null)).isFalse();
        assertThat(future.completeExceptionally(new IllegalStateException())).isFalse();
        runAll();
        assertThat(future).isCompleted();
        assertThat(semaphore.availablePermits()).isZero();
    }

    @Test
    void completionsFromOutsideGiveTheRequestUp() {
        assertThat(semaphore.tryAcquire(2)).isTrue();
        CompletableFuture<Void> byValue = semaphore.acquireAsync();
        CompletableFuture<Void> byFailure = semaphore.acquireAsync();
        assertThat(byValue.complete(null)).isTrue();
        assertThat(byFailure.completeExceptionally(new IllegalStateException())).isTrue();
        assertThat(semaphore.getQueueLength()).isZero();
        assertThatThrownBy(() -> byValue.completeAsync(() -> null))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> byValue.obtrudeValue(null))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> byValue.obtrudeException(new IllegalStateException()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void requestsThatTimedOutAreGivenUp() {
        assertThat(semaphore.tryAcquire(2)).isTrue();
        CompletableFuture<Void> future = semaphore.acquireAsync().orTimeout(1, MILLISECONDS);
        assertThatThrownBy(() -> future.get(60, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(semaphore.getQueueLength()).isZero();
    }

    @Test
    void requestsThatWereGivenUpTakeNoRoom() {
        assertThat(semaphore.tryAcquire(2)).isTrue();
        CompletableFuture<Void> live = semaphore.acquireAsync();
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            CompletableFuture<Void> future = semaphore.acquireAsync();
            futures.add(future);
            future.cancel(false);
        }
        assertThat(semaphore.requestsInMemory()).isLessThan(100);
        semaphore.release();
        runAll();
        assertThat(live).isCompleted();
    }

    @Test
    void aChainOfReleasesDoesNotGrowTheStack() {
        AsyncSemaphore mutex = new AsyncSemaphore(1, Runnable::run); // the worst executor
        assertThat(mutex.tryAcquire()).isTrue();
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 100_000; i++) {
            mutex.acquireAsync()
                    .thenRun(
                            () -> {
                                ran.incrementAndGet();
                                mutex.release();
                            });
        }
        mutex.release();
        assertThat(ran).hasValue(100_000);
        assertThat(mutex.availablePermits()).isEqualTo(1);
    }

    @Test
    void anExecutorThatRejectsLosesNothing() {
        AsyncSemaphore mutex =
                new AsyncSemaphore(
                        1,
                        command -> {
                            throw new RejectedExecutionException("planned");
                        });
        assertThat(mutex.tryAcquire()).isTrue();
        CompletableFuture<Void> future = mutex.acquireAsync();
        mutex.release();
        assertThat(future).isCompleted();
        mutex.release();
        assertThat(mutex.tryAcquire()).isTrue();
    }

    // ---- threads

    @Test
    void aThreadWaitsForItsTurn() throws Exception {
        assertThat(semaphore.tryAcquire(2)).isTrue();
        Threads<Boolean> waiter =
                Threads.start(
                        () -> {
                            semaphore.acquire(2);
                            return true;
                        });
        waiter.untilAsleep();
        semaphore.release();
        assertThat(semaphore.tryAcquire()).isFalse();
        semaphore.release();
        assertThat(waiter.get()).isTrue();
        assertThat(semaphore.availablePermits()).isZero();
    }

    @Test
    void anInterruptLeavesNothingBehind() throws Exception {
        assertThat(semaphore.tryAcquire(2)).isTrue();
        Threads<String> waiter =
                Threads.start(
                        () -> {
                            try {
                                semaphore.acquire();
                                return "acquired";
                            } catch (InterruptedException ex) {
                                return "interrupted";
                            }
                        });
        Threads<String> timed =
                Threads.start(
                        () -> {
                            try {
                                return "acquired " + semaphore.tryAcquire(100, SECONDS);
                            } catch (InterruptedException ex) {
                                return "interrupted";
                            }
                        });
        waiter.untilAsleep().interrupt();
        timed.untilAsleep().interrupt();
        assertThat(waiter.get()).isEqualTo("interrupted");
        assertThat(timed.get()).isEqualTo("interrupted");
        assertThat(semaphore).hasToString("AsyncSemaphore[permits=2, available=0, queued=0]");
    }

    /** Interrupts, time-outs, cancellations and releases meet; every permit is there afterwards. */
    @Test
    void noPermitIsLostInRaces() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Scheduler scheduler = Threads.scheduler(3)) {
            AsyncSemaphore three = new AsyncSemaphore(3, scheduler);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int kind = i;
                all.add(
                        scheduler.submit(
                                () -> {
                                    for (int round = 0; round < 2000; round++) {
                                        use(three, kind, round, holders, most);
                                    }
                                    return null;
                                }));
            }
            for (Future<?> one : all) {
                one.get(100, SECONDS);
            }
            await().until(() -> three.availablePermits() == 3 && three.getQueueLength() == 0);
        }
        assertThat(most).hasValueLessThanOrEqualTo(3);
    }

    private static void use(
            AsyncSemaphore three, int kind, int round, AtomicInteger holders, AtomicInteger most)
            throws Exception {
        if (kind == 0) {
            CompletableFuture<Void> future = three.acquireAsync();
            if (!future.cancel(true)) {
                Void unused = Scheduler.blocking(() -> future.get(60, SECONDS));
                hold(three, holders, most);
            }
        } else if (kind == 1) {
            if (three.tryAcquire(1, 20, java.util.concurrent.TimeUnit.MICROSECONDS)) {
                hold(three, holders, most);
            }
        } else if (kind == 2 && round % 3 == 0) {
            Thread.currentThread().interrupt();
            try {
                three.acquire();
                hold(three, holders, most);
            } catch (InterruptedException ex) {
                // as planned
            }
        } else {
            three.acquire();
            hold(three, holders, most);
        }
    }

    private static void hold(AsyncSemaphore three, AtomicInteger holders, AtomicInteger most) {
        most.accumulateAndGet(holders.incrementAndGet(), Math::max);
        Thread.yield();
        holders.decrementAndGet();
        three.release();
    }

    // ---- workers

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aWaitInAWorkerDoesNotStandInTheWay(int workers) throws Exception {
        try (Scheduler scheduler = Threads.scheduler(workers)) {
            AsyncSemaphore mutex = new AsyncSemaphore(1);
            Future<Boolean> waits =
                    scheduler.submit(
                            () -> {
                                mutex.acquire();
                                scheduler.execute(mutex::release);
                                mutex.acquire();
                                Task<?> forked = Task.adapt((Runnable) mutex::release).fork();
                                mutex.acquire();
                                forked.join();
                                return true;
                            });
            assertThat(waits.get(60, SECONDS)).isTrue();
        }
    }

    @Test
    void stagesRunOnTheSchedulerThatAsked() throws Exception {
        try (Scheduler scheduler = Threads.scheduler(1)) {
            AsyncSemaphore mutex = new AsyncSemaphore(1);
            assertThat(mutex.tryAcquire()).isTrue();
            CompletableFuture<Scheduler> fromWorker =
                    scheduler
                            .submit(() -> mutex.acquireAsync().thenApply(x -> Task.getPool()))
                            .get(60, SECONDS);
            CompletableFuture<Scheduler> fromHere =
                    mutex.acquireAsync().thenApply(x -> Task.getPool());
            mutex.release();
            assertThat(fromWorker.get(60, SECONDS)).isSameAs(scheduler);
            mutex.release();
            assertThat(fromHere.get(60, SECONDS)).isSameAs(Scheduler.common());
        }
    }
}
