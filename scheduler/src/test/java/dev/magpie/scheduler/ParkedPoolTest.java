package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Single submissions to a pool that sleeps, or is about to: each wakes somebody. Idle workers park
 * without a timeout, so a lost wake-up would last for ever.
 */
@Timeout(1200)
class ParkedPoolTest {

    private static final int SUBMISSIONS = Boolean.getBoolean("magpie.long") ? 1_000_000 : 10_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void eachSubmissionWakesAWorker(int workers) throws Exception {
        try (Scheduler scheduler =
                Scheduler.builder().workers(workers).pinning(Pinning.NONE).build()) {
            for (int i = 0; i < SUBMISSIONS; i++) {
                Future<Integer> one = scheduler.submit(() -> 1);
                assertThat(one.get(30, SECONDS)).isEqualTo(1);
                int pause = i % 100; // from before the worker searches to after it sleeps
                for (int spin = pause * pause; spin > 0; spin--) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stormsOfInterruptsAndUnparksDisturbNothing(int workers) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        try (Scheduler scheduler =
                Scheduler.builder().workers(workers).pinning(Pinning.NONE).build()) {
            Thread storm =
                    new Thread(
                            () -> {
                                while (!isOver.get()) {
                                    for (Worker worker : scheduler.pool().workers()) {
                                        worker.interrupt();
                                        LockSupport.unpark(worker.thread());
                                    }
                                    LockSupport.parkNanos(20_000);
                                }
                            });
            storm.start();
            try {
                for (int i = 0; i < SUBMISSIONS / 5; i++) {
                    int n = i % 12;
                    Task<Integer> task =
                            Task.adapt(
                                    () -> {
                                        Task<Integer> child = Task.adapt(() -> n);
                                        child.fork();
                                        return child.join() + 1;
                                    });
                    assertThat(scheduler.submit(task).join()).isEqualTo(n + 1);
                }
            } finally {
                isOver.set(true);
                storm.join(SECONDS.toMillis(60));
            }
        }
    }
}
