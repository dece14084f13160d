package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
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
    void aTaskThatWasDoneWhenItWasSubmittedDoesNotRunWhenItIsReinitialized() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        try (Scheduler single =
                Scheduler.builder().workers(1).maxSpares(0).pinning(Pinning.NONE).build()) {
            Task<Boolean> holder = single.submit(() -> release.await(30, SECONDS));
            Task<Integer> task = Task.adapt(ran::incrementAndGet);
            task.complete(7);
            assertThat(single.submit(task).join()).isEqualTo(7);
            task.reinitialize();
            release.countDown();
            assertThat(holder.join()).isTrue();
        }
        assertThat(ran).hasValue(0);
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

    // ---- rejected

    private static Scheduler closed() {
        Scheduler scheduler = Scheduler.builder().workers(1).pinning(Pinning.NONE).build();
        scheduler.close();
        return scheduler;
    }

    private static RecursiveAction action(Runnable body) {
        return new RecursiveAction() {
            @Override
            protected void compute() {
                body.run();
            }
        };
    }

    private static void submitInVain(Scheduler closed, Task<?> task) {
        assertThatThrownBy(() -> closed.submit(task))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aTaskThatWasRejectedIsCancelledWhereItRunsThen() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Task<?> task =
                action(
                        () -> {
                            started.countDown();
                            try {
                                boolean unused = new CountDownLatch(1).await(30, SECONDS);
                            } catch (InterruptedException ex) {
                                interrupted.countDown();
                            }
                        });
        submitInVain(closed(), task);
        scheduler.submit(task);
        assertThat(started.await(30, SECONDS)).isTrue();
        assertThat(task.cancel(true)).isTrue();
        assertThat(interrupted.await(20, SECONDS)).isTrue();
    }

    @Test
    void aTaskThatWasRejectedIsRunByAWorkerThatJoinsIt() throws Exception {
        Task<?> task = action(() -> {});
        submitInVain(closed(), task);
        try (Scheduler own =
                Scheduler.builder().workers(1).maxSpares(0).pinning(Pinning.NONE).build()) {
            // a submission of the high lane lies where only a free worker, or who joins it, finds
            // it
            Task<Object> joins =
                    own.submit(
                            () -> {
                                own.submit(task, Priority.HIGH);
                                return task.join();
                            });
            try {
                assertThat(joins.get(20, SECONDS)).isNull();
            } finally {
                task.cancel(false); // otherwise it would be waited for
            }
        }
    }

    @Test
    void aTaskThatWasRejectedMayBeForkedOrCancelled() {
        Task<?> forked = action(() -> {});
        submitInVain(closed(), forked);
        scheduler.submit(() -> forked.fork().join()).join();
        assertThat(forked.isCompletedNormally()).isTrue();
        Task<?> cancelled = action(() -> {});
        submitInVain(closed(), cancelled);
        assertThat(cancelled.cancel(false)).isTrue();
        assertThat(cancelled.isDone()).isTrue();
        assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void aTaskThatIsRejectedWhileItWaitsElsewhereStaysThere() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        Task<?> task = action(ran::incrementAndGet);
        try (Scheduler own = Scheduler.builder().workers(1).pinning(Pinning.NONE).build()) {
            Task<?> first = own.submit(() -> gate.await(30, SECONDS));
            own.submit(task);
            submitInVain(closed(), task);
            gate.countDown();
            first.get(30, SECONDS);
            assertThat(task.get(30, SECONDS)).isNull();
        }
        assertThat(ran).hasValue(1);
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
