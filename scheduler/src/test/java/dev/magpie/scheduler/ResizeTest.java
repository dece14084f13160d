package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code setParallelism}, {@code awaitQuiescence} and {@code helpQuiesce}. */
@Timeout(120)
class ResizeTest {

    private static Scheduler pool(int workers) {
        return Scheduler.builder().workers(workers).pinning(Pinning.NONE).build();
    }

    @Test
    void moreRunAfterItWasRaised() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            assertThat(scheduler.setParallelism(3)).isEqualTo(1);
            assertThat(scheduler.getParallelism()).isEqualTo(3);
            CyclicBarrier barrier = new CyclicBarrier(3); // passed only if three run at once
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(scheduler.submit(() -> barrier.await(60, SECONDS)));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get(60, SECONDS)).isBetween(0, 2);
            }
        }
    }

    @Test
    void fewerRunAfterItWasLowered() throws Exception {
        try (Scheduler scheduler = pool(3)) {
            assertThat(scheduler.setParallelism(1)).isEqualTo(3);
            assertThat(scheduler.awaitQuiescence(60, SECONDS)).isTrue();
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                all.add(
                        scheduler.submit(
                                () -> {
                                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                    Thread.yield();
                                    running.decrementAndGet();
                                }));
            }
            for (Future<?> one : all) {
                one.get(60, SECONDS);
            }
            assertThat(most).hasValue(1);
            assertThat(scheduler.setParallelism(3)).isEqualTo(1);
            CyclicBarrier barrier = new CyclicBarrier(3);
            List<Future<Integer>> again = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                again.add(scheduler.submit(() -> barrier.await(60, SECONDS)));
            }
            for (Future<Integer> one : again) {
                assertThat(one.get(60, SECONDS)).isBetween(0, 2);
            }
        }
    }

    @Test
    void aComputationGoesOnWhileTheSizeChanges() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            Future<Long> fib = scheduler.submit(new Fib(27));
            for (int i = 0; i < 200; i++) {
                scheduler.setParallelism(1 + i % 4);
                assertThat(scheduler.submit(() -> 1).get(60, SECONDS)).isEqualTo(1);
            }
            assertThat(fib.get(60, SECONDS)).isEqualTo(196_418L);
        }
    }

    private static final class Fib extends RecursiveTask<Long> {
        private final int number;

        Fib(int number) {
            this.number = number;
        }

        @Override
        protected Long compute() {
            if (number < 2) {
                return (long) number;
            }
            Fib left = new Fib(number - 1);
            left.fork();
            return new Fib(number - 2).compute() + left.join();
        }
    }

    @Test
    void parallelismOutOfRangeIsRefused() {
        try (Scheduler scheduler =
                Scheduler.builder().workers(2).maxSpares(3).pinning(Pinning.NONE).build()) {
            assertThatThrownBy(() -> scheduler.setParallelism(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("parallelism must be between 1 and 5, was 0");
            assertThatThrownBy(() -> scheduler.setParallelism(6))
                    .hasMessage("parallelism must be between 1 and 5, was 6");
        }
    }

    @Test
    void quiescenceIsReachedWhenAllIsDone() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            CountDownLatch gate = new CountDownLatch(1);
            AtomicInteger done = new AtomicInteger();
            for (int i = 0; i < 100; i++) {
                scheduler.execute(
                        () -> {
                            awaitLatch(gate);
                            scheduler.execute(done::incrementAndGet);
                        });
            }
            assertThat(scheduler.awaitQuiescence(1, NANOSECONDS)).isFalse();
            assertThat(scheduler.isQuiescent()).isFalse();
            gate.countDown();
            assertThat(scheduler.awaitQuiescence(60, SECONDS)).isTrue();
            assertThat(done).hasValue(100);
            assertThat(scheduler.isQuiescent()).isTrue();
        }
    }

    @Test
    void quiescenceIsNotReachedWhileATaskIsThatWaitedForIt() {
        try (Scheduler scheduler = pool(2)) {
            for (int i = 0; i < 200; i++) {
                Task<?> task = Task.adapt((Runnable) Task::helpQuiesce);
                scheduler.execute(task);
                assertThat(scheduler.awaitQuiescence(60, SECONDS)).isTrue();
                assertThat(task.isDone()).isTrue();
            }
        }
    }

    @Test
    void aWorkerHelpsUntilQuiescence() throws Exception {
        for (int workers = 1; workers <= 3; workers++) {
            try (Scheduler scheduler = pool(workers)) {
                AtomicInteger done = new AtomicInteger();
                int seen =
                        scheduler
                                .submit(
                                        () -> {
                                            for (int i = 0; i < 200; i++) {
                                                Task<?> task = Task.adapt(done::incrementAndGet);
                                                task.fork();
                                                scheduler.execute(done::incrementAndGet);
                                            }
                                            Task.helpQuiesce();
                                            return done.get();
                                        })
                                .get(60, SECONDS);
                assertThat(seen).isEqualTo(400);
            }
        }
    }

    @Test
    void aBacklogIsRunWhileTheNumberChangesAllTheTime() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        try (Scheduler scheduler = pool(1)) {
            Thread resizer =
                    new Thread(
                            () -> {
                                for (int i = 0; !isOver.get(); i++) {
                                    int unused = scheduler.setParallelism(1 + i % 3);
                                    Thread.yield();
                                }
                            });
            resizer.start();
            try {
                for (int round = 0; round < 300; round++) {
                    List<Future<Integer>> all = new ArrayList<>();
                    for (int i = 0; i < 40; i++) {
                        all.add(scheduler.submit(() -> 1));
                    }
                    for (Future<Integer> one : all) {
                        assertThat(one.get(30, SECONDS)).isEqualTo(1);
                    }
                }
            } finally {
                isOver.set(true);
                resizer.join(SECONDS.toMillis(60));
            }
        }
    }

    /** Nobody else would take them: there is one worker, and nothing blocks. */
    @Test
    void aWorkerThatSleptForWantOfAPermitRunsWhatItLeft() throws Exception {
        try (Scheduler scheduler = pool(1)) {
            Pool pool = scheduler.pool();
            CountDownLatch done = new CountDownLatch(3);
            Future<Integer> first =
                    scheduler.submit(
                            () -> {
                                for (int i = 0; i < 3; i++) {
                                    scheduler.execute(done::countDown); // into the own deque
                                }
                                return pool.resize(0);
                            });
            assertThat(first.get(60, SECONDS)).isEqualTo(1);
            await().atMost(Duration.ofSeconds(60)).until(() -> pool.idle.parked() == 1);
            assertThat(done.getCount()).isEqualTo(3);
            assertThat(pool.resize(1)).isZero();
            assertThat(done.await(60, SECONDS)).isTrue();
        }
    }

    @Test
    void twoWorkersMayHelpAtTheSameTime() throws Exception {
        try (Scheduler scheduler = pool(2)) {
            CyclicBarrier both = new CyclicBarrier(2);
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                all.add(
                        scheduler.submit(
                                () -> {
                                    int unused = both.await(60, SECONDS);
                                    return scheduler.awaitQuiescence(60, SECONDS);
                                }));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get(60, SECONDS)).isTrue();
            }
        }
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() {
        try (Scheduler scheduler = pool(1)) {
            CountDownLatch gate = new CountDownLatch(1);
            scheduler.execute(() -> awaitLatch(gate));
            Thread.currentThread().interrupt();
            assertThat(scheduler.awaitQuiescence(60, SECONDS)).isFalse();
            assertThat(Thread.interrupted()).isTrue();
            gate.countDown();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }
}
