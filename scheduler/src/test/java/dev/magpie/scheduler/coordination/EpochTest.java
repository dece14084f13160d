package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.magpie.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is retired runs when nobody who was pinned is left, and then at once. */
class EpochTest {

    private final Epoch epoch = new Epoch();
    private final AtomicInteger ran = new AtomicInteger();

    @Test
    void runsAtOnceIfNobodyIsPinned() throws Exception {
        epoch.retire(ran::incrementAndGet);
        assertThat(ran).hasValue(1);
        epoch.pin().close();
        epoch.retire(ran::incrementAndGet);
        assertThat(ran).hasValue(2);
        epoch.awaitGracePeriod();
        assertThat(epoch.awaitGracePeriod(0, SECONDS)).isTrue();
        assertThat(epoch.gracePeriod().toCompletableFuture()).isCompleted();
        assertThat(epoch.pendingCount()).isZero();
    }

    @Test
    void waitsForThoseWhoWerePinnedBefore() {
        Epoch.Pin first = epoch.pin();
        Epoch.Pin second = epoch.pin();
        epoch.retire(ran::incrementAndGet);
        first.close();
        first.close(); // has no effect
        assertThat(ran).hasValue(0);
        assertThat(epoch.pendingCount()).isEqualTo(1);
        second.close();
        assertThat(ran).hasValue(1);
    }

    @Test
    void aPinThatStaysDelaysAndBreaksNothing() throws Exception {
        Epoch.Pin stays = epoch.pin();
        for (int i = 0; i < 1000; i++) {
            try (Epoch.Pin pin = epoch.pin()) {
                epoch.retire(ran::incrementAndGet);
            }
        }
        assertThat(ran).hasValue(0);
        assertThat(epoch.awaitGracePeriod(1, MILLISECONDS)).isFalse();
        stays.close();
        assertThat(ran).hasValue(1000);
        assertThat(epoch.pendingCount()).isZero();
    }

    @Test
    void thoseWhoArePinnedLaterAreNotWaitedForForEver() {
        Epoch.Pin first = epoch.pin();
        epoch.retire(ran::incrementAndGet);
        Epoch.Pin later = epoch.pin();
        first.close();
        later.close();
        assertThat(ran).hasValue(1);
    }

    @Test
    void anyThreadMayClose() throws Exception {
        Epoch.Pin pin = epoch.pin();
        CompletableFuture<Void> passed = epoch.gracePeriod().toCompletableFuture();
        Threads<Boolean> waiter =
                Threads.start(
                        () -> {
                            epoch.awaitGracePeriod();
                            return true;
                        });
        waiter.untilAsleep();
        assertThat(passed).isNotDone();
        assertThat(
                        Threads.start(
                                        () -> {
                                            pin.close();
                                            return true;
                                        })
                                .get())
                .isTrue();
        assertThat(waiter.get()).isTrue();
        assertThat(passed).isCompleted();
    }

    @Test
    void anActionThatThrowsIsReportedAndTheOthersRun() throws Exception {
        AtomicReference<Throwable> reported = new AtomicReference<>();
        Threads<Integer> thread =
                Threads.start(
                        () -> {
                            Thread.currentThread()
                                    .setUncaughtExceptionHandler((who, ex) -> reported.set(ex));
                            Epoch.Pin pin = epoch.pin();
                            epoch.retire(
                                    () -> {
                                        throw new IllegalStateException("planned");
                                    });
                            epoch.retire(ran::incrementAndGet);
                            pin.close();
                            return ran.get();
                        });
        assertThat(thread.get()).isEqualTo(1);
        assertThat(reported.get()).hasMessage("planned");
    }

    @Test
    void aHandlerThatThrowsDoesNotKeepOthersFromRunning() throws Exception {
        Threads<Integer> thread =
                Threads.start(
                        () -> {
                            Thread.currentThread()
                                    .setUncaughtExceptionHandler(
                                            (who, ex) -> {
                                                throw new IllegalStateException("of the handler");
                                            });
                            epoch.retire(
                                    () -> {
                                        throw new IllegalStateException("planned");
                                    });
                            return ran.get();
                        });
        assertThat(thread.get()).isZero();
        epoch.retire(ran::incrementAndGet);
        assertThat(ran).hasValue(1);
        assertThat(epoch.pendingCount()).isZero();
    }

