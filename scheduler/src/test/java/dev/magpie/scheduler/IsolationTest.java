package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A join inside {@code isolated} runs nothing that was forked outside. */
@Timeout(120)
class IsolationTest {

    private interface Section {
        void run(Scheduler scheduler, Callable<?> body) throws Exception;
    }

    /**
     * A task that holds a lock joins something that it can only wait for. Before, it has forked a
     * task that needs the lock too. Returns whether that one ran in the thread that holds the lock:
     * had it called {@code acquire}, both would wait for ever.
     */
    private static boolean meetsItself(Section section) throws Exception {
        Semaphore lock = new Semaphore(1); // not reentrant
        CountDownLatch end = new CountDownLatch(1);
        try (Scheduler scheduler = pool();
                Scheduler other = pool()) {
            Task<?> awaited = other.submit(() -> end.await(60, SECONDS));
            return scheduler
                    .submit(
                            () -> {
                                Thread holder = Thread.currentThread();
                                Task<Boolean> needsLock =
                                        Task.adapt(
                                                () -> {
                                                    end.countDown();
                                                    return !lock.tryAcquire()
                                                            && Thread.currentThread() == holder;
                                                });
                                needsLock.fork();
                                lock.acquire();
                                section.run(
                                        scheduler,
                                        () -> {
                                            awaited.quietlyJoin();
                                            return null;
                                        });
                                lock.release();
                                return needsLock.join();
                            })
                    .get(60, SECONDS);
        }
    }

    private static Scheduler pool() {
        return Scheduler.builder().workers(1).pinning(Pinning.NONE).build();
    }

    @Test
    void aJoinMayRunWhatTheSameComputationForkedBefore() throws Exception {
        assertThat(meetsItself((scheduler, body) -> body.call())).isTrue();
    }

    @Test
    void anIsolatedJoinMayNot() throws Exception {
        assertThat(meetsItself(Scheduler::isolated)).isFalse();
    }

    @Test
    void isolationEndsWithTheCall() throws Exception {
        assertThat(
                        meetsItself(
                                (scheduler, body) -> {
                                    int inner = scheduler.isolated(IsolationTest::forkAndJoin);
                                    assertThat(inner).isEqualTo(3);
                                    Object unused = body.call();
                                }))
                .isTrue();
    }

    private static int forkAndJoin() {
        Task<Integer> one = Task.adapt(() -> 1);
        Task<Integer> two = Task.adapt(() -> 2);
        one.fork();
        two.fork();
        return two.join() + one.join();
    }

    @Test
    void outsideAWorkerItJustRuns() throws Exception {
        try (Scheduler scheduler = pool()) {
            assertThat(scheduler.<Integer>isolated(() -> 5)).isEqualTo(5);
        }
    }
}
