package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a task submits while it waits is run by others: it may wait for that task in turn. */
@Timeout(120)
class SubmissionInJoinTest {

    private final CompletableFuture<Task<Integer>> self = new CompletableFuture<>();
    private final CompletableFuture<Task<Integer>> audit = new CompletableFuture<>();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    /** A task that another worker has started, and that ends when it may. */
    private Task<Integer> stolenTask(CountDownLatch started) {
        Task<Integer> task =
                Task.adapt(
                        () -> {
                            started.countDown();
                            awaitLatch(mayEnd);
                            return 5;
                        });
        task.fork();
        awaitLatch(started);
        return task;
    }

    private void checkBoth(Task<Integer> task) throws Exception {
        self.complete(task);
        assertThat(task.get(30, SECONDS)).isEqualTo(5);
        assertThat(audit.get(30, SECONDS).get(30, SECONDS)).isEqualTo(6);
    }

    private void submitAudit(Scheduler scheduler) {
        Task<Integer> me = self.join();
        audit.complete(
                scheduler.submit(
                        () -> {
                            mayEnd.countDown();
                            return me.get() + 1;
                        }));
    }

    @Test
    void oneOfTheOwnDequeMayWaitForWhoSubmittedIt() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            checkBoth(
                    scheduler.submit(
                            () -> {
                                Task<Integer> stolen = stolenTask(new CountDownLatch(1));
                                submitAudit(scheduler);
                                return stolen.join();
                            }));
        }
    }

    @Test
    void theSameWhileASubmissionIsAwaited() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            checkBoth(
                    scheduler.submit(
                            () -> {
                                CountDownLatch started = new CountDownLatch(1);
                                Task<Integer> part =
                                        scheduler.submit(
                                                () -> {
                                                    started.countDown();
                                                    awaitLatch(mayEnd);
                                                    return 5;
                                                });
                                awaitLatch(started);
                                submitAudit(scheduler);
                                return part.get();
                            }));
        }
    }

    @Test
    void oneOfTheThiefsDequeMayWaitForTheVictim() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            checkBoth(
                    scheduler.submit(
                            () -> {
                                CountDownLatch started = new CountDownLatch(1);
                                Task<Integer> stolen =
                                        Task.adapt(
                                                () -> {
                                                    started.countDown();
                                                    submitAudit(scheduler);
                                                    awaitLatch(mayEnd);
                                                    return 5;
                                                });
                                stolen.fork();
                                awaitLatch(started);
                                return stolen.join();
                            }));
        }
    }

    @Test
    void aForkedTaskBelowASubmissionIsReached() throws Exception {
        try (Scheduler scheduler =
                Scheduler.builder().workers(1).maxSpares(0).pinning(Pinning.NONE).build()) {
            checkBoth(
                    scheduler.submit(
                            () -> {
                                Task<Integer> forked = Task.adapt(() -> 5);
                                forked.fork();
                                submitAudit(scheduler);
                                return forked.join();
                            }));
            assertThat(scheduler.stats().submissions()).isEqualTo(2); // the one put back once
        }
    }

    @Test
    void aScopeLeavesSubmissionsToOthers() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            checkBoth(
                    scheduler.submit(
                            () -> {
                                try (TaskScope<Object, Void> scope = scheduler.openScope()) {
                                    Task<Integer> part = scope.fork(() -> 5);
                                    submitAudit(scheduler);
                                    scope.join();
                                    return part.join();
                                }
                            }));
        }
    }

    @Test
    void aRunnableMayWantTheLockThatTheJoinerHolds() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            Semaphore lock = new Semaphore(1);
            CompletableFuture<Boolean> locked = new CompletableFuture<>();
            Task<Integer> task =
                    scheduler.submit(
                            () -> {
                                Task<Integer> stolen = stolenTask(new CountDownLatch(1));
                                lock.acquire();
                                try {
                                    scheduler.execute(
                                            () -> {
                                                mayEnd.countDown();
                                                lock.acquireUninterruptibly();
                                                locked.complete(true);
                                            });
                                    return stolen.join();
                                } finally {
                                    lock.release();
                                }
                            });
            assertThat(task.get(30, SECONDS)).isEqualTo(5);
            assertThat(locked.get(30, SECONDS)).isTrue();
        }
    }

    @Test
    void theInterruptOfAJoinerDoesNotReachARunnableThatItExecuted() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            CountDownLatch runs = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            CompletableFuture<Boolean> clean = new CompletableFuture<>();
            Task<Integer> task =
                    scheduler.submit(
                            () -> {
                                Task<Integer> stolen = stolenTask(new CountDownLatch(1));
                                scheduler.execute(
                                        () -> {
                                            runs.countDown();
                                            try {
                                                clean.complete(cancelled.await(30, SECONDS));
                                            } catch (InterruptedException ex) {
                                                clean.complete(false);
                                            }
                                        });
                                return stolen.join();
                            });
            awaitLatch(runs);
            assertThat(task.cancel(true)).isTrue();
            cancelled.countDown();
            assertThat(clean.get(30, SECONDS)).isTrue();
            mayEnd.countDown();
        }
    }
}
