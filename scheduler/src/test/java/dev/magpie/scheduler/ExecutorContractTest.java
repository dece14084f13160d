package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.magpie.scheduler.ExecutorKind.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every executor service has to do, Magpie and those of the JDK alike. The end of an executor
 * is in {@link ExecutorShutdownContractTest}, where they differ in {@link ExecutorDifferencesTest}.
 */
class ExecutorContractTest {

    private static final int THREADS = 2;

    private final List<ExecutorService> opened = new ArrayList<>();

    private ExecutorService open(ExecutorKind kind, int threads) {
        ExecutorService executor = kind.create(threads);
        opened.add(executor);
        return executor;
    }

    private ExecutorService open(ExecutorKind kind) {
        return open(kind, THREADS);
    }

    @AfterEach
    void everyExecutorEnds() throws InterruptedException {
        for (ExecutorService executor : opened) {
            executor.shutdownNow();
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        }
    }

    // ---- execute and submit

    @ParameterizedTest
    @EnumSource
    void executeRunsEveryRunnableOnceInThreadsOfItsOwn(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        int count = 5_000;
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(count);
        ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < count; i++) {
            executor.execute(
                    () -> {
                        threads.add(Thread.currentThread());
                        ran.incrementAndGet();
                        all.countDown();
                    });
        }
        assertThat(all.await(30, SECONDS)).isTrue();
        assertThat(threads).doesNotContain(Thread.currentThread());
        executor.shutdown();
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        assertThat(ran).hasValue(count);
    }

    @ParameterizedTest
    @EnumSource
    void submitGivesTheResult(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        Callable<String> callable = () -> "result";
        Callable<String> nothing = () -> null;
        Runnable runnable = () -> {};
        assertThat(executor.submit(callable).get(30, SECONDS)).isEqualTo("result");
        assertThat(executor.submit(nothing).get(30, SECONDS)).isNull();
        assertThat(executor.submit(runnable).get(30, SECONDS)).isNull();
        assertThat(executor.submit(runnable, "given").get(30, SECONDS)).isEqualTo("given");
        assertThat(executor.submit(callable).get()).isEqualTo("result");
    }

    @ParameterizedTest
    @EnumSource
    void whatARunnableOrErrorThrowsIsTheCause(ExecutorKind kind) {
        ExecutorService executor = open(kind);
        RuntimeException failure = new IllegalStateException("mine");
        Runnable failing =
                () -> {
                    throw failure;
                };
        assertThatThrownBy(() -> executor.submit(failing).get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(thrown -> assertThat(root(thrown)).isSameAs(failure));
        Error error = new AssertionError("mine");
        Callable<?> broken =
                () -> {
                    throw error;
                };
        assertThatThrownBy(() -> executor.submit(broken).get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(thrown -> assertThat(root(thrown)).isSameAs(error));
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @ParameterizedTest
    @EnumSource
    void aFailureLeavesTheExecutorUsable(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind, 1);
        for (int i = 0; i < 20; i++) {
            executor.execute(
                    () -> {
                        throw new IllegalStateException("expected");
                    });
        }
        assertThat(executor.submit(() -> "alive").get(30, SECONDS)).isEqualTo("alive");
    }

    @ParameterizedTest
    @EnumSource
    void executesFailuresReachTheHandler(ExecutorKind kind) {
        ConcurrentLinkedQueue<Throwable> seen = new ConcurrentLinkedQueue<>();
        ExecutorService executor = kind.create(1, (thread, thrown) -> seen.add(thrown));
        opened.add(executor);
        RuntimeException failure = new IllegalStateException("mine");
        executor.execute(
                () -> {
                    throw failure;
                });
        await().atMost(Duration.ofSeconds(30)).until(() -> seen.contains(failure));
        assertThat(seen).hasSize(1);
    }

    // ---- get

    @ParameterizedTest
    @EnumSource
    void getWaitsNoLongerThanItWasTold(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        try (Gate gate = new Gate(executor, THREADS)) {
            Future<String> future = executor.submit(() -> "late");
            assertThatThrownBy(() -> future.get(5, MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> future.get(0, SECONDS)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> future.get(-1, HOURS)).isInstanceOf(TimeoutException.class);
            assertThat(future.isDone()).isFalse();
            gate.close();
            assertThat(future.get(30, SECONDS)).isEqualTo("late");
            assertThat(future.get(0, SECONDS)).isEqualTo("late");
        }
    }

    @ParameterizedTest
    @EnumSource
    void getIsInterruptibleAndLeavesTheTaskAlone(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        try (Gate gate = new Gate(executor, THREADS)) {
            Future<String> future = executor.submit(() -> "done");
            Thread.currentThread().interrupt();
            assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> future.get(30, SECONDS))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            gate.close();
            assertThat(future.get(30, SECONDS)).isEqualTo("done");
        } finally {
            Thread.interrupted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void statesAreThoseOfTheJdk(ExecutorKind kind) throws Exception {
        assumeTrue(ExecutorKind.JAVA >= 19, "Future.state() came with Java 19");
        ExecutorService executor = open(kind);
        Future<String> done = executor.submit(() -> "result");
        done.get(30, SECONDS);
        Future<?> failed =
                executor.submit(
                        () -> {
                            throw new IllegalStateException("expected");
                        });
        await().atMost(Duration.ofSeconds(30)).until(failed::isDone);
        try (Gate gate = new Gate(executor, THREADS)) {
            Future<String> waiting = executor.submit(() -> "late");
            Future<String> cancelled = executor.submit(() -> "never");
            cancelled.cancel(false);
            assertThat(call(waiting, "state")).hasToString("RUNNING");
            assertThat(call(cancelled, "state")).hasToString("CANCELLED");
            assertThat(call(done, "state")).hasToString("SUCCESS");
            assertThat(call(failed, "state")).hasToString("FAILED");
            assertThat(call(done, "resultNow")).isEqualTo("result");
            assertThat(root((Throwable) call(failed, "exceptionNow"))).hasMessage("expected");
            for (Future<?> other : List.of(waiting, cancelled, failed)) {
                assertThatThrownBy(() -> call(other, "resultNow"))
                        .hasCauseInstanceOf(IllegalStateException.class);
            }
            for (Future<?> other : List.of(waiting, cancelled, done)) {
                assertThatThrownBy(() -> call(other, "exceptionNow"))
                        .hasCauseInstanceOf(IllegalStateException.class);
            }
        }
    }

    private static Object call(Future<?> future, String method)
            throws ReflectiveOperationException {
        return Future.class.getMethod(method).invoke(future);
    }

    // ---- cancellation and interrupts

    @ParameterizedTest
    @EnumSource
    void aCancelledQueuedTaskNeverRuns(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        AtomicInteger ran = new AtomicInteger();
        try (Gate gate = new Gate(executor, THREADS)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Future<?> future = executor.submit(ran::incrementAndGet);
                assertThat(future.cancel(i % 2 == 0)).isTrue();
                futures.add(future);
            }
            for (Future<?> future : futures) {
                assertThat(future.isCancelled()).isTrue();
                assertThat(future.isDone()).isTrue();
                assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
                assertThatThrownBy(() -> future.get(1, SECONDS))
                        .isInstanceOf(CancellationException.class);
            }
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        assertThat(ran).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatIsDoneCannotBeCancelled(ExecutorKind kind) throws Exception {
        Future<Integer> future = open(kind).submit(() -> 1);
        future.get(30, SECONDS);
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.get()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void cancelWithoutInterruptLetsARunningTaskGoOn(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind, 1);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean finished = new AtomicBoolean();
        Future<?> future =
                executor.submit(
                        () -> {
                            started.countDown();
                            finished.set(gate.await(30, SECONDS));
                            return null;
                        });
        assertThat(started.await(30, SECONDS)).isTrue();
        assertThat(future.cancel(false)).isTrue();
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        gate.countDown();
        executor.submit(() -> {}).get(30, SECONDS);
        assertThat(finished).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptOfCancelDoesNotReachTheNext(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind, 1);
        for (int i = 0; i < 500; i++) {
            CountDownLatch started = new CountDownLatch(1);
            Future<?> first = executor.submit(started::countDown);
            Future<Boolean> second = executor.submit(() -> Thread.currentThread().isInterrupted());
            started.await(30, SECONDS);
            first.cancel(true);
            assertThat(second.get(30, SECONDS)).as("round %d", i).isFalse();
        }
    }

    // ---- invokeAll

    @ParameterizedTest
    @EnumSource
    void invokeAllGivesDoneFuturesInOrder(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            tasks.add(
                    () -> {
                        if (number % 10 == 3) {
                            throw new IllegalStateException("expected");
                        }
                        return number;
                    });
        }
        for (List<Future<Integer>> futures :
                List.of(executor.invokeAll(tasks), executor.invokeAll(tasks, 30, SECONDS))) {
            assertThat(futures).hasSize(100).allMatch(Future::isDone);
            for (int i = 0; i < 100; i++) {
                Future<Integer> future = futures.get(i);
                if (i % 10 == 3) {
                    assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
                } else {
                    assertThat(future.get()).isEqualTo(i);
                }
            }
        }
        assertThat(executor.invokeAll(List.of())).isEmpty();
        assertThat(executor.invokeAll(List.of(), 1, SECONDS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void timedInvokeAllCancelsWhatIsNotDone(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        CountDownLatch never = new CountDownLatch(1);
        Callable<String> stuck =
                () -> {
                    never.await(30, SECONDS);
                    return "late";
                };
        List<Future<String>> futures =
                executor.invokeAll(List.of(() -> "soon", stuck, stuck, stuck), 100, MILLISECONDS);
        assertThat(futures).hasSize(4).allMatch(Future::isDone);
        assertThat(futures.subList(1, 4)).allMatch(Future::isCancelled);
        never.countDown();
    }

    // ---- invokeAny

    @ParameterizedTest
    @EnumSource
    void invokeAnyGivesAResultThatIsThere(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        Callable<String> failing =
                () -> {
                    throw new IllegalStateException("expected");
                };
        List<Callable<String>> tasks = List.of(failing, () -> "result", failing);
        assertThat(executor.invokeAny(tasks)).isEqualTo("result");
        assertThat(executor.invokeAny(tasks, 30, SECONDS)).isEqualTo("result");
    }

    @ParameterizedTest
    @EnumSource
    void invokeAnyFailsWhenAllFail(ExecutorKind kind) {
        ExecutorService executor = open(kind);
        Callable<String> failing =
                () -> {
                    throw new IllegalStateException("expected");
                };
        assertThatThrownBy(() -> executor.invokeAny(List.of(failing, failing)))
                .isInstanceOf(ExecutionException.class)
                .satisfies(thrown -> assertThat(root(thrown)).hasMessage("expected"));
        assertThatThrownBy(() -> executor.invokeAny(List.of(failing), 30, SECONDS))
                .isInstanceOf(ExecutionException.class);
    }

    @ParameterizedTest
    @EnumSource
    void timedInvokeAnyTimesOut(ExecutorKind kind) {
        ExecutorService executor = open(kind);
        CountDownLatch never = new CountDownLatch(1);
        Callable<String> stuck =
                () -> {
                    never.await(30, SECONDS);
                    return "late";
                };
        assertThatThrownBy(() -> executor.invokeAny(List.of(stuck, stuck), 20, MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        never.countDown();
    }

    @ParameterizedTest
    @EnumSource
    void invokeAnyDoesNotWaitForTheOthers(ExecutorKind kind) throws Exception {
        ExecutorService executor = open(kind);
        CountDownLatch never = new CountDownLatch(1);
        Callable<String> stuck =
                () -> {
                    never.await(60, SECONDS);
                    return "late";
                };
        assertThat(executor.invokeAny(List.of(stuck, () -> "soon"), 30, SECONDS)).isEqualTo("soon");
        never.countDown();
    }

    // ---- null and nothing

    @ParameterizedTest
    @EnumSource
    void nullIsRefused(ExecutorKind kind) {
        ExecutorService executor = open(kind);
        List<Callable<Integer>> hole = Arrays.asList(() -> 1, null);
        assertNull(() -> executor.execute(null));
        assertNull(() -> executor.submit((Runnable) null));
        assertNull(() -> executor.submit(null, "result"));
        assertNull(() -> executor.submit((Callable<?>) null));
        assertNull(() -> executor.invokeAll(null));
        assertNull(() -> executor.invokeAll(hole));
        assertNull(() -> executor.invokeAll(null, 1, SECONDS));
        assertNull(() -> executor.invokeAll(List.of(() -> 1), 1, null));
        assertNull(() -> executor.invokeAny(null));
        assertNull(() -> executor.invokeAny(Collections.singletonList(null)));
        assertNull(() -> executor.invokeAny(List.of(() -> 1), 1, null));
        assertNull(() -> executor.awaitTermination(1, null));
    }

    private static void assertNull(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @EnumSource
    void invokeAnyOfNothingIsRefused(ExecutorKind kind) {
        ExecutorService executor = open(kind);
        assertThatThrownBy(() -> executor.invokeAny(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> executor.invokeAny(List.of(), 1, SECONDS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- memory

    /** Plain fields: what is seen is ordered by the executor alone. */
    private static final class Cell {
        private int before;
        private int after;
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensBeforeSubmitIsSeenAndWhatTheTaskDidIsSeenAfterGet(ExecutorKind kind)
            throws Exception {
        ExecutorService executor = open(kind);
        for (int round = 1; round <= 1_000; round++) {
            Cell cell = new Cell();
            cell.before = round;
            Runnable body = () -> cell.after = cell.before;
            if (round % 2 == 0) {
                executor.submit(body).get(30, SECONDS);
            } else {
                Future<?> future = executor.submit(body);
                while (!future.isDone()) {
                    Thread.onSpinWait();
                }
            }
            assertThat(cell.after).isEqualTo(round);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensBeforeIsSeenAfterTermination(ExecutorKind kind) throws Exception {
        for (int round = 1; round <= 50; round++) {
            ExecutorService executor = open(kind);
            Cell cell = new Cell();
            cell.before = round;
            executor.execute(() -> cell.after = cell.before);
            executor.shutdown();
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
            assertThat(cell.after).isEqualTo(round);
        }
    }
}
