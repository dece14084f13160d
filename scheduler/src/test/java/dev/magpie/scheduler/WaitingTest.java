package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What a worker does while it waits: whom it helps, whom it must not, and what it must not miss.
 */
class WaitingTest {

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    private static void spinFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void joinWaitsForASubmissionThatAnotherWorkerClaimedAwayFromTheDeque() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            for (int round = 0; round < 50; round++) {
                AtomicReference<Task<String>> shared = new AtomicReference<>();
                CountDownLatch ready = new CountDownLatch(1);
                CountDownLatch claimed = new CountDownLatch(1);
                AtomicInteger ran = new AtomicInteger();
                Future<String> helper =
                        scheduler.submit(
                                () -> {
                                    ready.countDown();
                                    while (shared.get() == null) {
                                        Thread.onSpinWait();
                                    }
                                    return shared.get().join();
                                });
                Future<String> owner =
                        scheduler.submit(
                                () -> {
                                    awaitLatch(ready);
                                    Task<String> inner =
                                            scheduler.submit(
                                                    () -> {
                                                        ran.incrementAndGet();
                                                        claimed.countDown();
                                                        spinFor(Duration.ofMillis(2));
                                                        return "result";
                                                    });
                                    shared.set(inner);
                                    awaitLatch(claimed);
                                    return inner.join();
                                });
                assertThat(owner.get(30, SECONDS)).isEqualTo("result");
                assertThat(helper.get(30, SECONDS)).isEqualTo("result");
                assertThat(ran).hasValue(1);
            }
        }
    }

    @Test
    void timedGetInTheOnlyWorkerRunsForkedTasksThatAreNotTheNewest() {
        try (Scheduler scheduler = pool(1)) {
            int sum =
                    scheduler
                            .submit(
                                    () -> {
                                        Task<Integer> older = Task.adapt(() -> 1).fork();
                                        Task<Integer> newer = Task.adapt(() -> 2).fork();
                                        return older.get(30, SECONDS) + newer.get(30, SECONDS);
                                    })
                            .join();
            assertThat(sum).isEqualTo(3);
        }
    }

    @Test
    void aTimedWaitGivesItsPlaceToASpare() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (Scheduler here = pool(1);
                Scheduler there = pool(1)) {
            Future<?> waits =
                    here.submit(() -> there.submit(() -> awaitLatch(gate)).get(20, SECONDS));
            here.execute(gate::countDown);
            waits.get(30, SECONDS);
        } finally {
            gate.countDown();
        }
    }

    @Test
    void aTaskRunsInThePoolItWasSubmittedTo() throws Exception {
        try (Scheduler here = Scheduler.builder().workers(1).name("here").build();
                Scheduler there = Scheduler.builder().workers(1).name("there").build()) {
            for (int round = 0; round < 100; round++) {
                String name =
                        here.submit(
                                        () ->
                                                there.submit(() -> Thread.currentThread().getName())
                                                        .get(30, SECONDS))
                                .get(30, SECONDS);
                assertThat(name).isEqualTo("there-worker-0");
                name =
                        here.submit(
                                        () ->
                                                there.submit(() -> Thread.currentThread().getName())
                                                        .join())
                                .get(30, SECONDS);
                assertThat(name).isEqualTo("there-worker-0");
            }
        }
    }

    @Test
    void invokeAllReturnsAFailureOnlyWhenNoTaskOfTheCallRunsAnyMore() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            for (int round = 0; round < 20; round++) {
                CountDownLatch running = new CountDownLatch(1);
                AtomicBoolean ended = new AtomicBoolean();
                Task<?> slow =
                        Task.adapt(
                                () -> {
                                    running.countDown();
                                    spinFor(Duration.ofMillis(5));
                                    ended.set(true);
                                });
                Task<?> failing =
                        Task.adapt(
                                () -> {
                                    awaitLatch(running);
                                    throw new IllegalStateException("first");
                                });
                Task<?> unstarted = Task.adapt(() -> {});
                Future<Boolean> call =
                        scheduler.submit(
                                () -> {
                                    assertThatThrownBy(
                                                    () ->
                                                            Task.invokeAll(
                                                                    List.of(
                                                                            failing, unstarted,
                                                                            slow)))
                                            .hasMessage("first");
                                    return ended.get();
                                });
                assertThat(call.get(30, SECONDS)).isTrue();
                assertThat(unstarted.isDone()).isTrue();
            }
        }
    }

    @Test
    void anInterruptForATaskPassesOverTheTasksThatRunOnTopOfIt() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            CountDownLatch innerRuns = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            AtomicBoolean innerSaw = new AtomicBoolean();
            CountDownLatch outerSaw = new CountDownLatch(1);
            Future<?> outer =
                    scheduler.submit(
                            () -> {
                                Object unused =
                                        scheduler
                                                .submit(
                                                        () -> {
                                                            innerRuns.countDown();
                                                            awaitLatch(cancelled);
                                                            innerSaw.set(
                                                                    Thread.currentThread()
                                                                            .isInterrupted());
                                                            Thread.currentThread().interrupt();
                                                        })
                                                .join();
                                if (Thread.interrupted()) {
                                    outerSaw.countDown();
                                }
                            });
            awaitLatch(innerRuns);
            assertThat(outer.cancel(true)).isTrue();
            cancelled.countDown();
            awaitLatch(outerSaw);
            assertThat(innerSaw).isFalse();
            assertThat(scheduler.submit(Thread::interrupted).get(30, SECONDS)).isFalse();
        }
    }

    @Test
    void anInterruptForAForkedTaskPassesOverASubmissionThatRunsOnTopOfIt() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            CountDownLatch innerRuns = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            AtomicBoolean innerSaw = new AtomicBoolean();
            AtomicBoolean forkedSaw = new AtomicBoolean();
            AtomicReference<Task<?>> forked = new AtomicReference<>();
            Future<?> outer =
                    scheduler.submit(
                            () -> {
                                Task<?> task =
                                        Task.adapt(
                                                () -> {
                                                    Object unused =
                                                            scheduler
                                                                    .submit(
                                                                            () -> {
                                                                                innerRuns
                                                                                        .countDown();
                                                                                awaitLatch(
                                                                                        cancelled);
                                                                                innerSaw.set(
                                                                                        Thread
                                                                                                .interrupted());
                                                                            })
                                                                    .join();
                                                    forkedSaw.set(Thread.interrupted());
                                                });
                                forked.set(task);
                                task.fork().quietlyJoin();
                            });
            awaitLatch(innerRuns);
            assertThat(forked.get().cancel(true)).isTrue();
            cancelled.countDown();
            outer.get(30, SECONDS);
            assertThat(innerSaw).isFalse();
            assertThat(forkedSaw).isTrue();
        }
    }

    @Test
    void anEndlessRecursionOfSubmissionsEndsAndTheWorkersGoOn() throws Exception {
        for (int workers = 1; workers <= 2; workers++) {
            try (Scheduler scheduler =
                    Scheduler.builder()
                            .workers(workers)
                            .pinning(Pinning.NONE)
                            .stackSize(1 << 18)
                            .build()) {
                for (int round = 0; round < 5; round++) {
                    AtomicInteger calls = new AtomicInteger();
                    Future<Integer> root = scheduler.submit(() -> endless(scheduler, calls, 0));
                    assertThatThrownBy(() -> root.get(30, SECONDS))
                            .isInstanceOf(ExecutionException.class)
                            .hasRootCauseInstanceOf(StackOverflowError.class);
                    assertThat(scheduler.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
                }
            }
        }
    }

    /** A call that fails may leave a submission that nobody waits for, an endless recursion too. */
    private static int endless(Scheduler scheduler, AtomicInteger calls, int depth)
            throws Exception {
        if (calls.incrementAndGet() > 20_000) {
            throw new StackOverflowError("so that these die out");
        }
        Task<Integer> older = scheduler.submit(() -> endless(scheduler, calls, depth + 1));
        Task<Integer> newer = scheduler.submit(() -> depth);
        return (depth % 2 == 0 ? older.get() : older.get(30, SECONDS)) + newer.get();
    }

    @Test
    void tasksThatSubmitAndWaitLeaveNothingInTheDeque() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            int depth = 10;
            AtomicInteger most = new AtomicInteger();
            assertThat(scheduler.submit(() -> countNested(scheduler, depth, most)).get(30, SECONDS))
                    .isEqualTo((2 << depth) - 1);
            assertThat(most.get()).isBetween(1, 2 * depth);
        }
    }

    @Test
    void whatEndedBelowARunStaysThere() throws Exception {
        try (Scheduler scheduler =
                Scheduler.builder().workers(1).maxSpares(0).pinning(Pinning.NONE).build()) {
            Task<Integer> root =
                    scheduler.submit(
                            () -> {
                                List<Task<Integer>> ended = new ArrayList<>();
                                for (int i = 0; i < 4; i++) {
                                    ended.add(scheduler.submit(() -> 1));
                                }
                                Task<Integer> next =
                                        scheduler.submit(
                                                () -> scheduler.submit(() -> 2).get() + forkTwo());
                                int sum = 0;
                                for (Task<Integer> task : ended) {
                                    sum += task.get();
                                }
                                return sum + next.get();
                            });
            assertThat(root.get(30, SECONDS)).isEqualTo(13);
        }
    }

    /** Joins the older one first, which only helping finds in the deque. */
    private static int forkTwo() {
        Task<Integer> older = Task.adapt(() -> 3).fork();
        Task<Integer> newer = Task.adapt(() -> 4).fork();
        return older.join() + newer.join();
    }

    private static int countNested(Scheduler scheduler, int depth, AtomicInteger most)
            throws Exception {
        if (depth == 0) {
            most.accumulateAndGet(Task.getQueuedTaskCount(), Math::max);
            return 1;
        }
        Task<Integer> left = scheduler.submit(() -> countNested(scheduler, depth - 1, most));
        Task<Integer> right = scheduler.submit(() -> countNested(scheduler, depth - 1, most));
        return 1 + left.get(30, SECONDS) + right.get();
    }

    @Test
    void anInterruptThatAnInnerTaskLeftBehindDoesNotReachTheOuterOne() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            boolean leaked =
                    scheduler
                            .submit(
                                    () -> {
                                        Runnable careless = Thread.currentThread()::interrupt;
                                        Object unused = scheduler.submit(careless).join();
                                        return Thread.interrupted();
                                    })
                            .get(30, SECONDS);
            assertThat(leaked).isFalse();
        }
    }

    @Test
    void shutdownNowInterruptsATaskThatBeginsAfterIt() throws Exception {
        for (int round = 0; round < 200; round++) {
            Scheduler scheduler = pool(1);
            CountDownLatch forEver = new CountDownLatch(1);
            scheduler.execute(
                    () -> {
                        try {
                            forEver.await();
                        } catch (InterruptedException ex) {
                            Thread.currentThread().interrupt();
                        }
                    });
            List<Runnable> unstarted = scheduler.shutdownNow();
            assertThat(unstarted).hasSizeLessThan(2);
            assertThat(scheduler.awaitTermination(30, SECONDS)).as("round %d", round).isTrue();
        }
    }

    /** W3 for a worker that was woken while it waits in a join. */
    @Test
    void aWaitingWorkerThatIsWokenForOneSubmissionDoesNotHideTheNext() throws Exception {
        try (Scheduler scheduler = pool(3)) {
            CountDownLatch over = new CountDownLatch(1);
            CountDownLatch taken = new CountDownLatch(1);
            Future<?> load =
                    scheduler.submit(
                            () -> {
                                Task<?> child =
                                        Task.adapt(
                                                () -> {
                                                    taken.countDown();
                                                    awaitLatch(over);
                                                });
                                child.fork();
                                awaitLatch(taken);
                                Object unused = child.join();
                            });
            awaitLatch(taken);
            try {
                for (int round = 0; round < 2_000; round++) {
                    CountDownLatch second = new CountDownLatch(1);
                    Future<?> first = scheduler.submit(() -> awaitLatch(second));
                    scheduler.execute(second::countDown);
                    first.get(30, SECONDS);
                }
            } finally {
                over.countDown();
            }
            load.get(30, SECONDS);
        }
    }

    @Test
    void submissionsThatWaitBehindOneAreNotPiledUpOnItsJoin() throws Exception {
        ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
        AtomicInteger deepest = new AtomicInteger();
        try (Scheduler scheduler = pool(2)) {
            CountDownLatch gate = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                scheduler.execute(
                        () -> {
                            gate.countDown();
                            awaitLatch(gate);
                            spinFor(Duration.ofMillis(20)); // the rest queues up meanwhile
                        });
            }
            List<Future<?>> all = new java.util.ArrayList<>();
            for (int i = 0; i < 300; i++) {
                all.add(
                        scheduler.submit(
                                () -> {
                                    depth.set(depth.get() + 1);
                                    deepest.accumulateAndGet(depth.get(), Math::max);
                                    Task<?> child =
                                            Task.adapt(() -> spinFor(Duration.ofNanos(300_000)));
                                    child.fork();
                                    spinFor(Duration.ofNanos(100_000)); // let it be stolen
                                    Object unused = child.join();
                                    depth.set(depth.get() - 1);
                                }));
            }
            for (Future<?> future : all) {
                future.get(60, SECONDS);
            }
        }
        assertThat(deepest.get()).isLessThanOrEqualTo(20);
    }

    @Test
    void aTaskMayWaitForOneThatLiesDeeperInTheDequeOfItsOwnWorker() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            int sum =
                    scheduler
                            .submit(
                                    () -> {
                                        Task<Integer> older = Task.adapt(() -> 1).fork();
                                        Task<Integer> inner = scheduler.submit(older::join);
                                        return inner.join() + older.join();
                                    })
                            .get(30, SECONDS);
            assertThat(sum).isEqualTo(2);
        }
    }

    /** A task that submits itself again, so that the queue is not empty until all of these stop. */
    private record Again(Scheduler scheduler, AtomicBoolean over) implements Runnable {

        @Override
        public void run() {
            if (!over.get()) {
                scheduler.execute(this);
            }
        }
    }

    @Test
    void whatABlockedWorkerTookIsRunThoughSubmissionsNeverEnd() throws Exception {
        CountDownLatch firstGate = new CountDownLatch(1);
        CountDownLatch secondGate = new CountDownLatch(1);
        CountDownLatch bothWait = new CountDownLatch(2);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(20);
        AtomicBoolean over = new AtomicBoolean();
        try (Scheduler scheduler = pool(2)) {
            for (CountDownLatch gate : List.of(firstGate, secondGate)) {
                scheduler.execute(
                        () -> {
                            bothWait.countDown();
                            awaitLatch(gate);
                        });
            }
            awaitLatch(bothWait);
            scheduler.execute(
                    () -> {
                        blocked.countDown();
                        awaitLatch(end); // no wait that the scheduler knows of
                    });
            for (int i = 0; i < 20; i++) {
                scheduler.execute(ran::countDown);
            }
            for (int i = 0; i < 200; i++) {
                scheduler.execute(new Again(scheduler, over));
            }
            firstGate.countDown();
            awaitLatch(blocked); // its worker has taken the twenty, too
            secondGate.countDown();
            try {
                assertThat(ran.await(20, SECONDS)).isTrue();
            } finally {
                over.set(true);
                end.countDown();
            }
        }
    }

    @Test
    void aStackOverflowInExecuteTakesItsForkedTasksWithIt() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        Scheduler scheduler =
                Scheduler.builder()
                        .workers(1)
                        .stackSize(1 << 20)
                        .uncaughtExceptionHandler((thread, thrown) -> heard.incrementAndGet())
                        .build();
        scheduler.execute(() -> endless().invoke());
        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(60, SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(30)).untilAtomic(heard, org.hamcrest.Matchers.is(1));
    }

    private static RecursiveAction endless() {
        return new RecursiveAction() {
            @Override
            protected void compute() {
                endless().fork().join();
            }
        };
    }
}
