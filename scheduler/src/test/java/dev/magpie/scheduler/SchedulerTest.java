package dev.magpie.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerTest {

    private static final class Fib extends RecursiveTask<Long> {
        private final int number;

        Fib(int number) {
            this.number = number;
        }

        @Override
        protected Long compute() {
            if (number < 2) {
                return (long) number;
            }
            Fib other = new Fib(number - 1);
            other.fork();
            return new Fib(number - 2).compute() + other.join();
        }
    }

    private static final class Deep extends RecursiveTask<Integer> {
        private final int levels;

        Deep(int levels) {
            this.levels = levels;
        }

        @Override
        protected Integer compute() {
            return levels == 0 ? 0 : 1 + (Integer) new Deep(levels - 1).fork().join();
        }
    }

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void fibonacciIsRight(int workers) {
        try (Scheduler scheduler = pool(workers)) {
            for (int round = 0; round < 20; round++) {
                assertThat(scheduler.invoke(new Fib(20))).isEqualTo(6765L);
            }
        }
    }

    @Test
    void recursionOfTwentyThousandLevelsFits() {
        try (Scheduler scheduler = pool(2)) {
            assertThat(scheduler.invoke(new Deep(20_000))).isEqualTo(20_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nestedGetsDoNotDeadlock(int workers) throws Exception {
        try (Scheduler scheduler = pool(workers)) {
            assertThat(nest(scheduler, 100).get(30, TimeUnit.SECONDS)).isEqualTo(100);
        }
    }

    private static Future<Integer> nest(Scheduler scheduler, int depth) {
        return scheduler.submit(() -> depth == 0 ? 0 : 1 + nest(scheduler, depth - 1).get());
    }

    @Test
    void closeRunsWhatWasSubmitted() {
        AtomicInteger ran = new AtomicInteger();
        Scheduler scheduler = pool(2);
        for (int i = 0; i < 10_000; i++) {
            scheduler.execute(ran::incrementAndGet);
        }
        scheduler.close();
        assertThat(ran).hasValue(10_000);
        assertThat(scheduler.isTerminated()).isTrue();
        assertThatThrownBy(() -> scheduler.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shutdownNowReturnsWhatNeverStarted() throws Exception {
        Scheduler scheduler = pool(1);
        CountDownLatch started = new CountDownLatch(1);
        Future<?> blocked =
                scheduler.submit(
                        () -> {
                            started.countDown();
                            new CountDownLatch(1).await();
                            return null;
                        });
        started.await();
        List<Runnable> given = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Runnable runnable = new CountDownLatch(1)::countDown;
            given.add(runnable);
            scheduler.execute(runnable);
        }
        assertThat(scheduler.shutdownNow()).containsExactlyElementsOf(given);
        assertThatThrownBy(() -> blocked.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(scheduler.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void failuresArriveAsThemselvesWithTheJoinersFrames() {
        IllegalStateException failure = new IllegalStateException("mine");
        try (Scheduler scheduler = pool(2)) {
            assertThatThrownBy(() -> scheduler.invoke(failing(failure)))
                    .isSameAs(failure)
                    .satisfies(
                            thrown ->
                                    assertThat(thrown.getStackTrace())
                                            .anyMatch(
                                                    frame ->
                                                            frame.getClassName()
                                                                    .equals(
                                                                            SchedulerTest.class
                                                                                    .getName())));
        }
    }

    private static RecursiveAction failing(RuntimeException failure) {
        return new RecursiveAction() {
            @Override
            protected void compute() {
                throw failure;
            }
        };
    }

    @Test
    void workersSurviveErrors() {
        try (Scheduler scheduler = pool(1)) {
            assertThatThrownBy(() -> scheduler.invoke(endless()))
                    .isInstanceOf(StackOverflowError.class);
            assertThat(scheduler.invoke(new Fib(10))).isEqualTo(55L);
        }
    }

    private static RecursiveAction endless() {
        return new RecursiveAction() {
            @Override
            protected void compute() {
                endless().fork().join();
            }
        };
    }

    @Test
    void submissionsToAParkedPoolAllRun() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            for (int i = 0; i < 20_000; i++) {
                int expected = i;
                assertThat(scheduler.submit(() -> expected).get(30, TimeUnit.SECONDS))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void cancelledTaskNeverRuns() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            CountDownLatch gate = new CountDownLatch(1);
            AtomicInteger ran = new AtomicInteger();
            Future<?> first =
                    scheduler.submit(
                            () -> {
                                gate.await();
                                return null;
                            });
            Future<?> second = scheduler.submit(ran::incrementAndGet);
            assertThat(second.cancel(false)).isTrue();
            gate.countDown();
            first.get(30, TimeUnit.SECONDS);
            assertThat(second.isCancelled()).isTrue();
            assertThat(ran).hasValue(0);
        }
    }

    @Test
    void invokeAllRefusesNullAndLeavesNothingBehind() {
        try (Scheduler scheduler = pool(1)) {
            List<Callable<Integer>> hole = Arrays.asList(() -> 1, null);
            assertThatThrownBy(() -> scheduler.invokeAll(hole))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("task");
        }
    }

    @Test
    void invokeAnyByAWorkerCancelsWhatIsNotDone() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        try (Scheduler scheduler = pool(1)) {
            List<Callable<Integer>> tasks = List.of(ran::incrementAndGet, ran::incrementAndGet);
            Future<Integer> outer =
                    scheduler.submit(() -> scheduler.invokeAny(tasks, 0, TimeUnit.SECONDS));
            assertThatThrownBy(() -> outer.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TimeoutException.class);
        }
        assertThat(ran).hasValue(0);
    }

    @Test
    void invokeAnyByAWorkerRefusesNullBeforeItRunsAnything() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        try (Scheduler scheduler = pool(1)) {
            List<Callable<Integer>> hole = Arrays.asList(ran::incrementAndGet, null);
            Future<Integer> outer = scheduler.submit(() -> scheduler.invokeAny(hole));
            assertThatThrownBy(() -> outer.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(NullPointerException.class);
            Future<Integer> timed =
                    scheduler.submit(() -> scheduler.invokeAny(hole, 0, TimeUnit.SECONDS));
            assertThatThrownBy(() -> timed.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(NullPointerException.class);
        }
        assertThat(ran).hasValue(0);
    }

    @Test
    void invokeAnyByAWorkerSaysHowLongItWasTold() {
        try (Scheduler scheduler = pool(1)) {
            List<Callable<Integer>> one = List.of(() -> 1);
            Future<Integer> timed =
                    scheduler.submit(() -> scheduler.invokeAny(one, 0, TimeUnit.SECONDS));
            assertThatThrownBy(() -> timed.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TimeoutException.class)
                    .cause()
                    .hasMessageContaining("after 0 SECONDS");
        }
    }

    @Test
    void anInterruptedCloseCancelsWhatNobodyGetsBack() throws Exception {
        Scheduler scheduler = pool(1);
        CountDownLatch started = new CountDownLatch(1);
        Future<Boolean> runs =
                scheduler.submit(
                        () -> {
                            started.countDown();
                            return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                        });
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        Future<Integer> waits = scheduler.submit(() -> 1);
        Future<Integer> isDelayed = scheduler.scheduled().schedule(() -> 2, 1, TimeUnit.DAYS);
        Thread.currentThread().interrupt();
        scheduler.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> runs.get(0, TimeUnit.SECONDS))
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(waits.isCancelled()).isTrue();
        assertThat(isDelayed.isCancelled()).isTrue();
    }

    @Test
    void builderRefusesNonsense() {
        assertThatThrownBy(() -> Scheduler.builder().workers(0))
                .hasMessage("workers must be between 1 and 32767, was 0");
    }
}
