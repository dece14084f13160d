package dev.magpie.scheduler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.magpie.scheduler.ExecutorKind.Gate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How every executor service ends, Magpie and those of the JDK alike. */
class ExecutorShutdownContractTest {

    private static final int THREADS = 2;

    @ParameterizedTest
    @EnumSource
    void shutdownRunsWhatWasSubmitted(ExecutorKind kind) throws Exception {
        ExecutorService executor = kind.create(THREADS);
        AtomicInteger ran = new AtomicInteger();
        try (Gate gate = new Gate(executor, THREADS)) {
            for (int i = 0; i < 1_000; i++) {
                executor.execute(ran::incrementAndGet);
            }
            assertThat(executor.isShutdown()).isFalse();
            executor.shutdown();
            executor.shutdown();
            assertThat(executor.isShutdown()).isTrue();
            assertThat(executor.isTerminated()).isFalse();
            assertThat(executor.awaitTermination(1, MILLISECONDS)).isFalse();
            assertThat(executor.awaitTermination(0, SECONDS)).isFalse();
        }
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(executor.awaitTermination(0, SECONDS)).isTrue();
        assertThat(ran).hasValue(1_000);
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownEverythingIsRejected(ExecutorKind kind) throws Exception {
        ExecutorService executor = kind.create(THREADS);
        executor.shutdown();
        Runnable runnable = () -> {};
        for (int turn = 0; turn < 2; turn++) {
            assertRejected(() -> executor.execute(runnable));
            assertRejected(() -> executor.submit(runnable));
            assertRejected(() -> executor.submit(runnable, "result"));
            assertRejected(() -> executor.submit(() -> "result"));
            assertRejected(() -> executor.invokeAll(List.of(() -> 1)));
            assertRejected(() -> executor.invokeAny(List.of(() -> 1)));
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        }
    }

    private static void assertRejected(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RejectedExecutionException.class);
    }

    @ParameterizedTest
    @EnumSource
    void shutdownNowInterruptsWhatRunsAndStartsNothing(ExecutorKind kind) throws Exception {
        ExecutorService executor = kind.create(THREADS);
        CountDownLatch started = new CountDownLatch(THREADS);
        CountDownLatch interrupted = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            executor.execute(
                    () -> {
                        started.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException ex) {
                            interrupted.countDown();
                        }
                    });
        }
        assertThat(started.await(30, SECONDS)).isTrue();
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            executor.execute(ran::incrementAndGet);
        }
        executor.shutdownNow();
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        assertThat(interrupted.await(30, SECONDS)).isTrue();
        assertThat(ran).hasValue(0);
        assertThat(executor.shutdownNow()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void awaitTerminationAfterTheEndKeepsAnInterrupt(ExecutorKind kind) throws Exception {
        ExecutorService executor = kind.create(THREADS);
        executor.shutdown();
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        Thread.currentThread().interrupt();
        try {
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void awaitTerminationIsInterruptible(ExecutorKind kind) throws Exception {
        ExecutorService executor = kind.create(THREADS);
        try (Gate gate = new Gate(executor, THREADS)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> executor.awaitTermination(30, SECONDS))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        } finally {
            Thread.interrupted();
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void closeWaitsForWhatWasSubmitted(ExecutorKind kind) throws Exception {
        assumeTrue(
                kind.isMagpie() || ExecutorKind.JAVA >= 19,
                "the JDK's executors can be closed since Java 19");
        ExecutorService executor = kind.create(THREADS);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            executor.execute(ran::incrementAndGet);
        }
        close(executor);
        assertThat(executor.isTerminated()).isTrue();
        assertThat(ran).hasValue(1_000);
        close(executor);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptDuringCloseInterruptsWhatRunsAndIsKept(ExecutorKind kind) throws Exception {
        assumeTrue(
                kind.isMagpie() || ExecutorKind.JAVA >= 19,
                "the JDK's executors can be closed since Java 19");
        ExecutorService executor = kind.create(1);
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        executor.execute(
                () -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ex) {
                        interrupted.set(true);
                    }
                });
        assertThat(started.await(30, SECONDS)).isTrue();
        Thread.currentThread().interrupt();
        close(executor);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(interrupted).isTrue();
    }

    private static void close(ExecutorService executor) throws Exception {
        if (executor instanceof AutoCloseable closeable) {
            closeable.close();
        } else {
            throw new AssertionError("not closeable: " + executor);
        }
    }
}
