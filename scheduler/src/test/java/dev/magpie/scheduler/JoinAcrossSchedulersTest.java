package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that waits for a task of another scheduler runs nothing of other computations. */
@Timeout(120)
class JoinAcrossSchedulersTest {

    private final CountDownLatch published = new CountDownLatch(1);
    private final CountDownLatch ran = new CountDownLatch(3);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final CompletableFuture<Integer> thief = new CompletableFuture<>();
    private final Queue<Thread> runners = new ConcurrentLinkedQueue<>();

    private static Scheduler pool() {
        return Scheduler.builder().workers(2).pinning(Pinning.NONE).build();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private static int index() {
        return WorkerThread.current().worker().index;
    }

    /** Forks what others may take, and goes on when they have run it. */
    private void computeOther() {
        Runnable part =
                () -> {
                    runners.add(Thread.currentThread());
                    ran.countDown();
                };
        Task.invokeAll(
                Task.adapt(
                        () -> {
                            published.countDown();
                            awaitLatch(ran);
                        }),
                Task.adapt(part),
                Task.adapt(part),
                Task.adapt(part));
    }

    /**
     * Of two computations one waits for what another scheduler runs, the other one runs on the
     * worker whose number is that of the thief there. Returns the thread that waited.
     */
    private Thread runBoth(Scheduler scheduler, Runnable wait) throws Exception {
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        Runnable either =
                () -> {
                    awaitBoth();
                    if (index() == thief.join()) {
                        computeOther();
                        mayEnd.countDown();
                    } else {
                        waiting.complete(Thread.currentThread());
                        awaitLatch(published);
                        wait.run();
                    }
                };
        Task<?> first = scheduler.submit(either);
        Task<?> second = scheduler.submit(either);
        first.get(60, SECONDS);
        second.get(60, SECONDS);
        return waiting.get(60, SECONDS);
    }

    private void awaitBoth() {
        try {
            int unused = both.await(60, SECONDS);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    /** A task of another scheduler that a worker there has stolen. */
    private Task<?> stolenIn(Scheduler other) {
        CompletableFuture<Task<?>> stolen = new CompletableFuture<>();
        other.execute(
                () -> {
                    stolen.complete(
                            other.submit(
                                    () -> {
                                        thief.complete(index());
                                        awaitLatch(mayEnd);
                                    }));
                    awaitLatch(mayEnd);
                });
        return stolen.join();
    }

    @Test
    void aJoinOfWhatAnotherSchedulerRunsTakesNothingFromItsOwn() throws Exception {
        try (Scheduler one = pool();
                Scheduler two = pool()) {
            Task<?> stolen = stolenIn(two);
            Thread waiting = runBoth(one, stolen::quietlyJoin);
            assertThat(stolen.isCompletedNormally()).isTrue();
            assertThat(runners).hasSize(3).doesNotContain(waiting);
        }
    }
}
