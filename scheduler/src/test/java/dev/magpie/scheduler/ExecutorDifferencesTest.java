package dev.magpie.scheduler;

import static dev.magpie.scheduler.ExecutorKind.FORK_JOIN_POOL;
import static dev.magpie.scheduler.ExecutorKind.THREAD_POOL_EXECUTOR;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.magpie.scheduler.ExecutorKind.Gate;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where the executors differ, asserted for each: the table of {@code docs/executor-contract.md}.
 */
class ExecutorDifferencesTest {

    private final List<ExecutorService> opened = new ArrayList<>();

    private ExecutorService open(ExecutorKind kind) {
        ExecutorService executor = kind.create(1);
        opened.add(executor);
        return executor;
    }

    @AfterEach
    void everyExecutorEnds() throws InterruptedException {
        for (ExecutorService executor : opened) {
            executor.shutdownNow();
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelTrueInterruptsWhatRuns(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Future<?> future =
                executor.submit(
                        () -> {
                            started.countDown();
                            try {
                                gate.await(kind.cancelInterrupts() ? 30 : 1, SECONDS);
                            } catch (InterruptedException ex) {
                                interrupted.set(true);
                            }
                        });
        assertThat(started.await(30, SECONDS)).isTrue();
        assertThat(future.cancel(true)).isTrue();
        executor.submit(() -> {}).get(30, SECONDS);
        assertThat(interrupted.get()).isEqualTo(kind.cancelInterrupts());
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptThatATaskLeavesDoesNotReachTheNext(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        boolean leaks = false;
        for (int i = 0; i < 50; i++) {
            Future<Boolean> next;
            try (Gate gate = new Gate(executor, 1)) { // so that no pause lies between the two
                executor.execute(() -> Thread.currentThread().interrupt());
                next = executor.submit(() -> Thread.currentThread().isInterrupted());
            }
            leaks |= next.get(30, SECONDS);
        }
        assertThat(leaks).isEqualTo(kind == FORK_JOIN_POOL && ExecutorKind.JAVA < 22);
    }

    @ParameterizedTest
    @EnumSource
    void invokeAllIsInterruptibleAndCancelsItsTasks(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        AtomicInteger ran = new AtomicInteger();
        List<Callable<Integer>> tasks = List.of(ran::incrementAndGet);
        try {
            if (kind == FORK_JOIN_POOL && ExecutorKind.JAVA < 22) {
                Thread.currentThread().interrupt();
                assertThat(executor.invokeAll(tasks)).hasSize(1).allMatch(Future::isDone);
                return;
            }
            try (Gate gate = new Gate(executor, 1)) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> executor.invokeAll(tasks))
                        .isInstanceOf(InterruptedException.class);
            }
        } finally {
            Thread.interrupted();
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        assertThat(ran).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void whatASecondCancelAnswers(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        try (Gate gate = new Gate(executor, 1)) {
            Future<?> future = executor.submit(() -> {});
            assertThat(future.cancel(false)).isTrue();
            assertThat(future.cancel(false)).isEqualTo(kind != THREAD_POOL_EXECUTOR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatShutdownNowReturns(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        AtomicInteger ran = new AtomicInteger();
        Runnable runnable = ran::incrementAndGet;
        Future<?> queued;
        List<Runnable> unstarted;
        try (Gate gate = new Gate(executor, 1)) {
            executor.execute(runnable);
            queued = executor.submit(ran::incrementAndGet);
            unstarted = executor.shutdownNow();
        }
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        assertThat(ran).hasValue(0);
        if (kind == FORK_JOIN_POOL) {
            assertThat(unstarted).isEmpty();
            assertThat(queued.isCancelled()).isTrue();
            return;
        }
        assertThat(unstarted).hasSize(2);
        assertThat(unstarted.get(0)).isSameAs(runnable);
        assertThat(queued.isDone()).isFalse();
        unstarted.get(1).run();
        assertThat(queued.get(30, SECONDS)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsInInvokeAllForWhatShutdownNowTookBack(ExecutorKind kind) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        FutureTask<List<Future<Integer>>> waiting =
                waitForWhatShutdownNowTakesBack(
                        kind, executor -> executor.invokeAll(List.of(ran::incrementAndGet)));
        List<Future<Integer>> futures = waiting.get(30, SECONDS);
        assertThat(futures).hasSize(1).allMatch(Future::isDone);
        assertThat(futures.get(0).isCancelled()).isEqualTo(kind == FORK_JOIN_POOL);
        assertThat(ran).hasValue(kind == FORK_JOIN_POOL ? 0 : 1);
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsInInvokeAnyForWhatShutdownNowTookBack(ExecutorKind kind) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        FutureTask<Integer> waiting =
                waitForWhatShutdownNowTakesBack(
                        kind, executor -> executor.invokeAny(List.of(ran::incrementAndGet)));
        if (kind != FORK_JOIN_POOL) {
            assertThat(waiting.get(30, SECONDS)).isEqualTo(1);
        } else if (ExecutorKind.JAVA >= 22) {
            assertThatThrownBy(() -> waiting.get(30, SECONDS))
                    .hasRootCauseInstanceOf(CancellationException.class);
        } else {
            assertThatThrownBy(() -> waiting.get(100, MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    private interface Call<T> {
        T on(ExecutorService executor) throws Exception;
    }

    /** A thread waits in a call for what shutdownNow takes back and, if it returns it, we run. */
    private <T> FutureTask<T> waitForWhatShutdownNowTakesBack(ExecutorKind kind, Call<T> call)
            throws Exception {
        ExecutorService executor = open(kind);
        FutureTask<T> waiting = new FutureTask<>(() -> call.on(executor));
        Thread waiter = new Thread(waiting, "waiter");
        waiter.setDaemon(true); // some wait for ever
        List<Runnable> unstarted;
        try (Gate gate = new Gate(executor, 1)) {
            waiter.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> waiter.getState() == Thread.State.WAITING);
            unstarted = executor.shutdownNow();
        }
        if (kind != FORK_JOIN_POOL) {
            assertThatThrownBy(() -> waiting.get(100, MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThat(unstarted).hasSize(1);
            unstarted.get(0).run();
        }
        return waiting;
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensToACheckedException(ExecutorKind kind) {
        Exception failure = new Exception("mine");
        Callable<?> failing =
                () -> {
                    throw failure;
                };
        Future<?> future = open(kind).submit(failing);
        assertThatThrownBy(() -> future.get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(
                        thrown -> {
                            boolean isWrapped = thrown.getCause() != failure;
                            assertThat(isWrapped).isEqualTo(kind == FORK_JOIN_POOL);
                        });
    }

    @ParameterizedTest
    @EnumSource
    void whetherAThreadSurvivesWhatExecuteThrows(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        Thread before = executor.submit(Thread::currentThread).get(30, SECONDS);
        executor.execute(
                () -> {
                    throw new IllegalStateException("expected");
                });
        Thread after = executor.submit(Thread::currentThread).get(30, SECONDS);
        if (kind == THREAD_POOL_EXECUTOR) {
            assertThat(after).isNotSameAs(before);
        } else {
            assertThat(after).isSameAs(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whetherACancelledQueuedTaskIsRetained(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        try (Gate gate = new Gate(executor, 1)) {
            AtomicInteger payload = new AtomicInteger();
            WeakReference<Object> held = new WeakReference<>(payload);
            Future<?> future = executor.submit(payload::incrementAndGet);
            payload = null;
            future.cancel(false);
            if (kind == FORK_JOIN_POOL) {
                System.gc();
                assertThat(held.get()).isNotNull();
            } else {
                await().atMost(Duration.ofSeconds(30))
                        .until(
                                () -> {
                                    System.gc();
                                    return held.get() == null;
                                });
            }
            assertThat(future.isCancelled()).isTrue();
        }
    }

    // ---- waits inside a worker

    @ParameterizedTest
    @EnumSource
    void aNestedGetOnTheOnlyWorker(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        Future<Integer> outer = nest(executor, 50);
        if (kind.helpsWhileWaiting()) {
            assertThat(outer.get(30, SECONDS)).isEqualTo(50);
        } else {
            assertThatThrownBy(() -> outer.get(200, MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    private static Future<Integer> nest(ExecutorService executor, int depth) {
        return executor.submit(() -> depth == 0 ? 0 : 1 + nest(executor, depth - 1).get());
    }

    @ParameterizedTest
    @EnumSource
    void aTimedGetOnTheOnlyWorker(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        long patience = kind.helpsWhileWaiting() ? 20_000 : 100;
        Future<Integer> outer =
                executor.submit(() -> executor.submit(() -> 7).get(patience, MILLISECONDS));
        if (kind.helpsWhileWaiting()) {
            assertThat(outer.get(30, SECONDS)).isEqualTo(7);
        } else {
            assertThatThrownBy(() -> outer.get(30, SECONDS))
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void invokeAllOnTheOnlyWorker(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        Future<Integer> outer =
                executor.submit(
                        () -> {
                            int sum = 0;
                            List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
                            for (Future<Integer> future : executor.invokeAll(tasks)) {
                                sum += future.get();
                            }
                            return sum;
                        });
        if (kind.helpsWhileWaiting()) {
            assertThat(outer.get(30, SECONDS)).isEqualTo(6);
        } else {
            assertThatThrownBy(() -> outer.get(200, MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void invokeAnyOnTheOnlyWorker(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        Future<Integer> outer =
                executor.submit(() -> executor.invokeAny(List.of(() -> 1, () -> 1)));
        if (kind.helpsWhileWaiting()) {
            assertThat(outer.get(30, SECONDS)).isEqualTo(1);
        } else {
            assertThatThrownBy(() -> outer.get(200, MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    /** The stage is no task of the executor's: only a ForkJoinPool is told that a thread waits. */
    @ParameterizedTest
    @EnumSource
    void aCompletableFutureAwaitedOnTheOnlyWorker(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        Future<Integer> outer =
                executor.submit(() -> CompletableFuture.supplyAsync(() -> 7, executor).get());
        if (kind == FORK_JOIN_POOL) {
            assertThat(outer.get(30, SECONDS)).isEqualTo(7);
        } else {
            assertThatThrownBy(() -> outer.get(200, MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
    }
}
