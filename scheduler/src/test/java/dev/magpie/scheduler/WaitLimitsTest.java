package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits with a limit of time, waits when no spare is left, and waits for other schedulers. */
@Timeout(120)
class WaitLimitsTest {

    private final CountDownLatch never = new CountDownLatch(1);

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    /** All of whose workers have gone to rest. */
    private static Scheduler restedPool(int workers) {
        Scheduler scheduler = pool(workers);
        awaitRest(scheduler);
        return scheduler;
    }

    private static Scheduler poolWithoutSpares(int workers) {
        return Scheduler.builder().workers(workers).maxSpares(0).pinning(Pinning.NONE).build();
    }

    private int block() throws InterruptedException {
        boolean unused = never.await(60, SECONDS);
        return 1;
    }

    @Test
    void aTimedGetInAWorkerIsOverInTimeWhileAnotherWorkerIsIdle() throws Exception {
        try (Scheduler scheduler = restedPool(2)) {
            Task<Boolean> task =
                    scheduler.submit(
                            () -> {
                                Task<Integer> inner = scheduler.submit(this::block);
                                assertThatThrownBy(() -> inner.get(20, MILLISECONDS))
                                        .isInstanceOf(TimeoutException.class);
                                return inner.cancel(true);
                            });
            assertThat(task.get(30, SECONDS)).isTrue();
        }
    }

    @Test
    void invokeAllInAWorkerIsOverInTime() throws Exception {
        try (Scheduler scheduler = restedPool(2)) {
            List<Callable<Integer>> callables = List.of(this::block, this::block);
            Task<Boolean> task =
                    scheduler.submit(
                            () ->
                                    scheduler.invokeAll(callables, 20, MILLISECONDS).stream()
                                            .allMatch(Future::isCancelled));
            assertThat(task.get(30, SECONDS)).isTrue();
        }
    }

    @Test
    void invokeAnyInAWorkerFindsTheOneThatEnds() throws Exception {
        try (Scheduler scheduler = restedPool(3)) {
            List<Callable<Integer>> callables = List.of(this::block, () -> 2);
            assertThat(scheduler.submit(() -> scheduler.invokeAny(callables)).get(30, SECONDS))
                    .isEqualTo(2);
            Task<Integer> timed =
                    scheduler.submit(() -> scheduler.invokeAny(callables, 30, SECONDS));
            assertThat(timed.get(30, SECONDS)).isEqualTo(2);
        }
    }

    @Test
    void aDelayedTaskIsRunByWhoWaitsForItIfNobodyElseCan() throws Exception {
        for (int workers = 1; workers <= 2; workers++) {
            try (Scheduler scheduler = poolWithoutSpares(workers)) {
                List<Task<Integer>> tasks = new ArrayList<>();
                for (int i = 0; i < workers; i++) {
                    tasks.add(
                            scheduler.submit(
                                    () ->
                                            scheduler
                                                    .scheduled()
                                                    .schedule(() -> 5, 30, MILLISECONDS)
                                                    .get()));
                }
                for (Task<Integer> task : tasks) {
                    assertThat(task.get(30, SECONDS)).isEqualTo(5);
                }
            }
        }
    }

    /** It looks again now and then, which takes some per cent of a core. */
    @Test
    void whoWaitsInVainForASpareSleeps() throws Exception {
        try (Scheduler scheduler = poolWithoutSpares(1);
                Scheduler other = pool(1)) {
            Task<Integer> foreign = other.submit(this::block);
            AtomicLong thread = new AtomicLong();
            Task<Integer> waiting =
                    scheduler.submit(
                            () -> {
                                thread.set(Thread.currentThread().getId());
                                return foreign.get();
                            });
            Task<Integer> queued = scheduler.submit(() -> 2);
            while (thread.get() == 0) {
                Thread.onSpinWait();
            }
            var threads = ManagementFactory.getThreadMXBean();
            long cpu = threads.getThreadCpuTime(thread.get());
            long began = System.nanoTime();
            assertThat(waiting.isDone()).isFalse();
            assertThatThrownBy(() -> waiting.get(1, SECONDS)).isInstanceOf(TimeoutException.class);
            double share =
                    (threads.getThreadCpuTime(thread.get()) - cpu)
                            / (double) (System.nanoTime() - began);
            never.countDown();
            assertThat(waiting.get(30, SECONDS)).isEqualTo(1);
            assertThat(queued.get(30, SECONDS)).isEqualTo(2);
            assertThat(share).isLessThan(0.5); // it was 1
        }
    }

    @Test
    void aWorkerThatWaitsForAnotherSchedulerLetsOthersRun() throws Exception {
        try (Scheduler one = pool(1)) {
            assertThat(
                            one.submit(() -> waitFor(one, Scheduler::shutdown, Scheduler::close))
                                    .get(30, SECONDS))
                    .isEqualTo(3);
            assertThat(
                            one.submit(
                                            () ->
                                                    waitFor(
                                                            one,
                                                            scheduler -> {},
                                                            WaitLimitsTest::awaitRest))
                                    .get(30, SECONDS))
                    .isEqualTo(3);
            Callable<Integer> inner = () -> one.submit(() -> 3).get();
            try (Scheduler two = pool(1)) {
                assertThat(one.submit(() -> two.invokeAny(List.of(inner))).get(30, SECONDS))
                        .isEqualTo(3);
            }
        }
    }

    private static void awaitRest(Scheduler scheduler) {
        assertThat(scheduler.awaitQuiescence(30, SECONDS)).isTrue();
    }

    /** What runs there needs the worker that calls. */
    private static int waitFor(Scheduler one, Consumer<Scheduler> before, Consumer<Scheduler> wait)
            throws Exception {
        try (Scheduler two = pool(1)) {
            Task<Integer> task = two.submit(() -> one.submit(() -> 3).get());
            before.accept(two);
            wait.accept(two);
            return task.resultNow();
        }
    }

    @Test
    void aNegativeLimitIsOverAtOnce() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            Task<Integer> blocked = scheduler.submit(this::block);
            assertThat(scheduler.awaitQuiescence(Long.MIN_VALUE, NANOSECONDS)).isFalse();
            assertThat(scheduler.awaitTermination(Long.MIN_VALUE, NANOSECONDS)).isFalse();
            assertThatThrownBy(() -> blocked.get(Long.MIN_VALUE, NANOSECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThat(blocked.cancel(true)).isTrue();
            Duration ages = Duration.ofSeconds(Long.MIN_VALUE);
            try (TaskScope<Object, Void> scope =
                    scheduler.openScope(
                            TaskScope.Joiner.awaitAllSuccessfulOrThrow(),
                            settings -> settings.withTimeout(ages))) {
                Task<Integer> late = scope.fork(this::block);
                assertThatThrownBy(scope::join).isInstanceOf(TaskScope.TimeoutException.class);
                assertThat(late.isCancelled()).isTrue();
            }
        }
    }
}
