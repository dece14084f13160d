package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduledViewTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Scheduler scheduler =
            Scheduler.builder().workers(1).name("delays").pinning(Pinning.NONE).build();
    private final ScheduledExecutorService delays = scheduler.scheduled();

    @AfterEach
    void everythingEnds() {
        scheduler.shutdownNow();
        scheduler.close();
        Thread timer = scheduler.pool().timer().thread();
        assertThat(timer == null || !timer.isAlive()).as("the timer thread has ended").isTrue();
    }

    private int waiting() {
        return scheduler.pool().timer().size();
    }

    private Thread timer() {
        return scheduler.pool().timer().thread();
    }

    // ---- once

    @Test
    void aDelayedCallableRunsNotBeforeItsTime() throws Exception {
        long start = System.nanoTime();
        ScheduledFuture<Long> future = delays.schedule(System::nanoTime, 30, MILLISECONDS);
        assertThat(future.isDone()).isFalse();
        assertThat(future.get(30, SECONDS) - start).isGreaterThanOrEqualTo(30_000_000L);
        assertThat(future.isDone()).isTrue();
        assertThat(waiting()).isZero();
    }

    @Test
    void aDelayedRunnableRunsInAWorker() throws Exception {
        AtomicReference<Thread> ran = new AtomicReference<>();
        delays.schedule(() -> ran.set(Thread.currentThread()), 1, MILLISECONDS).get(30, SECONDS);
        assertThat(ran.get().getName()).isEqualTo("delays-worker-0");
    }

    @Test
    void noDelayAndANegativeOneMeanNow() throws Exception {
        assertThat(delays.schedule(() -> 1, 0, DAYS).get(30, SECONDS)).isEqualTo(1);
        assertThat(delays.schedule(() -> 2, -5, DAYS).get(30, SECONDS)).isEqualTo(2);
        assertThat(delays.schedule(() -> 3, Long.MIN_VALUE, DAYS).get(30, SECONDS)).isEqualTo(3);
    }

    @Test
    void theEarliestDeadlineIsServedFirst() throws Exception {
        ScheduledFuture<?> far = delays.schedule(() -> "far", Long.MAX_VALUE, DAYS);
        ScheduledFuture<?> later = delays.schedule(() -> "later", 1, HOURS);
        await().atMost(DEADLINE).until(() -> timer().getState() == Thread.State.TIMED_WAITING);
        ScheduledFuture<String> soon = delays.schedule(() -> "soon", 1, MILLISECONDS);
        assertThat(soon.get(30, SECONDS)).isEqualTo("soon");
        assertThat(later.isDone()).isFalse();
        assertThat(far.compareTo(later)).isPositive();
        assertThat(later.compareTo(far)).isNegative();
        assertThat(later.getDelay(SECONDS)).isBetween(1L, 3600L);
        assertThat(far.getDelay(DAYS)).isGreaterThan(365L * 100);
    }

    @Test
    void whatADelayedTaskThrowsIsTheFuturesFailure() {
        Exception failure = new Exception("mine");
        Callable<?> failing =
                () -> {
                    throw failure;
                };
        ScheduledFuture<?> future = delays.schedule(failing, 1, MILLISECONDS);
        assertThatThrownBy(() -> future.get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCause(failure);
    }

    @Test
    void aTimedGetOfWhatIsNotDueTimesOut() {
        ScheduledFuture<?> future = delays.schedule(() -> 1, 1, HOURS);
        assertThatThrownBy(() -> future.get(1, MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(future.isDone()).isFalse();
    }

    @Test
    void aWorkerThatWaitsForADelayedTaskDoesNotRunItEarly() throws Exception {
        long start = System.nanoTime();
        Future<Long> outer =
                scheduler.submit(() -> delays.schedule(System::nanoTime, 30, MILLISECONDS).get());
        assertThat(outer.get(30, SECONDS) - start).isGreaterThanOrEqualTo(30_000_000L);
    }

    @Test
    void aWorkerMayWaitForADelayedTaskForALimitedTime() throws Exception {
        Future<Integer> outer =
                scheduler.submit(() -> delays.schedule(() -> 7, 20, MILLISECONDS).get(20, SECONDS));
        assertThat(outer.get(30, SECONDS)).isEqualTo(7);
    }

    // ---- again and again

    @Test
    void fixedRateCatchesUpWithWhatItMissed() throws Exception {
        long period = 5_000_000L;
        CountDownLatch held = new CountDownLatch(1);
        AtomicReference<ScheduledFuture<?>> self = new AtomicReference<>();
        List<Long> delaysSeen = new ArrayList<>();
        CountDownLatch enough = new CountDownLatch(4);
        Runnable body =
                () -> {
                    if (delaysSeen.isEmpty()) {
                        awaitQuietly(held);
                    }
                    delaysSeen.add(self.get().getDelay(NANOSECONDS));
                    enough.countDown();
                };
        long start = System.nanoTime();
        self.set(delays.scheduleAtFixedRate(body, 0, period, NANOSECONDS));
        await().atMost(DEADLINE).until(() -> System.nanoTime() - start > 10 * period);
        held.countDown();
        assertThat(enough.await(30, SECONDS)).isTrue();
        self.get().cancel(false);
        assertThat(delaysSeen.subList(0, 4)).allMatch(delay -> delay <= -6 * period);
    }

    @Test
    void aPeriodicTaskDoesNotBelongToTheCancelledTaskThatHelps() throws Exception {
        try (Scheduler one =
                Scheduler.builder().workers(1).maxSpares(0).pinning(Pinning.NONE).build()) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch helped = new CountDownLatch(1);
            AtomicInteger runs = new AtomicInteger();
            Future<?> host =
                    one.submit(
                            () -> {
                                running.countDown();
                                while (!Thread.currentThread().isInterrupted()) {
                                    Thread.onSpinWait();
                                }
                                while (runs.get() < 3 && helped.getCount() == 1) {
                                    boolean unused = one.awaitQuiescence(1, MILLISECONDS);
                                }
                                helped.countDown();
                            });
            assertThat(running.await(30, SECONDS)).isTrue();
            assertThat(host.cancel(true)).isTrue();
            Future<?> periodic =
                    one.scheduled()
                            .scheduleAtFixedRate(
                                    () -> runs.addAndGet(Task.adapt(() -> 1).fork().join()),
                                    0,
                                    1,
                                    MILLISECONDS);
            boolean ran = helped.await(20, SECONDS);
            helped.countDown();
            assertThat(ran).isTrue();
            assertThat(periodic.isDone()).isFalse();
            periodic.cancel(false);
        }
    }

    @Test
    void fixedDelayCountsFromTheEndOfTheLastRun() throws Exception {
        long delay = 5_000_000L;
        List<Long> starts = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        CountDownLatch enough = new CountDownLatch(5);
        ScheduledFuture<?> future =
                delays.scheduleWithFixedDelay(
                        () -> {
                            starts.add(System.nanoTime());
                            enough.countDown();
                            ends.add(System.nanoTime());
                        },
                        0,
                        delay,
                        NANOSECONDS);
        assertThat(enough.await(30, SECONDS)).isTrue();
        future.cancel(false);
        for (int run = 1; run < 5; run++) {
            assertThat(starts.get(run) - ends.get(run - 1)).isGreaterThanOrEqualTo(delay);
        }
    }

    @Test
    void runsOfOnePeriodicTaskNeverOverlap() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        CountDownLatch enough = new CountDownLatch(2_000);
        try (Scheduler wide = Scheduler.builder().workers(4).pinning(Pinning.NONE).build()) {
            ScheduledFuture<?> future =
                    wide.scheduled()
                            .scheduleAtFixedRate(
                                    () -> {
                                        if (running.incrementAndGet() != 1) {
                                            overlapped.set(true);
                                        }
                                        enough.countDown();
                                        running.decrementAndGet();
                                    },
                                    0,
                                    1_000,
                                    NANOSECONDS);
            assertThat(enough.await(30, SECONDS)).isTrue();
            future.cancel(false);
        }
        assertThat(overlapped).isFalse();
    }

    @Test
    void aRunThatThrowsIsTheLastOne() throws Exception {
        RuntimeException failure = new RuntimeException("mine");
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> future =
                delays.scheduleAtFixedRate(
                        () -> {
                            if (runs.incrementAndGet() == 3) {
                                throw failure;
                            }
                        },
                        0,
                        100_000,
                        NANOSECONDS);
        assertThatThrownBy(() -> future.get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCause(failure);
        delays.schedule(() -> {}, 5, MILLISECONDS).get(30, SECONDS);
        assertThat(runs).hasValue(3);
        assertThat(waiting()).isZero();
    }

    @Test
    void thePeriodicTaskThatFailedHoldsNothing() {
        AtomicInteger payload = new AtomicInteger();
        WeakReference<Object> held = new WeakReference<>(payload);
        ScheduledFuture<?> future = failingWith(payload);
        assertThatThrownBy(() -> future.get(30, SECONDS)).isInstanceOf(ExecutionException.class);
        payload = null;
        awaitCollected(held);
        assertThat(future.isDone()).isTrue();
    }

    private ScheduledFuture<?> failingWith(AtomicInteger payload) {
        return delays.scheduleAtFixedRate(
                () -> {
                    throw new IllegalStateException("run " + payload.incrementAndGet());
                },
                0,
                1,
                MILLISECONDS);
    }

    @Test
    void aPeriodicTaskMayCancelItself() throws Exception {
        AtomicReference<ScheduledFuture<?>> self = new AtomicReference<>();
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch set = new CountDownLatch(1);
        self.set(
                delays.scheduleWithFixedDelay(
                        () -> {
                            awaitQuietly(set);
                            if (runs.incrementAndGet() == 2) {
                                self.get().cancel(false);
                            }
                        },
                        0,
                        100_000,
                        NANOSECONDS));
        set.countDown();
        assertThatThrownBy(() -> self.get().get(30, SECONDS))
                .isInstanceOf(CancellationException.class);
        delays.schedule(() -> {}, 5, MILLISECONDS).get(30, SECONDS);
        assertThat(runs).hasValue(2);
    }

    // ---- cancellation

    @Test
    void aCancelledTaskIsForgottenAtOnce() {
        AtomicInteger payload = new AtomicInteger();
        WeakReference<Object> held = new WeakReference<>(payload);
        List<ScheduledFuture<?>> futures = new ArrayList<>();
        futures.add(delays.schedule(payload::incrementAndGet, 1, HOURS));
        futures.add(delays.scheduleAtFixedRate(payload::incrementAndGet, 1, 1, HOURS));
        assertThat(waiting()).isEqualTo(2);
        futures.forEach(future -> assertThat(future.cancel(false)).isTrue());
        assertThat(waiting()).isZero();
        assertThat(futures).allMatch(Future::isCancelled).allMatch(Future::isDone);
        payload = null;
        awaitCollected(held);
    }

    @Test
    void aHundredThousandCancelledTimeoutsLeaveNothing() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(delays.schedule(() -> 1, 1 + i % 7, HOURS).cancel(true)).isTrue();
        }
        assertThat(waiting()).isZero();
    }

    @Test
    void cancelInterruptsARunAndTheInterruptStaysThere() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ScheduledFuture<?> future =
                delays.scheduleWithFixedDelay(
                        () -> {
                            started.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException ex) {
                                interrupted.countDown();
                            }
                        },
                        0,
                        1,
                        MILLISECONDS);
        assertThat(started.await(30, SECONDS)).isTrue();
        assertThat(future.cancel(true)).isTrue();
        assertThat(interrupted.await(30, SECONDS)).isTrue();
        assertThat(delays.submit(() -> Thread.currentThread().isInterrupted()).get(30, SECONDS))
                .isFalse();
    }

    @Test
    void cancelReachesWhatARunHasForked() throws Exception {
        try (Scheduler two = Scheduler.builder().workers(2).pinning(Pinning.NONE).build()) {
            CountDownLatch started = new CountDownLatch(2);
            CountDownLatch interrupted = new CountDownLatch(2);
            Runnable part =
                    () -> {
                        started.countDown();
                        try {
                            boolean unused = new CountDownLatch(1).await(30, SECONDS);
                        } catch (InterruptedException ex) {
                            interrupted.countDown();
                        }
                    };
            AtomicInteger ranLater = new AtomicInteger();
            ScheduledFuture<?> future =
                    two.scheduled()
                            .scheduleAtFixedRate(
                                    () -> {
                                        Task.adapt(part).fork();
                                        part.run();
                                        Task.adapt(ranLater::incrementAndGet).fork();
                                    },
                                    0,
                                    1,
                                    MILLISECONDS);
            assertThat(started.await(30, SECONDS)).isTrue();
            assertThat(future.cancel(true)).isTrue();
            assertThat(interrupted.await(20, SECONDS)).isTrue();
            await().atMost(DEADLINE).until(two::isQuiescent);
            assertThat(ranLater).hasValue(0);
        }
    }

    @Test
    void aRunThatIsNotCancelledLeavesTheNextOneAlone() throws Exception {
        CountDownLatch enough = new CountDownLatch(3);
        ScheduledFuture<?> future =
                delays.scheduleAtFixedRate(
                        () -> {
                            assertThat(Task.adapt(() -> 1).fork().join()).isEqualTo(1);
                            enough.countDown();
                        },
                        0,
                        1,
                        MILLISECONDS);
        assertThat(enough.await(30, SECONDS)).isTrue();
        future.cancel(false);
    }

    @Test
    void aRunThatLeavesAScopeOpenIsTheLastOne() {
        ScheduledFuture<?> future =
                delays.scheduleAtFixedRate(
                        () -> assertThat(scheduler.openScope()).isNotNull(), 0, 1, MILLISECONDS);
        assertThatThrownBy(() -> future.get(30, SECONDS))
                .hasRootCauseMessage("scope must be closed by the task that opened it");
    }

    // ---- the timer thread

    @Test
    void thereIsNoTimerThreadBeforeTheFirstDelay() throws Exception {
        delays.submit(() -> 1).get(30, SECONDS);
        assertThat(timer()).isNull();
        delays.schedule(() -> 1, 0, SECONDS).get(30, SECONDS);
        Thread first = timer();
        scheduler.scheduled().schedule(() -> 1, 0, SECONDS).get(30, SECONDS);
        assertThat(timer()).isSameAs(first);
        assertThat(first.getName()).isEqualTo("delays-timer");
        assertThat(first.isDaemon()).isTrue();
        assertThat(first.getContextClassLoader()).isNull();
    }

    @Test
    void anIdleTimerSleepsForEver() throws Exception {
        delays.schedule(() -> 1, 0, SECONDS).get(30, SECONDS);
        await().atMost(DEADLINE).until(() -> timer().getState() == Thread.State.WAITING);
        long before = waits();
        await().during(Duration.ofMillis(200)).atMost(DEADLINE).until(() -> waits() == before);
    }

    @Test
    void aTimerSleepsUntilTheNextDeadlineAndNoShorter() {
        ScheduledFuture<?> first = delays.schedule(() -> 1, 1, HOURS);
        await().atMost(DEADLINE).until(() -> timer().getState() == Thread.State.TIMED_WAITING);
        long before = waits();
        first.cancel(false);
        for (int i = 0; i < 100; i++) {
            delays.schedule(() -> 1, 2, HOURS).cancel(false); // later than it would wake anyway
        }
        await().during(Duration.ofMillis(200)).atMost(DEADLINE).until(() -> waits() == before);
    }

    private long waits() {
        return ManagementFactory.getThreadMXBean().getThreadInfo(timer().getId()).getWaitedCount();
    }

    @Test
    void anInterruptOfTheTimerThreadChangesNothing() throws Exception {
        delays.schedule(() -> 1, 1, HOURS);
        timer().interrupt();
        assertThat(delays.schedule(() -> 1, 1, MILLISECONDS).get(30, SECONDS)).isEqualTo(1);
        timer().interrupt();
        assertThat(delays.schedule(() -> 2, 1, MILLISECONDS).get(30, SECONDS)).isEqualTo(2);
    }

    // ---- the end

    @Test
    void afterShutdownDelayedTasksRunAndPeriodicOnesAreCancelled() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        ScheduledFuture<?> once = delays.schedule(ran::incrementAndGet, 50, MILLISECONDS);
        ScheduledFuture<?> often = delays.scheduleAtFixedRate(() -> {}, 1, 1, HOURS);
        delays.shutdown();
        assertThat(often.isCancelled()).isTrue();
        assertThat(delays.isShutdown()).isTrue();
        assertThat(delays.awaitTermination(30, SECONDS)).isTrue();
        assertThat(once.isDone()).isTrue();
        assertThat(ran).hasValue(1);
        assertThatThrownBy(() -> delays.schedule(() -> 1, 1, SECONDS))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void cancellingTheLastDelayedTaskLetsTheSchedulerEnd() throws Exception {
        ScheduledFuture<?> once = delays.schedule(() -> 1, 1, HOURS);
        delays.shutdown();
        assertThat(delays.isTerminated()).isFalse();
        once.cancel(false);
        assertThat(delays.awaitTermination(30, SECONDS)).isTrue();
    }

    @Test
    void whatShutdownNowGaveBackRunsOnAnotherScheduler() throws Exception {
        Scheduler own = Scheduler.builder().workers(1).pinning(Pinning.NONE).build();
        var delayed = own.scheduled().schedule(() -> 7, 1, HOURS);
        List<Runnable> unstarted = own.shutdownNow();
        try (Scheduler other = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
            unstarted.forEach(other::execute);
        }
        assertThat(delayed.get(30, SECONDS)).isEqualTo(7);
    }

    @Test
    void shutdownNowGivesBackWhatIsDelayedTheEarliestFirst() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        ScheduledFuture<?> second = delays.schedule(ran::incrementAndGet, 2, HOURS);
        ScheduledFuture<?> third = delays.scheduleAtFixedRate(ran::incrementAndGet, 3, 3, HOURS);
        ScheduledFuture<?> first = delays.schedule(ran::incrementAndGet, 1, HOURS);
        List<Runnable> unstarted = delays.shutdownNow();
        assertThat(unstarted)
                .containsExactly((Runnable) first, (Runnable) second, (Runnable) third);
        assertThat(delays.awaitTermination(30, SECONDS)).isTrue();
        assertThat(first.isDone()).isFalse();
        unstarted.get(0).run();
        assertThat(ran).hasValue(1);
        assertThat(first.isDone()).isTrue();
        assertThat(second.cancel(false)).isTrue();
    }

    @Test
    void aPeriodicTaskThatRunsAtShutdownIsCancelledAfterwards() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        ScheduledFuture<?> future =
                delays.scheduleAtFixedRate(
                        () -> {
                            started.countDown();
                            awaitQuietly(gate);
                        },
                        0,
                        1,
                        MILLISECONDS);
        assertThat(started.await(30, SECONDS)).isTrue();
        delays.shutdown();
        gate.countDown();
        assertThat(delays.awaitTermination(30, SECONDS)).isTrue();
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void everyDelayedTaskRunsOrIsHandedBackOrCancelled() throws Exception {
        for (int round = 0; round < 60; round++) {
            Scheduler own =
                    Scheduler.builder().workers(1 + round % 3).pinning(Pinning.NONE).build();
            ScheduledExecutorService view = own.scheduled();
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger ended = new AtomicInteger();
            Thread submitter =
                    new Thread(
                            () -> {
                                try {
                                    for (int i = 0; ; i++) {
                                        AtomicBoolean once = new AtomicBoolean();
                                        Runnable end =
                                                () -> {
                                                    if (once.compareAndSet(false, true)) {
                                                        ended.incrementAndGet();
                                                    }
                                                };
                                        ScheduledFuture<?> future =
                                                view.schedule(end, i % 500, MICROSECONDS);
                                        accepted.incrementAndGet();
                                        if (i % 3 == 0 && future.cancel(false)) {
                                            end.run();
                                        }
                                    }
                                } catch (RejectedExecutionException ex) {
                                    return;
                                }
                            });
            submitter.start();
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(DEADLINE)
                    .until(() -> accepted.get() > 100);
            if (round % 2 == 0) {
                own.shutdownNow().forEach(Runnable::run);
            }
            own.close();
            submitter.join(30_000);
            assertThat(submitter.isAlive()).isFalse();
            assertThat(ended.get()).as("round %d", round).isEqualTo(accepted.get());
        }
    }

    @Test
    void thePeriodThatNeverEndsDoesNotComeBeforeOthersThatAreLate() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch lateRuns = new CountDownLatch(50);
        CountDownLatch once = new CountDownLatch(1);
        delays.scheduleAtFixedRate(
                () -> {
                    awaitQuietly(gate);
                    lateRuns.countDown();
                },
                0,
                1,
                MILLISECONDS);
        await().atMost(DEADLINE).until(() -> waiting() == 0); // runs, and is late from now on
        delays.scheduleAtFixedRate(once::countDown, 0, Long.MAX_VALUE, NANOSECONDS);
        await().atMost(DEADLINE).until(() -> waiting() == 0);
        gate.countDown();
        assertThat(once.await(30, SECONDS)).isTrue();
        assertThat(lateRuns.await(20, SECONDS)).isTrue();
    }

    // ---- run by hand

    @Test
    void aPeriodicTaskThatIsRunByHandWaitsInOnePlaceOnly() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> hourly = delays.scheduleAtFixedRate(runs::incrementAndGet, 1, 1, HOURS);
        ((Runnable) hourly).run();
        assertThat(runs).hasValue(1);
        assertThat(waiting()).isEqualTo(1);
        scheduler.execute((Runnable) hourly);
        await().atMost(DEADLINE).until(() -> runs.get() == 2 && waiting() == 1);
        assertThat(hourly.cancel(false)).isTrue();
        assertThat(waiting()).isZero();
        assertThat(delays.schedule(() -> 7, 1, MILLISECONDS).get(30, SECONDS)).isEqualTo(7);
    }

    @Test
    void aPeriodicTaskThatWasRunByHandDoesNotHoldTheTimerWhenItIsCancelled() throws Exception {
        ScheduledFuture<?> often = delays.scheduleAtFixedRate(() -> {}, 10, 10, MILLISECONDS);
        ((Runnable) often).run();
        assertThat(often.cancel(false)).isTrue();
        Future<Integer> later =
                scheduler.submit(() -> delays.schedule(() -> 7, 50, MILLISECONDS).get());
        assertThat(later.get(20, SECONDS)).isEqualTo(7);
    }

    @Test
    void aDelayedTaskThatIsRunByHandWaitsNoMore() throws Exception {
        ScheduledFuture<Integer> later = delays.schedule(() -> 7, 1, HOURS);
        ScheduledFuture<Integer> given = delays.schedule(() -> 8, 1, HOURS);
        ((Runnable) later).run();
        assertThat(later.get(30, SECONDS)).isEqualTo(7);
        scheduler.execute((Runnable) given);
        assertThat(given.get(30, SECONDS)).isEqualTo(8);
        assertThat(waiting()).isZero();
    }

    @Test
    void aDelayedTaskThatIsRejectedByHandRunsInItsTime() throws Exception {
        ScheduledFuture<Integer> later = delays.schedule(() -> 7, 300, MILLISECONDS);
        scheduler.shutdown();
        assertThatThrownBy(() -> scheduler.execute((Runnable) later))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(later.get(30, SECONDS)).isEqualTo(7);
    }

    // ---- arguments

    @Test
    void argumentsAreChecked() {
        Runnable nothing = () -> {};
        assertThatThrownBy(() -> delays.schedule((Runnable) null, 1, SECONDS))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> delays.schedule((Callable<?>) null, 1, SECONDS))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> delays.schedule(nothing, 1, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> delays.scheduleAtFixedRate(nothing, 1, 0, SECONDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("period must be greater than 0 ns, was 0 ns");
        assertThatThrownBy(() -> delays.scheduleWithFixedDelay(nothing, 1, -1, SECONDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delay must be greater than 0 ns, was -1000000000 ns");
        assertThat(waiting()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, SECONDS)) {
                throw new AssertionError("the latch did not open in 30 s");
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitCollected(WeakReference<?> reference) {
        await().atMost(DEADLINE)
                .until(
                        () -> {
                            System.gc();
                            return reference.get() == null;
                        });
    }
}
