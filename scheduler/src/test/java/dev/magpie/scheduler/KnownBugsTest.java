package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bugs that other schedulers had, by the names that they have there; see docs/known-bugs.md. */
@Timeout(120)
class KnownBugsTest {

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    /** A worker that blocks must not swallow the signal for a task submitted beside it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void jdk8373118aBlockedWorkerAndANestedSubmission(int workers) throws Exception {
        try (Scheduler scheduler = pool(workers)) {
            for (int round = 0; round < 200; round++) {
                CountDownLatch gate = new CountDownLatch(1);
                List<Future<Boolean>> blocked = new ArrayList<>();
                for (int i = 0; i < workers - 1; i++) {
                    blocked.add(scheduler.submit(() -> gate.await(60, SECONDS)));
                }
                Future<Future<Integer>> nested = scheduler.submit(() -> scheduler.submit(() -> 7));
                assertThat(nested.get(60, SECONDS).get(60, SECONDS)).isEqualTo(7);
                gate.countDown();
                for (Future<Boolean> one : blocked) {
                    assertThat(one.get(60, SECONDS)).isTrue();
                }
            }
        }
    }

    @Test
    void jdk8301216invokeAllEndsWithItsTimeout() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            CountDownLatch gate = new CountDownLatch(1);
            try {
                List<Callable<Boolean>> tasks =
                        List.of(() -> gate.await(100, SECONDS), () -> gate.await(100, SECONDS));
                List<Future<Boolean>> all = scheduler.invokeAll(tasks, 50, MILLISECONDS);
                assertThat(gate.getCount()).as("returned before the tasks could end").isOne();
                assertThat(all).hasSize(2).allMatch(Future::isCancelled);
            } finally {
                gate.countDown();
            }
        }
    }

    @Test
    void jdk8365065getOfACancelledTask() {
        try (Scheduler scheduler = pool(1)) {
            Future<Boolean> running =
                    scheduler.submit(() -> new CountDownLatch(1).await(100, SECONDS));
            assertThat(running.cancel(true)).isTrue();
            assertThatThrownBy(running::get).isExactlyInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> running.get(1, SECONDS))
                    .isExactlyInstanceOf(CancellationException.class);
        }
    }

    @Test
    void jdk8385830getOfWhatIsDoneKeepsTheInterrupt() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            Task<Integer> done = scheduler.submit(() -> 1);
            assertThat(done.get(60, SECONDS)).isEqualTo(1);
            Thread.currentThread().interrupt();
            assertThat(done.join()).isEqualTo(1);
            assertThat(done.get()).isEqualTo(1);
            assertThat(done.get(60, SECONDS)).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Two timed waits for one task: neither may spend its time spinning. */
    @Test
    void jdk8390870timedGetsOfTwoWaitersSleep() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (Scheduler scheduler = pool(1)) {
            Future<Boolean> task = scheduler.submit(() -> gate.await(100, SECONDS));
            List<Thread> threads = new ArrayList<>();
            AtomicLong cpuNanos = new AtomicLong();
            AtomicLong nanos = new AtomicLong();
            for (int i = 0; i < 2; i++) {
                Thread thread =
                        new Thread(
                                () -> {
                                    long start = System.nanoTime();
                                    assertThatThrownBy(() -> task.get(700, MILLISECONDS))
                                            .isInstanceOf(TimeoutException.class);
                                    nanos.addAndGet(System.nanoTime() - start);
                                    cpuNanos.addAndGet(
                                            ManagementFactory.getThreadMXBean()
                                                    .getCurrentThreadCpuTime());
                                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join(SECONDS.toMillis(60));
            }
            gate.countDown();
            assertThat(nanos.get()).isPositive();
            assertThat((double) cpuNanos.get() / nanos.get()).isLessThan(0.5);
        }
    }

    /** Whoever completes a task must not touch it any more: its owner may use it again at once. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void rayon739aTaskIsUsedAgainAsSoonAsItIsJoined(int workers) throws Exception {
        try (Scheduler scheduler = pool(workers)) {
            AtomicInteger runs = new AtomicInteger();
            Task<Integer> reused = Task.adapt(runs::incrementAndGet, 7);
            Callable<Integer> body =
                    () -> {
                        for (int i = 0; i < 50_000; i++) {
                            reused.fork();
                            for (int spin = i % 64; spin > 0; spin--) {
                                Thread.onSpinWait(); // gives thieves some time
                            }
                            assertThat(reused.join()).isEqualTo(7);
                            reused.reinitialize();
                        }
                        return runs.get();
                    };
            assertThat(scheduler.submit(body).get(100, SECONDS)).isEqualTo(50_000);
        }
    }

    /** A task that sleeps inside must not keep the only other worker from being woken. */
    @Test
    void kotlinx3660aFreedPlaceIsSeen() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            for (int round = 0; round < 300; round++) {
                CountDownLatch both = new CountDownLatch(2);
                AtomicBoolean met = new AtomicBoolean();
                Future<Boolean> outer =
                        scheduler.submit(
                                () -> {
                                    both.countDown();
                                    Task<Boolean> child =
                                            Task.adapt(
                                                    () -> {
                                                        both.countDown();
                                                        met.set(both.await(60, SECONDS));
                                                        return true;
                                                    });
                                    child.fork();
                                    return Scheduler.blocking(() -> both.await(60, SECONDS))
                                            && child.join();
                                });
                assertThat(outer.get(60, SECONDS)).isTrue();
                assertThat(met).isTrue();
            }
        }
    }
}
