package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker that waits never runs what might wait for it; a spare does. */
class SpareTest {

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).name("pool").pinning(Pinning.NONE).build();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private static void spinFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aSubmissionMayWaitForOneThatIsInTheMiddleOfAJoin(int workers) throws Exception {
        try (Scheduler scheduler = pool(workers)) {
            for (int round = 0; round < 300; round++) {
                AtomicReference<Future<Integer>> first = new AtomicReference<>();
                CountDownLatch known = new CountDownLatch(1);
                first.set(
                        scheduler.submit(
                                () -> {
                                    awaitLatch(known);
                                    Task<Integer> child =
                                            Task.adapt(
                                                    () -> {
                                                        spinFor(Duration.ofNanos(50_000));
                                                        return 1;
                                                    });
                                    child.fork();
                                    spinFor(Duration.ofNanos(20_000));
                                    return child.join();
                                }));
                List<Future<Integer>> others = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    others.add(scheduler.submit(() -> first.get().get() + 1));
                }
                known.countDown();
                for (Future<Integer> other : others) {
                    assertThat(other.get(30, SECONDS)).as("round %d", round).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void submissionsBehindOneThatBlocksAreVisibleToTheOtherWorker() throws Exception {
        for (int round = 0; round < 60; round++) {
            try (Scheduler scheduler = pool(2)) { // new, so that one batch has room for all
                CountDownLatch last = new CountDownLatch(1);
                List<Future<?>> all = new ArrayList<>();
                CountDownLatch gate = new CountDownLatch(1);
                CountDownLatch started = new CountDownLatch(2);
                for (int i = 0; i < 2; i++) {
                    all.add(
                            scheduler.submit(
                                    () -> {
                                        started.countDown();
                                        awaitLatch(gate);
                                    }));
                }
                awaitLatch(started); // so that all that follows is taken in one batch
                all.add(scheduler.submit(() -> awaitLatch(last)));
                for (int i = 0; i < 30; i++) {
                    all.add(scheduler.submit(() -> {}));
                }
                all.add(scheduler.submit(last::countDown));
                CountDownLatch older = new CountDownLatch(1);
                for (int i = 0; i < 10; i++) {
                    all.add(scheduler.submit(() -> {}));
                }
                all.add(scheduler.submit(older::countDown));
                all.add(scheduler.submit(() -> awaitLatch(older)));
                gate.countDown();
                for (Future<?> future : all) {
                    future.get(30, SECONDS);
                }
            }
        }
    }

    @Test
    void shutdownNowReturnsTheSubmissionsThatAWorkerTookInABatch() throws Exception {
        for (int round = 0; round < 100; round++) {
            Scheduler scheduler = pool(2);
            AtomicInteger ran = new AtomicInteger();
            CountDownLatch started = new CountDownLatch(2);
            CountDownLatch queued = new CountDownLatch(1);
            for (int i = 0; i < 2; i++) {
                scheduler.execute(
                        () -> {
                            started.countDown();
                            awaitQuietly(queued);
                        });
            }
            awaitLatch(started);
            CountDownLatch blocked = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                scheduler.execute(
                        () -> {
                            blocked.countDown();
                            awaitQuietly(new CountDownLatch(1));
                        });
            }
            for (int i = 0; i < 36; i++) {
                scheduler.execute(ran::incrementAndGet);
            }
            queued.countDown();
            awaitLatch(blocked);
            int returned = scheduler.shutdownNow().size();
            assertThat(scheduler.awaitTermination(30, SECONDS)).isTrue();
            assertThat(ran.get() + returned).as("round %d", round).isEqualTo(36);
            assertThat(ran.get()).as("run although shut down, round %d", round).isZero();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anExecuteInsideATaskThatOverflowsItsStackStillRuns() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Scheduler scheduler =
                Scheduler.builder().workers(1).stackSize(1 << 20).pinning(Pinning.NONE).build();
        assertThatThrownBy(
                        () ->
                                scheduler.invoke(
                                        Task.adapt(
                                                () -> {
                                                    scheduler.execute(ran::incrementAndGet);
                                                    overflow(0);
                                                })))
                .isInstanceOf(StackOverflowError.class);
        scheduler.close();
        assertThat(ran).hasValue(1);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int overflow(int depth) {
        return 1 + overflow(depth + 1);
    }

    @Test
    void aTaskRunsAtMostOnce() {
        AtomicInteger ran = new AtomicInteger();
        try (Scheduler scheduler = pool(1)) {
            RecursiveTask<Integer> task =
                    new RecursiveTask<>() {
                        @Override
                        protected Integer compute() {
                            return ran.incrementAndGet();
                        }
                    };
            int sum =
                    scheduler
                            .submit(
                                    () -> {
                                        int first = task.fork().join();
                                        int second = task.fork().join();
                                        int third = task.invoke();
                                        Task.invokeAll(task, task);
                                        return first + second + third;
                                    })
                            .join();
            assertThat(sum).isEqualTo(3);
            assertThat(scheduler.submit(task).join()).isEqualTo(1);
        }
        assertThat(ran).hasValue(1);
    }

    @Test
    void getInAWorkerEndsByAnInterrupt() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            CountDownLatch gate = new CountDownLatch(1);
            CountDownLatch inGet = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<?> slow =
                    scheduler.submit(
                            () -> {
                                inGet.countDown();
                                return gate.await(30, SECONDS);
                            });
            awaitLatch(inGet);
            CountDownLatch waits = new CountDownLatch(1);
            Future<?> waiter =
                    scheduler.submit(
                            () -> {
                                waits.countDown();
                                try {
                                    return slow.get();
                                } catch (InterruptedException ex) {
                                    interrupted.countDown();
                                    throw ex;
                                }
                            });
            awaitLatch(waits);
            assertThat(waiter.cancel(true)).isTrue();
            awaitLatch(interrupted);
            gate.countDown();
        }
    }

    @Test
    void invokeAnyInTheOnlyWorkerReturns() {
        try (Scheduler scheduler = pool(1)) {
            Callable<Integer> bad =
                    () -> {
                        throw new IllegalStateException();
                    };
            Callable<Integer> good = () -> 7;
            int result = scheduler.submit(() -> scheduler.invokeAny(List.of(bad, good))).join();
            assertThat(result).isEqualTo(7);
        }
    }

    @Test
    void aPinnedSchedulerThatTerminatedHasGivenItsCpusBack() throws Exception {
        for (int round = 0; round < 50; round++) {
            Scheduler scheduler = Scheduler.builder().workers(1).build();
            boolean pinned =
                    scheduler.stats().workers().size() == 1
                            && !scheduler.config().pinningDecision().startsWith("not pinned");
            scheduler.shutdown();
            assertThat(scheduler.awaitTermination(30, SECONDS)).isTrue();
            Scheduler next = Scheduler.create();
            String decision = next.config().pinningDecision();
            next.close();
            assertThat(decision).doesNotContain("another pinned scheduler");
            assertThat(pinned || decision.startsWith("not pinned")).isTrue();
        }
    }

    @Test
    void aSpareServesWhileTheOnlyWorkerWaitsAndEndsWithThePool() throws Exception {
        Scheduler scheduler = pool(1);
        try (Scheduler other = pool(1)) {
            CountDownLatch over = new CountDownLatch(1);
            CountDownLatch joins = new CountDownLatch(1);
            Task<?> there = other.submit(() -> awaitLatch(over));
            Future<?> waiting =
                    scheduler.submit(
                            () -> {
                                joins.countDown();
                                Object unused = there.join();
                            });
            awaitLatch(joins);
            Thread spare = scheduler.submit(Thread::currentThread).get(30, SECONDS);
            over.countDown();
            waiting.get(30, SECONDS);
            assertThat(spare.getName()).isEqualTo("pool-spare-0");
            assertThat(scheduler.stats().spares()).hasSize(1);
            scheduler.close();
            assertThat(spare.isAlive()).isFalse();
        }
    }
}
