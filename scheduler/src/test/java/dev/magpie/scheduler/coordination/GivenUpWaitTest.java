package dev.magpie.scheduler.coordination;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.magpie.scheduler.Pinning;
import dev.magpie.scheduler.Scheduler;
import dev.magpie.scheduler.Task;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A wait that is over is given up at once, not when its worker has a core again: what is handed out
 * meanwhile goes to those who still wait.
 */
@Timeout(60)
class GivenUpWaitTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Scheduler single =
            Scheduler.builder().workers(1).name("single").pinning(Pinning.NONE).build();

    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        single.close();
    }

    /** Starts a wait in the only worker, and then something else that keeps its core. */
    private <T> Task<T> startAndTakeItsCore(Callable<T> wait) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Task<T> waiting =
                single.submit(
                        () -> {
                            begun.countDown();
                            return wait.call();
                        });
        assertThat(begun.await(30, SECONDS)).isTrue();
        CountDownLatch busy = new CountDownLatch(1);
        single.execute(
                () -> { // starts when the wait has given its core away
                    busy.countDown();
                    while (release.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                });
        assertThat(busy.await(30, SECONDS)).isTrue();
        return waiting;
    }

    @Test
    void aReceiveThatIsCancelledTakesNothingMore() throws Exception {
        Channel<String> channel = Channel.unbounded();
        Task<String> waiting = startAndTakeItsCore(channel::receive);
        await().atMost(LONG).until(() -> channel.toString().contains("receivers=1"));
        waiting.cancel(true);
        await().atMost(LONG).until(() -> channel.toString().contains("receivers=0"));
        assertThat(channel.trySend("x")).isTrue();
        assertThat(channel.tryReceive()).isEqualTo("x");
    }

    @Test
    void aReceiveWhoseTimeIsOverTakesNothingMore() throws Exception {
        Channel<String> channel = Channel.unbounded();
        Task<String> waiting = startAndTakeItsCore(() -> channel.receive(100, MILLISECONDS));
        await().atMost(LONG).until(() -> channel.toString().contains("receivers=0"));
        assertThat(channel.trySend("x")).isTrue();
        release.countDown();
        assertThat(waiting.get(30, SECONDS)).isNull();
        assertThat(channel.tryReceive()).isEqualTo("x");
    }

    @Test
    void anAcquireThatIsCancelledHoldsNobodyUp() throws Exception {
        AsyncSemaphore semaphore = new AsyncSemaphore(1);
        semaphore.acquire();
        Task<Boolean> waiting =
                startAndTakeItsCore(
                        () -> {
                            semaphore.acquire();
                            return true;
                        });
        await().atMost(LONG).until(() -> semaphore.getQueueLength() == 1);
        waiting.cancel(true);
        await().atMost(LONG).until(() -> semaphore.getQueueLength() == 0);
        semaphore.release();
        assertThat(semaphore.tryAcquire()).isTrue();
    }

    @Test
    void anAcquireWhoseTimeIsOverHoldsNobodyUp() throws Exception {
        AsyncSemaphore semaphore = new AsyncSemaphore(1);
        semaphore.acquire();
        Task<Boolean> waiting = startAndTakeItsCore(() -> semaphore.tryAcquire(100, MILLISECONDS));
        await().atMost(LONG).until(() -> semaphore.getQueueLength() == 0);
        semaphore.release();
        assertThat(semaphore.tryAcquire()).isTrue();
        release.countDown();
        assertThat(waiting.get(30, SECONDS)).isFalse();
    }

    @Test
    void aSelectThatIsCancelledTakesNothingMore() throws Exception {
        Promise<String> choice = new Promise<>(null); // what a select waits for
        Task<Boolean> waiting =
                startAndTakeItsCore(() -> Waits.awaitServed(choice, Long.MAX_VALUE));
        waiting.cancel(true);
        await().atMost(LONG).until(choice::isCancelled);
    }
}
