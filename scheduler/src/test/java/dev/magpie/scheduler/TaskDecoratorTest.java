package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskDecoratorTest {

    private static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

    private final AtomicInteger applied = new AtomicInteger();
    private final ConcurrentLinkedQueue<Thread> appliedIn = new ConcurrentLinkedQueue<>();
    private Scheduler scheduler;

    /** Context propagation, as applications do it. */
    private Runnable withContext(Runnable body) {
        applied.incrementAndGet();
        appliedIn.add(Thread.currentThread());
        String captured = CONTEXT.get();
        return () -> {
            String before = CONTEXT.get();
            CONTEXT.set(captured);
            try {
                body.run();
            } finally {
                CONTEXT.set(before);
            }
        };
    }

    private static Scheduler with(UnaryOperator<Runnable> decorator) {
        return Scheduler.builder()
                .workers(1)
                .pinning(Pinning.NONE)
                .taskDecorator(decorator)
                .build();
    }

    @BeforeEach
    void start() {
        scheduler = with(this::withContext);
        CONTEXT.set("caller's");
    }

    @AfterEach
    void stop() {
        CONTEXT.remove();
        scheduler.close();
    }

    private void assertAppliedHere(int times) {
        assertThat(applied).hasValue(times);
        assertThat(appliedIn).containsOnly(Thread.currentThread());
    }

    @Test
    void executeIsDecorated() {
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        scheduler.execute(() -> seen.add(CONTEXT.get()));
        await().atMost(Duration.ofSeconds(30)).until(() -> seen.contains("caller's"));
        assertAppliedHere(1);
    }

    @Test
    void submitIsDecorated() throws Exception {
        assertThat(scheduler.submit(CONTEXT::get).get(30, SECONDS)).isEqualTo("caller's");
        String[] seen = new String[2];
        scheduler.submit(() -> seen[0] = CONTEXT.get(), "given").get(30, SECONDS);
        Runnable body = () -> seen[1] = CONTEXT.get();
        scheduler.submit(body).get(30, SECONDS);
        assertThat(seen).containsOnly("caller's");
        assertAppliedHere(3);
    }

    @Test
    void invokeAllAndInvokeAnyAreDecoratedOncePerTask() throws Exception {
        List<Callable<String>> three = List.of(CONTEXT::get, CONTEXT::get, CONTEXT::get);
        for (Future<String> future : scheduler.invokeAll(three)) {
            assertThat(future.get(30, SECONDS)).isEqualTo("caller's");
        }
        for (Future<String> future : scheduler.invokeAll(three, 30, SECONDS)) {
            assertThat(future.get(30, SECONDS)).isEqualTo("caller's");
        }
        assertAppliedHere(6);
        List<Callable<String>> one = List.of(CONTEXT::get);
        assertThat(scheduler.invokeAny(one)).isEqualTo("caller's");
        assertThat(scheduler.invokeAny(one, 30, SECONDS)).isEqualTo("caller's");
        assertAppliedHere(8);
    }

    @Test
    void whatAWorkerSubmitsIsDecoratedInThatWorker() throws Exception {
        String inner =
                scheduler
                        .submit(
                                () -> {
                                    CONTEXT.set("worker's");
                                    return scheduler.submit(CONTEXT::get).get()
                                            + scheduler.invokeAny(List.of(CONTEXT::get));
                                })
                        .get(30, SECONDS);
        assertThat(inner).isEqualTo("worker'sworker's");
        assertThat(applied).hasValue(3);
        assertThat(scheduler.submit(() -> "" + CONTEXT.get()).get(30, SECONDS))
                .isEqualTo("caller's");
    }

    @Test
    void delayedTasksAreDecoratedWhenTheyAreScheduled() throws Exception {
        assertThat(scheduler.scheduled().schedule(CONTEXT::get, 1, MILLISECONDS).get(30, SECONDS))
                .isEqualTo("caller's");
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        CountDownLatch runs = new CountDownLatch(3);
        ScheduledFuture<?> periodic =
                scheduler
                        .scheduled()
                        .scheduleAtFixedRate(
                                () -> {
                                    seen.add(CONTEXT.get());
                                    runs.countDown();
                                },
                                0,
                                1,
                                MILLISECONDS);
        CONTEXT.set("later");
        assertThat(runs.await(30, SECONDS)).isTrue();
        periodic.cancel(false);
        assertThat(seen).containsOnly("caller's");
        assertAppliedHere(2);
    }

    @Test
    void tasksAreNotDecorated() {
        String seen =
                scheduler.invoke(
                        new RecursiveTask<>() {
                            @Override
                            protected String compute() {
                                return Task.adapt(() -> "" + CONTEXT.get()).fork().join();
                            }
                        });
        assertThat(seen).isEqualTo("null");
        assertThat(applied).hasValue(0);
    }

    @Test
    void whatACallableThrowsPassesThroughTheDecoratorAndFailsItsFuture() {
        Exception failure = new Exception("mine");
        ConcurrentLinkedQueue<Throwable> seen = new ConcurrentLinkedQueue<>();
        UnaryOperator<Runnable> swallowing =
                body ->
                        () -> {
                            try {
                                body.run();
                            } catch (Throwable ex) {
                                seen.add(ex);
                            }
                        };
        Callable<?> failing =
                () -> {
                    throw failure;
                };
        try (Scheduler own = with(swallowing)) {
            assertThatThrownBy(() -> own.submit(failing).get(30, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(failure);
        }
        assertThat(seen).containsExactly(failure);
    }

    @Test
    void whatTheDecoratedRunnableThrowsFailsTheFuture() {
        IllegalStateException failure = new IllegalStateException("decorator's");
        UnaryOperator<Runnable> failing =
                body ->
                        () -> {
                            throw failure;
                        };
        try (Scheduler own = with(failing)) {
            assertThatThrownBy(() -> own.submit(() -> 1).get(30, SECONDS)).hasCause(failure);
        }
    }

    @Test
    void aDecoratorThatDoesNotRunTheTaskFailsItsFuture() {
        try (Scheduler own = with(body -> () -> {})) {
            assertThatThrownBy(() -> own.submit(() -> 1).get(30, SECONDS))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("taskDecorator must return a runnable that runs ");
        }
    }

    @Test
    void aDecoratorThatReturnsNullOrThrowsFailsTheSubmission() {
        IllegalStateException failure = new IllegalStateException("decorator's");
        try (Scheduler own = with(body -> null)) {
            assertThatThrownBy(() -> own.execute(() -> {}))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("taskDecorator must return a runnable, returned null");
        }
        UnaryOperator<Runnable> throwing =
                body -> {
                    throw failure;
                };
        try (Scheduler own = with(throwing)) {
            assertThatThrownBy(() -> own.submit(() -> 1)).isSameAs(failure);
        }
        assertThatThrownBy(() -> Scheduler.builder().taskDecorator(null))
                .isInstanceOf(NullPointerException.class);
    }
}
