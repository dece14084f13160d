package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While a worker blocks another runs in its place, and never more run than may. */
@Timeout(120)
class BlockingTest {

    private static SchedulerBuilder builder(int workers) {
        return Scheduler.builder().workers(workers).name("pool").pinning(Pinning.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void othersRunWhileAllWorkersBlock(int workers) throws Exception {
        try (Scheduler scheduler = builder(workers).build()) {
            CountDownLatch gate = new CountDownLatch(1);
            CountDownLatch blocked = new CountDownLatch(20);
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(
                        scheduler.submit(
                                () ->
                                        Scheduler.blocking(
                                                () -> {
                                                    blocked.countDown();
                                                    return gate.await(60, SECONDS);
                                                })));
            }
            assertThat(blocked.await(60, SECONDS)).isTrue();
            assertThat(scheduler.submit(() -> 7).get(60, SECONDS)).isEqualTo(7);
            gate.countDown();
            for (Future<Boolean> one : all) {
                assertThat(one.get(60, SECONDS)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void neverMoreRunThanMay(int workers) throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Scheduler scheduler = builder(workers).build()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int seed = i;
                all.add(
                        scheduler.submit(
                                () -> {
                                    int sum = work(running, most, seed);
                                    Scheduler.blocking(
                                            () -> {
                                                Thread.sleep(seed % 3);
                                                return null;
                                            });
                                    Task<Integer> child =
                                            Task.adapt(() -> work(running, most, seed));
                                    child.fork();
                                    sum += work(running, most, seed);
                                    return sum + child.join();
                                }));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get(60, SECONDS)).isNotNull();
            }
        }
        assertThat(most).hasValueLessThanOrEqualTo(workers);
    }

    /** Runs for a while; counts who does at the same time. */
    private static int work(AtomicInteger running, AtomicInteger most, int seed) {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        int hash = seed;
        for (int i = 0; i < 20_000; i++) {
            hash = hash * 31 + i;
        }
        running.decrementAndGet();
        return hash;
    }

    @Test
    void submissionsDuringAJoinHeavyComputationDoNotAddARunnable() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Scheduler scheduler = builder(2).build()) {
            Future<Integer> computation = scheduler.submit(new Tree(16, running, most));
            List<Future<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                others.add(scheduler.submit(() -> work(running, most, 1)));
            }
            for (Future<Integer> other : others) {
                assertThat(other.get(60, SECONDS)).isNotNull();
            }
            assertThat(computation.get(60, SECONDS)).isEqualTo(1 << 16);
        }
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void submissionsAreServedWhileMoreThanEveryWorkerComputesWithoutEnd(int workers)
            throws Exception {
        AtomicInteger ignored = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        try (Scheduler scheduler = builder(workers).build()) {
            List<Future<?>> load = new ArrayList<>();
            for (int i = 0; i < 2 * workers; i++) {
                load.add(scheduler.submit(() -> computeUntil(over, ignored)));
            }
            try {
                for (int i = 0; i < 200; i++) {
                    int expected = i;
                    assertThat(scheduler.submit(() -> expected).get(30, SECONDS))
                            .isEqualTo(expected);
                }
            } finally {
                over.set(true);
            }
            for (Future<?> one : load) {
                one.get(60, SECONDS);
            }
        }
    }

    @Test
    void submissionsInABatchBehindAComputationWithoutEndAreServed() throws Exception {
        AtomicInteger ignored = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (Scheduler scheduler = builder(1).build()) {
            Future<Boolean> first =
                    scheduler.submit(
                            () -> {
                                begun.countDown();
                                return gate.await(60, SECONDS);
                            });
            assertThat(begun.await(60, SECONDS)).isTrue();
            Future<?> load = scheduler.submit(() -> computeUntil(over, ignored));
            List<Future<Integer>> behind = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int expected = i;
                behind.add(scheduler.submit(() -> expected)); // taken with the load, in one batch
            }
            gate.countDown();
            try {
                for (int i = 0; i < 10; i++) {
                    assertThat(behind.get(i).get(30, SECONDS)).isEqualTo(i);
                }
            } finally {
                over.set(true);
            }
            assertThat(first.get(60, SECONDS)).isTrue();
            load.get(60, SECONDS);
        }
    }

    private static void computeUntil(AtomicBoolean over, AtomicInteger ignored) {
        while (!over.get()) {
            assertThat(new Tree(6, ignored, ignored).invoke()).isEqualTo(64);
        }
    }

    private static final class Tree extends RecursiveTask<Integer> {
        private final int depth;
        private final AtomicInteger running;
        private final AtomicInteger most;

        Tree(int depth, AtomicInteger running, AtomicInteger most) {
            this.depth = depth;
            this.running = running;
            this.most = most;
        }

        @Override
        protected Integer compute() {
            if (depth == 0) {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                for (int i = 0; i < 200; i++) {
                    Thread.onSpinWait();
                }
                running.decrementAndGet();
                return 1;
            }
            Tree left = new Tree(depth - 1, running, most);
            left.fork();
            return new Tree(depth - 1, running, most).compute() + left.join();
        }
    }

    @Test
    void atTheBoundItBlocksWithoutASpareAndIsCounted() throws Exception {
        try (Scheduler scheduler = builder(1).maxSpares(0).build()) {
            CountDownLatch gate = new CountDownLatch(1);
            CountDownLatch blocked = new CountDownLatch(1);
            Future<Boolean> first =
                    scheduler.submit(
                            () ->
                                    Scheduler.blocking(
                                            () -> {
                                                blocked.countDown();
                                                return gate.await(60, SECONDS);
                                            }));
            assertThat(blocked.await(60, SECONDS)).isTrue();
            Future<Integer> second = scheduler.submit(() -> 2);
            assertThat(second.isDone()).isFalse();
            assertThat(scheduler.stats().refusedSpares()).isPositive();
            gate.countDown();
            assertThat(first.get(60, SECONDS)).isTrue();
            assertThat(second.get(60, SECONDS)).isEqualTo(2);
            assertThat(scheduler.stats().spares()).isEmpty();
        }
    }

    @Test
    void aHolderThatBlocksWithoutSayingSoIsNotWaitedFor() throws Exception {
        try (Scheduler scheduler = builder(1).build()) {
            ReentrantLock lock = new ReentrantLock();
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch contended = new CountDownLatch(1);
            Future<Boolean> first =
                    scheduler.submit(
                            () -> {
                                lock.lock();
                                try {
                                    inside.countDown();
                                    return Scheduler.blocking(() -> contended.await(60, SECONDS));
                                } finally {
                                    lock.unlock();
                                }
                            });
            assertThat(inside.await(60, SECONDS)).isTrue();
            Future<Integer> second =
                    scheduler.submit(
                            () -> {
                                contended.countDown();
                                lock.lock(); // held by the first, which waits for this one's permit
                                lock.unlock();
                                return 2;
                            });
            assertThat(first.get(60, SECONDS)).isTrue();
            assertThat(second.get(60, SECONDS)).isEqualTo(2);
        }
    }

    @Test
    void forkedTasksAreSeenWhileTheirOwnerBlocks() throws Exception {
        try (Scheduler scheduler = builder(1).build()) {
            CyclicBarrier barrier = new CyclicBarrier(2);
            int sum =
                    scheduler
                            .submit(
                                    () -> {
                                        Task<Integer> child =
                                                Task.adapt(
                                                        () ->
                                                                Scheduler.blocking(
                                                                        () ->
                                                                                barrier.await(
                                                                                        60,
                                                                                        SECONDS)));
                                        child.fork();
                                        int mine =
                                                Scheduler.blocking(
                                                        () -> barrier.await(60, SECONDS));
                                        return mine + child.join();
                                    })
                            .get(60, SECONDS);
            assertThat(sum).isEqualTo(1);
        }
    }

    @Test
    void whatTheCallableThrowsArrivesAsItself() throws Exception {
        IOException failure = new IOException("disk");
        try (Scheduler scheduler = builder(1).build()) {
            Future<Object> future =
                    scheduler.submit(
                            () ->
                                    Scheduler.blocking(
                                            () -> {
                                                throw failure;
                                            }));
            assertThatThrownBy(() -> future.get(60, SECONDS)).hasCause(failure);
        }
        assertThat(Scheduler.<Integer>blocking(() -> 3)).as("outside").isEqualTo(3);
        assertThatThrownBy(() -> Scheduler.blocking(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("callable");
    }

    @Test
    void anInterruptReachesTheCallableThatBlocks() throws Exception {
        try (Scheduler scheduler = builder(1).build()) {
            CountDownLatch blocked = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<Boolean> future =
                    scheduler.submit(
                            () ->
                                    Scheduler.blocking(
                                            () -> {
                                                blocked.countDown();
                                                try {
                                                    return new CountDownLatch(1).await(60, SECONDS);
                                                } catch (InterruptedException ex) {
                                                    interrupted.countDown();
                                                    throw ex;
                                                }
                                            }));
            assertThat(blocked.await(60, SECONDS)).isTrue();
            assertThat(future.cancel(true)).isTrue();
            assertThat(interrupted.await(60, SECONDS)).isTrue();
            assertThat(scheduler.submit(() -> Thread.interrupted()).get(60, SECONDS)).isFalse();
        }
    }
}
