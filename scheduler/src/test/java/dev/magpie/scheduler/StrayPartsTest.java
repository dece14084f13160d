package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.magpie.scheduler.TaskScope.Joiner;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@code shutdownNow} makes of the forked tasks that others see: they go on to belong to the
 * computation that forked them.
 */
@Timeout(300)
class StrayPartsTest {

    private static final int ROUNDS = 50;
    private static final int FORKS = 5;

    /** A computation that stands still between its forks and its joins. */
    private static final class Halt {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final AtomicBoolean isOver = new AtomicBoolean();

        /** In the computation. Neither joins nor forks, and keeps the interrupt status. */
        void stand() {
            reached.countDown();
            while (!isOver.get()) {
                Thread.onSpinWait();
            }
        }

        void shutdownNowAndGoOn(Scheduler scheduler, Runnable between) throws Exception {
            assertThat(reached.await(60, SECONDS)).isTrue();
            List<Runnable> unstarted = scheduler.shutdownNow();
            between.run();
            isOver.set(true);
            assertThat(unstarted).isEmpty();
        }
    }

    private static Scheduler single() {
        return Scheduler.builder().workers(1).maxSpares(0).pinning(Pinning.NONE).build();
    }

    private static RecursiveAction action(Runnable body) {
        return new RecursiveAction() {
            @Override
            protected void compute() {
                body.run();
            }
        };
    }

    private static void assertJoined(Halt halt, Callable<Integer> computation, Scheduler scheduler)
            throws Exception {
        Task<Integer> root = scheduler.submit(computation);
        halt.shutdownNowAndGoOn(scheduler, () -> {});
        try {
            assertThat(root.get(20, SECONDS)).isEqualTo(FORKS);
        } finally {
            root.cancel(true);
        }
        assertThat(scheduler.awaitTermination(60, SECONDS)).isTrue();
        assertThat(scheduler.pool().strays.areLeft()).isFalse();
    }

    @Test
    void theOnlyWorkerRunsWhatItJoins() throws Exception {
        Halt halt = new Halt();
        AtomicInteger ran = new AtomicInteger();
        Callable<Integer> computation =
                () -> {
                    RecursiveAction[] parts = new RecursiveAction[FORKS];
                    for (int i = 0; i < FORKS; i++) {
                        parts[i] = action(ran::incrementAndGet);
                        parts[i].fork();
                    }
                    halt.stand();
                    for (RecursiveAction part : parts) {
                        part.join();
                    }
                    return ran.get();
                };
        assertJoined(halt, computation, single());
    }

    @Test
    void theOnlyWorkerRunsWhatItsScopeAwaits() throws Exception {
        Halt halt = new Halt();
        AtomicInteger ran = new AtomicInteger();
        Scheduler scheduler = single();
        Callable<Integer> computation =
                () -> {
                    try (var scope = scheduler.openScope(Joiner.awaitAll())) {
                        for (int i = 0; i < FORKS; i++) {
                            scope.fork(ran::incrementAndGet);
                        }
                        halt.stand();
                        joinThroughInterrupts(scope);
                    }
                    return ran.get();
                };
        assertJoined(halt, computation, scheduler);
    }

