package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The methods of a task beside fork and join, as users of ForkJoinTask know them. */
class TaskTest {

    private final Scheduler scheduler =
            Scheduler.builder().workers(2).name("tasks").pinning(Pinning.NONE).build();

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void aTaskThatIsDoneIsNotRunAgainBySubmittingIt() {
        AtomicInteger ran = new AtomicInteger();
        RecursiveTask<Integer> task =
                new RecursiveTask<>() {
                    @Override
                    protected Integer compute() {
                        return ran.incrementAndGet();
                    }
                };
        scheduler.submit(() -> task.fork().join()).join();
        assertThat(scheduler.submit(task).join()).isEqualTo(1);
        assertThat(scheduler.invoke(task)).isEqualTo(1);
        task.reinitialize();
        assertThat(scheduler.invoke(task)).isEqualTo(2);
    }

    @Test
    void nullIsAResultLikeAnyOther() throws Exception {
        assertThat(scheduler.submit(() -> null).get(30, SECONDS)).isNull();
        assertThat(scheduler.submit(() -> {}).get(30, SECONDS)).isNull();
        assertThat(scheduler.submit(() -> {}, "given").get(30, SECONDS)).isEqualTo("given");
    }

    @Test
    void checkedExceptionsArriveAsThemselves() {
        Task<Object> task =
                scheduler.submit(
                        () -> {
                            throw new IOException("disk");
                        });
        assertThatThrownBy(task::join).isInstanceOf(IOException.class).hasMessage("disk");
        assertThatThrownBy(task::get).hasCauseInstanceOf(IOException.class);
        assertThat(task.getException()).isInstanceOf(IOException.class);
    }

    @Test
    void aTaskKnowsWhereItRuns() {
        assertThat(Task.getPool()).isNull();
        assertThat(Task.inForkJoinPool()).isFalse();
        assertThat(Task.getQueuedTaskCount()).isZero();
        assertThat(Task.getSurplusQueuedTaskCount()).isZero();
        Scheduler seen = scheduler.submit(() -> Task.getPool()).join();
        assertThat(seen).isSameAs(scheduler);
        int queued =
                scheduler
                        .submit(
                                () -> {
                                    CountDownLatch gate = new CountDownLatch(1);
                                    for (int i = 0; i < 5; i++) {
                                        Task.adapt(
                                                        () -> {
                                                            gate.await();
                                                            return null;
                                                        })
                                                .fork();
                                    }
                                    int count = Task.getQueuedTaskCount();
                                    gate.countDown();
                                    return count;
                                })
                        .join();
        assertThat(queued).isBetween(4, 5);
    }

    @Test
    void tryUnforkTakesTheNewestBack() {
        boolean[] taken =
                scheduler
                        .submit(
                                () -> {
                                    Task<?> task = Task.adapt(() -> {});
                                    boolean before = task.tryUnfork();
                                    Task<?> forked = Task.adapt(() -> {});
                                    boolean own = forked.fork().tryUnfork() || forked.isDone();
                                    return new boolean[] {before, own};
                                })
                        .join();
        assertThat(taken[0]).isFalse();
    }

    @Test
    void timeoutsSayHowLongTheWaitWas() {
        CountDownLatch gate = new CountDownLatch(1);
        Task<Object> task =
                scheduler.submit(
                        () -> {
                            gate.await();
                            return null;
                        });
        assertThatThrownBy(() -> task.get(10, MILLISECONDS))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("10 MILLISECONDS");
        assertThatThrownBy(() -> task.get(0, SECONDS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> task.get(-5, SECONDS)).isInstanceOf(TimeoutException.class);
        gate.countDown();
        assertThat(task.join()).isNull();
    }

    @Test
    void workersCarryTheContextClassLoaderOfTheirCreator() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader mine = new ClassLoader(before) {};
        Thread.currentThread().setContextClassLoader(mine);
        try (Scheduler own = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
            assertThat(own.submit(() -> Thread.currentThread().getContextClassLoader()).join())
                    .isSameAs(mine);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    // ---- used again

    @Test
    void anAdaptedTaskThatWasCancelledCanBeUsedAgain() {
        Task<Boolean> task = Task.adapt(() -> Thread.currentThread().isInterrupted());
        assertThat(task.cancel(true)).isTrue();
        task.reinitialize();
        assertThat(scheduler.invoke(task)).isFalse();
        task.reinitialize();
        assertThat(scheduler.submit(() -> task.fork().join()).join()).isFalse();
    }
}
