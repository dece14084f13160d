package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A future that {@code shutdownNow} handed back belongs to the scheduler that executes it next. */
@Timeout(120)
class HandedBackTest {

    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private final Scheduler second =
            Scheduler.builder().workers(2).maxSpares(0).pinning(Pinning.NONE).build();

    @AfterEach
    void everythingEnds() {
        mayEnd.countDown();
        second.shutdownNow();
        second.close();
    }

    private static void awaitLatch(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(60, SECONDS)).isTrue();
    }

    /** Submits a callable to a scheduler that has no time for it, and shuts that down. */
    private static <T> Task<T> handedBack(Callable<T> callable) throws InterruptedException {
        try (Scheduler first =
                Scheduler.builder().workers(1).maxSpares(0).pinning(Pinning.NONE).build()) {
            CountDownLatch started = new CountDownLatch(1);
            first.execute(
                    () -> {
                        started.countDown();
                        boolean unused = sleptThrough(); // until shutdownNow
                    });
            awaitLatch(started);
            Task<T> future = first.submit(callable);
            assertThat(first.shutdownNow()).singleElement().isSameAs(future);
            return future;
        }
    }

    /** Returns false as soon as the calling thread is interrupted. */
    private static boolean sleptThrough() {
        try {
            return !new CountDownLatch(1).await(30, SECONDS);
        } catch (InterruptedException ex) {
            return false;
        }
    }

    @Test
    void aWorkerThatWaitsForItRunsIt() throws Exception {
        Task<Integer> future = handedBack(() -> 7);
        second.execute(this::awaitEnd);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch executed = new CountDownLatch(1);
        Task<Integer> waits =
                second.submit(
                        () -> {
                            started.countDown();
                            awaitLatch(executed);
                            return future.get();
                        });
        awaitLatch(started); // both workers are busy, and there is no spare
        second.execute((Runnable) future);
        executed.countDown();
        assertThat(waits.get(20, SECONDS)).isEqualTo(7);
    }

    private void awaitEnd() {
        try {
            awaitLatch(mayEnd);
        } catch (InterruptedException ex) {
            return; // the end, too
        }
    }

    @Test
    void whoWaitedBeforeGetsTheResult() throws Exception {
        Task<Integer> future = handedBack(() -> 7);
        try (Scheduler waiting = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
            Task<Integer> waits = waiting.submit(() -> future.get());
            second.execute((Runnable) future);
            assertThat(waits.get(30, SECONDS)).isEqualTo(7);
        }
    }

    @Test
    void cancelReachesWhatItHasForked() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        Callable<Boolean> part =
                () -> {
                    started.countDown();
                    if (!sleptThrough()) {
                        interrupted.countDown();
                    }
                    return true;
                };
        Task<Boolean> future =
                handedBack(
                        () -> {
                            Task.adapt(part).fork();
                            return part.call();
                        });
        second.execute((Runnable) future);
        awaitLatch(started);
        assertThat(future.cancel(true)).isTrue();
        assertThat(interrupted.await(20, SECONDS)).isTrue();
    }
}