    @Test
    void nothingThatAScopesTaskHasForkedOutlivesTheScope() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicBoolean isClosed = new AtomicBoolean();
            AtomicInteger late = new AtomicInteger();
            AtomicInteger ran = new AtomicInteger();
            Halt halt = new Halt();
            Scheduler scheduler =
                    Scheduler.builder()
                            .workers(1 + round % 3)
                            .maxSpares(round % 2)
                            .pinning(Pinning.NONE)
                            .build();
            Task<Integer> root =
                    scheduler.submit(
                            () -> {
                                try (var scope = scheduler.openScope(Joiner.awaitAll())) {
                                    scope.fork(
                                            () -> {
                                                for (int i = 0; i < FORKS; i++) {
                                                    action(
                                                                    () -> {
                                                                        ran.incrementAndGet();
                                                                        if (isClosed.get()) {
                                                                            late.incrementAndGet();
                                                                        }
                                                                    })
                                                            .fork();
                                                }
                                                halt.stand();
                                                return null;
                                            });
                                    joinThroughInterrupts(scope);
                                }
                                isClosed.set(true);
                                return ran.get();
                            });
            halt.shutdownNowAndGoOn(scheduler, () -> {});
            assertThat(root.get(20, SECONDS)).isEqualTo(FORKS);
            assertThat(scheduler.awaitTermination(60, SECONDS)).isTrue();
            assertThat(late).as("round %d", round).hasValue(0);
            assertThat(ran).hasValue(FORKS);
        }
    }

    private static void joinThroughInterrupts(TaskScope<?, ?> scope) {
        while (true) {
            try {
                Object unused = scope.join();
                return;
            } catch (InterruptedException ex) {
                continue; // of shutdownNow
            }
        }
    }

    /** Holds the thread up that takes it off a deque, before that has announced it to the scope. */
    private static final class SlowToTake extends Task<Integer> {
        private final AtomicInteger ran;
        private final Thread taker;
        private final CountDownLatch isTaken = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);

        SlowToTake(AtomicInteger ran, Thread taker) {
            this.ran = ran;
            this.taker = taker;
        }

        @Override
        boolean isSubmission() {
            if (Thread.currentThread() == taker) {
                isTaken.countDown();
                awaitLatch(mayGoOn);
            }
            return false;
        }

        @Override
        Integer exec() {
            return ran.incrementAndGet();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private static boolean isAwaitingThieves(Thread worker) {
        return Arrays.stream(worker.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitThieves"));
    }

    @Test
    void aScopeDoesNotEndWhileAPartOfItIsBeingTaken() throws Exception {
        Scheduler scheduler = single();
        AtomicInteger ran = new AtomicInteger();
        AtomicBoolean isClosed = new AtomicBoolean();
        CompletableFuture<SlowToTake> forked = new CompletableFuture<>();
        CompletableFuture<List<Runnable>> unstarted = new CompletableFuture<>();
        Thread taker = new Thread(() -> unstarted.complete(scheduler.shutdownNow()));
        Task<Integer> root =
                scheduler.submit(
                        () -> {
                            try (var scope = scheduler.openScope(Joiner.awaitAll())) {
                                scope.fork(() -> forkAndAwaitTaker(ran, taker, forked));
                                joinThroughInterrupts(scope);
                            }
                            isClosed.set(true);
                            return ran.get();
                        });
        SlowToTake part = forked.get(60, SECONDS);
        Thread worker = scheduler.pool().workers()[0].thread();
        taker.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> isClosed.get() || isAwaitingThieves(worker));
        boolean endedEarly = isClosed.get();
        part.mayGoOn.countDown();
        assertThat(endedEarly).isFalse();
        assertThat(root.get(20, SECONDS)).isEqualTo(1);
        assertThat(unstarted.get(60, SECONDS)).isEmpty();
        assertThat(scheduler.awaitTermination(60, SECONDS)).isTrue();
    }

    private static @Nullable Void forkAndAwaitTaker(
            AtomicInteger ran, Thread taker, CompletableFuture<SlowToTake> forked) {
        SlowToTake part = new SlowToTake(ran, taker);
        part.fork();
        WorkerThread.current().worker().publishAll();
        forked.complete(part);
        awaitLatch(part.isTaken);
        return null;
    }

    @Test
    void whatIsCancelledWithItsTreeStartsNoMore() throws Exception {
        Halt halt = new Halt();
        AtomicInteger ran = new AtomicInteger();
        Scheduler scheduler = single();
        Task<?> root = scheduler.submit(() -> forkAndStand(ran, halt));
        halt.shutdownNowAndGoOn(scheduler, () -> root.cancel(true));
        assertThat(scheduler.awaitTermination(60, SECONDS)).isTrue();
        assertThat(ran).hasValue(0);
        assertThat(scheduler.pool().strays.areLeft()).isFalse();
    }

    private static void forkAndStand(AtomicInteger ran, Halt halt) {
        for (int i = 0; i < FORKS; i++) {
            action(ran::incrementAndGet).fork();
        }
        halt.stand();
    }

    @Test
    void shutdownNowTwiceLosesNothing() throws Exception {
        Halt halt = new Halt();
        AtomicInteger ran = new AtomicInteger();
        Scheduler scheduler = single();
        Task<?> root = scheduler.submit(() -> forkAndStand(ran, halt));
        halt.shutdownNowAndGoOn(scheduler, () -> assertThat(scheduler.shutdownNow()).isEmpty());
        root.get(60, SECONDS);
        assertThat(scheduler.awaitTermination(60, SECONDS)).isTrue();
        assertThat(ran).hasValue(FORKS);
        assertThat(scheduler.stats().submissions()).isEqualTo(1);
    }
}
