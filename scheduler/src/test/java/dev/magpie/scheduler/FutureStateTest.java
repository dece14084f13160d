package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code state}, {@code resultNow} and {@code exceptionNow} for each way a task can end. */
class FutureStateTest {

    private final CountDownLatch gate = new CountDownLatch(1);
    private Scheduler scheduler;

    @BeforeEach
    void start() {
        scheduler = Scheduler.builder().workers(1).pinning(Pinning.NONE).build();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        scheduler.close();
    }

    private Task<String> running() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Task<String> task =
                scheduler.submit(
                        () -> {
                            started.countDown();
                            gate.await();
                            return "late";
                        });
        assertThat(started.await(30, SECONDS)).isTrue();
        return task;
    }

    private Task<String> failed(Throwable failure) {
        Task<String> task =
                scheduler.submit(
                        () -> {
                            throw Throwables.<RuntimeException>rethrow(failure);
                        });
        task.quietlyJoin();
        return task;
    }

    @Test
    void resultNowIsTheResult() throws Exception {
        Task<String> task = scheduler.submit(() -> "done");
        task.get(30, SECONDS);
        assertThat(task.resultNow()).isEqualTo("done");
        assertThatThrownBy(task::exceptionNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("task must have failed, had a result: ");
    }

    @Test
    void resultNowMayBeNull() throws Exception {
        Task<String> task = scheduler.submit(() -> null);
        task.get(30, SECONDS);
        assertThat(task.resultNow()).isNull();
    }

    @Test
    void exceptionNowIsTheFailureItself() {
        Exception failure = new Exception("mine");
        Task<String> task = failed(failure);
        assertThat(task.exceptionNow()).isSameAs(failure);
        assertThatThrownBy(task::resultNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("task must have a result, had failed: ");
    }

    @Test
    void neitherIsThereWhileTheTaskRuns() throws Exception {
        Task<String> task = running();
        assertThatThrownBy(task::resultNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("task must have a result, was not done: ");
        assertThatThrownBy(task::exceptionNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("task must have failed, was not done: ");
    }

    @Test
    void neitherIsThereOnceItIsCancelled() throws Exception {
        Task<String> task = running();
        task.cancel(false);
        assertThatThrownBy(task::resultNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("task must have a result, was cancelled: ");
        assertThatThrownBy(task::exceptionNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("task must have failed, was cancelled: ");
    }

    @Test
    void aForkedTaskHasThemToo() {
        Task<Integer> sum =
                new RecursiveTask<>() {
                    @Override
                    protected Integer compute() {
                        Task<Integer> left = Task.adapt(() -> 1).fork();
                        return left.join() + left.resultNow();
                    }
                };
        scheduler.invoke(sum);
        assertThat(sum.resultNow()).isEqualTo(2);
    }

    @Test
    void stateFollowsTheTask() throws Exception {
        assumeTrue(Runtime.version().feature() >= 19, "Future.state() came with Java 19");
        assertThat(stateOf(running())).isEqualTo("RUNNING");
        gate.countDown();
        assertThat(stateOf(failed(new Error("mine")))).isEqualTo("FAILED");
        Task<String> task = scheduler.submit(() -> "done");
        task.get(30, SECONDS);
        assertThat(stateOf(task)).isEqualTo("SUCCESS");
    }

    @Test
    void stateOfACancelledTaskThatStillRuns() throws Exception {
        assumeTrue(Runtime.version().feature() >= 19, "Future.state() came with Java 19");
        Task<String> task = running();
        task.cancel(false);
        assertThat(stateOf(task)).isEqualTo("CANCELLED");
    }

    @Test
    void stateKeepsTheCallersInterrupt() throws Exception {
        assumeTrue(Runtime.version().feature() >= 19, "Future.state() came with Java 19");
        Task<String> task = scheduler.submit(() -> "done");
        task.get(30, SECONDS);
        Thread.currentThread().interrupt();
        String state = stateOf(task);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(state).isEqualTo("SUCCESS");
    }

    private static String stateOf(Future<?> future) throws ReflectiveOperationException {
        return Future.class.getMethod("state").invoke(future).toString();
    }
}