    @Test
    void whoGivesUpLeavesNothing() throws Exception {
        try (Epoch.Pin pin = epoch.pin()) {
            epoch.retire(ran::incrementAndGet);
            for (int i = 0; i < 10; i++) {
                assertThat(epoch.awaitGracePeriod(1, NANOSECONDS)).isFalse();
                assertThat(epoch.gracePeriod().toCompletableFuture().cancel(false)).isTrue();
            }
            Threads<Boolean> interrupted =
                    Threads.start(
                            () -> {
                                epoch.awaitGracePeriod();
                                return true;
                            });
            interrupted.untilAsleep().interrupt();
            assertThatThrownBy(interrupted::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(epoch.pendingCount()).isEqualTo(1);
        }
        assertThat(ran).hasValue(1);
        assertThat(epoch.pendingCount()).isZero();
    }

    @Test
    void actionsMayPinAndRetire() {
        epoch.retire(
                () -> {
                    try (Epoch.Pin pin = epoch.pin()) {
                        epoch.retire(ran::incrementAndGet);
                    }
                });
        assertThat(ran).hasValue(1);
    }

    @Test
    void actionsRunOnTheExecutor() {
        List<Runnable> queue = new ArrayList<>();
        Epoch deferred = new Epoch(queue::add);
        deferred.retire(ran::incrementAndGet);
        assertThat(ran).hasValue(0);
        queue.get(0).run();
        assertThat(ran).hasValue(1);
        Epoch rejected =
                new Epoch(
                        command -> {
                            throw new RejectedExecutionException("planned");
                        });
        rejected.retire(ran::incrementAndGet);
        assertThat(ran).hasValue(2);
    }

    /** What is destroyed twice may belong to somebody else by then. */
    @Test
    void anActionThatFailsInTheExecutorRunsOnce() throws Exception {
        Epoch inCaller = new Epoch(Runnable::run);
        List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
        IllegalStateException planned = new IllegalStateException("planned");
        Thread retiring =
                new Thread(
                        () ->
                                inCaller.retire(
                                        () -> {
                                            ran.incrementAndGet();
                                            throw planned;
                                        }));
        retiring.setUncaughtExceptionHandler((thread, thrown) -> told.add(thrown));
        retiring.start();
        retiring.join(60_000);
        assertThat(retiring.isAlive()).isFalse();
        assertThat(ran).hasValue(1);
        assertThat(told).containsExactly(planned);
    }

    @Test
    void aThreadWaitsForPinsAndNotForTheExecutor() throws Exception {
        List<Runnable> queue = new ArrayList<>();
        Epoch deferred = new Epoch(queue::add); // as one that is busy, or was shut down at once
        deferred.retire(ran::incrementAndGet);
        assertThat(deferred.awaitGracePeriod(10, SECONDS)).isTrue();
        Threads<Boolean> waiting;
        try (Epoch.Pin pin = deferred.pin()) {
            waiting =
                    Threads.start(
                            () -> {
                                deferred.awaitGracePeriod();
                                return true;
                            });
            waiting.untilAsleep();
        }
        assertThat(waiting.get()).isTrue();
        CompletableFuture<Void> stage = deferred.gracePeriod().toCompletableFuture();
        assertThat(stage).isNotDone();
        queue.forEach(Runnable::run);
        assertThat(stage).isCompleted();
        assertThat(ran).hasValue(1);
    }

    @Test
    void misuseIsAnError() {
        assertThatThrownBy(() -> epoch.retire(null)).isInstanceOf(NullPointerException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(epoch::awaitGracePeriod).isInstanceOf(InterruptedException.class);
        assertThat(epoch).hasToString("Epoch[number=0, pending=0]");
    }

    /** Readers use a resource that writers replace and close. */
    @Test
    void nothingIsClosedWhileItIsUsed() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        AtomicInteger usedAfter = new AtomicInteger();
        Snapshot<AtomicBoolean> resource = new Snapshot<>(new AtomicBoolean(true));
        try (Scheduler scheduler = Threads.scheduler(3)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                all.add(
                        scheduler.submit(
                                () -> {
                                    for (int k = 0; k < 20_000; k++) {
                                        try (Epoch.Pin pin = epoch.pin()) {
                                            AtomicBoolean open = resource.get();
                                            if (k % 64 == 0) {
                                                Thread.yield();
                                            }
                                            usedAfter.addAndGet(open.get() ? 0 : 1);
                                        }
                                    }
                                }));
            }
            all.add(
                    scheduler.submit(
                            () -> {
                                for (int k = 0; k < 5_000; k++) {
                                    AtomicBoolean old =
                                            resource.getAndUpdate(now -> new AtomicBoolean(true));
                                    epoch.retire(
                                            () -> {
                                                old.set(false);
                                                closed.incrementAndGet();
                                            });
                                }
                            }));
            for (Future<?> one : all) {
                one.get(100, SECONDS);
            }
        }
        await().until(() -> closed.get() == 5_000);
        assertThat(usedAfter).hasValue(0);
        assertThat(epoch.pendingCount()).isZero();
    }
}
